/**
 * Two engines that interpret: {@link io.marmalade.pvm.interpreter.ReferenceEngine} transcribes the
 * paper's single-step rule and is judged by reading; {@link
 * io.marmalade.pvm.interpreter.InterpreterEngine} is fast and judged by comparing.
 */
@NullMarked
package io.marmalade.pvm.interpreter;

import org.jspecify.annotations.NullMarked;
