/** Authorization (Ψ_I): whether a work package may use a core. */
@NullMarked
package io.marmalade.invocation.authorization;

import org.jspecify.annotations.NullMarked;
