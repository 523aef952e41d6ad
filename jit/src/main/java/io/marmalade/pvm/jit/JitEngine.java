package io.marmalade.pvm.jit;

import io.marmalade.pvm.BaselineEngine;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Program;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** The engine that compiles. Thread-safe. */
public final class JitEngine implements Engine {
    /**
     * In how many samples a function is found before it is compiled; there is one in ten thousand
     * instructions.
     */
    private static final int THRESHOLD = Integer.getInteger("marmalade.jit.threshold", 8);

    private final BaselineEngine baseline;
    private final @Nullable CompileQueue queue;

    private JitEngine(BaselineEngine baseline, @Nullable CompileQueue queue) {
        this.baseline = baseline;
        this.queue = queue;
    }

    /**
     * Returns an engine that interprets first and compiles what turns out to be hot, in the
     * background.
     *
     * @param baseline the interpreter to begin with
     */
    public static JitEngine tiered(BaselineEngine baseline) {
        return new JitEngine(baseline, new CompileQueue());
    }

    /**
     * Returns an engine that compiles all functions of a program before it first runs.
     *
     * @param baseline the interpreter for what compiled code leaves
     */
    public static JitEngine eager(BaselineEngine baseline) {
        return new JitEngine(baseline, null);
    }

    @Override
    public String name() {
        return queue == null ? "jit" : "tiered";
    }

    @Override
    public Machine newMachine(Program program) {
        Optional<Mapping> mapping = Mapping.take();
        if (mapping.isEmpty()) {
            return baseline.newMachine(program);
        }
        JitProgram jit = JitProgram.of(program, queue, THRESHOLD);
        if (queue == null) {
            jit.compileAll();
        }
        FlatMemory memory = new FlatMemory(mapping.get());
        return new JitMachine(jit, memory, baseline.newMachine(program, memory));
    }
}
