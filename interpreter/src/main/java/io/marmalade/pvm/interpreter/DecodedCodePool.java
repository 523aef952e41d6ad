package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.Program;
import java.util.ArrayDeque;

/**
 * The decoded forms of one program that nobody is running just now. There come to be as many as ever ran at once.
 */
final class DecodedCodePool {
    private final Program program;
    private final ArrayDeque<DecodedCode> idle = new ArrayDeque<>();

    private DecodedCodePool(Program program) {
        this.program = program;
    }

    /** Returns the pool of a program. */
    static DecodedCodePool of(Program program) {
        DecodedCodePool pool = program.attachment(DecodedCodePool.class);
        return pool != null ? pool : program.attach(DecodedCodePool.class, new DecodedCodePool(program));
    }

    /** Hands out a decoded form to its only user. */
    DecodedCode take() {
        synchronized (idle) {
            DecodedCode code = idle.pollLast();
            if (code != null) {
                return code;
            }
        }
        return new DecodedCode(program);
    }

    /** Takes a decoded form back. */
    void give(DecodedCode code) {
        synchronized (idle) {
            idle.addLast(code);
        }
    }
}
