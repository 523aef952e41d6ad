/** Blocks and what is in them: headers, extrinsics, work packages and work reports. */
@NullMarked
package io.marmalade.block;

import org.jspecify.annotations.NullMarked;
