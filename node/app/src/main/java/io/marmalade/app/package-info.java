/**
 * The command line: one class per command, and what they share.
 *
 * <p>{@link io.marmalade.app.Main} is the door. It reads the options, runs a command, and turns
 * what comes of it into an exit status: 0 done and agreed, 1 something differs, 2 wrong usage or
 * unreadable input, 3 the machine does not allow it, 130 interrupted.
 *
 * {@snippet :
 * int status = Main.run("decode", "header", "header_0.bin");
 * }
 */
@NullMarked
package io.marmalade.app;

import org.jspecify.annotations.NullMarked;
