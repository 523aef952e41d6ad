/**
 * The public vectors of the virtual machine and the recorded runs of real services, played on any
 * engine.
 *
 * <p>Each family is a class with one {@code run}: it takes the folder that the vectors lie in and
 * an engine, and returns what passed and what failed and why.
 */
@NullMarked
package io.marmalade.conformance.pvm;

import org.jspecify.annotations.NullMarked;
