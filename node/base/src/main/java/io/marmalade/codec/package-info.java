/** The codec: writing and strictly reading the encodings of appendix C. */
@NullMarked
package io.marmalade.codec;

import org.jspecify.annotations.NullMarked;
