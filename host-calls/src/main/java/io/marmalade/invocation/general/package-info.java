/**
 * The host calls that all invocations offer, and those on accounts; each is paid before it is
 * asked.
 *
 * @see io.marmalade.invocation.HostCallTable
 */
@NullMarked
package io.marmalade.invocation.general;

import org.jspecify.annotations.NullMarked;
