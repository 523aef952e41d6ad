/** Authorizations: what becomes of the authorizer pools. */
@NullMarked
package io.marmalade.transition.authorizations;

import org.jspecify.annotations.NullMarked;
