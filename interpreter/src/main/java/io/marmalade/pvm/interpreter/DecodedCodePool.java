package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.CompiledCode;
import io.marmalade.pvm.Program;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * The decoded forms of one program that nobody is running just now. There come to be as many as
 * ever ran at once.
 */
final class DecodedCodePool {
    private final Program program;
    private final @Nullable CompiledCode compiled;
    private final ArrayDeque<DecodedCode> idle = new ArrayDeque<>();

    private DecodedCodePool(Program program, @Nullable CompiledCode compiled) {
        this.program = program;
        this.compiled = compiled;
    }

    /** The pool of a program that is run without compiled code. */
    private record Alone(DecodedCodePool pool) {}

    /** The pool of a program that is run beside compiled code. */
    private record Beside(DecodedCodePool pool) {}

    /** Returns the pool of a program that is run without compiled code. */
    static DecodedCodePool of(Program program) {
        Alone known = program.attachment(Alone.class);
        if (known == null) {
            known = program.attach(Alone.class, new Alone(new DecodedCodePool(program, null)));
        }
        return known.pool;
    }

    /**
     * Returns the pool of a program that is run beside compiled code; there is one compiled code
     * for each program.
     */
    static DecodedCodePool of(Program program, CompiledCode compiled) {
        Beside known = program.attachment(Beside.class);
        if (known == null) {
            known =
                    program.attach(
                            Beside.class, new Beside(new DecodedCodePool(program, compiled)));
        }
        return known.pool;
    }

    /** Hands out a decoded form to its only user. */
    DecodedCode take() {
        synchronized (idle) {
            DecodedCode code = idle.pollLast();
            if (code != null) {
                return code;
            }
        }
        return new DecodedCode(program, compiled);
    }

    /** Takes a decoded form back. */
    void give(DecodedCode code) {
        synchronized (idle) {
            idle.addLast(code);
        }
    }
}
