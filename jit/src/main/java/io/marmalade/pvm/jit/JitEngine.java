package io.marmalade.pvm.jit;

import io.marmalade.pvm.BaselineEngine;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Program;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * The engine that compiles. Thread-safe.
 *
 * <p>Guest memories lie outside of the Java heap where the JVM lets us (Linux, and the options
 * {@code --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED} and {@code
 * --enable-native-access=ALL-UNNAMED}), else in arrays, where a guest has at most 2 GiB; it makes
 * no difference but in speed. The system property {@code marmalade.jit.memory}, {@code mapped} or
 * {@code array}, chooses.
 */
public final class JitEngine implements Engine {
    /**
     * In how many samples a function is found before it is compiled; there is one in ten thousand
     * instructions.
     */
    private static final int THRESHOLD = Integer.getInteger("marmalade.jit.threshold", 256);

    private final BaselineEngine baseline;
    private final @Nullable CompileQueue queue;
    private final MemoryKind kind;

    private JitEngine(BaselineEngine baseline, @Nullable CompileQueue queue, MemoryKind kind) {
        this.baseline = baseline;
        this.queue = queue;
        this.kind = kind;
    }

    /**
     * Returns an engine that interprets first and compiles what turns out to be hot, in the
     * background.
     *
     * @param baseline the interpreter to begin with
     */
    public static JitEngine tiered(BaselineEngine baseline) {
        return tiered(baseline, MemoryKind.chosen());
    }

    static JitEngine tiered(BaselineEngine baseline, MemoryKind kind) {
        return new JitEngine(baseline, new CompileQueue(), kind);
    }

    /**
     * Returns an engine that compiles all functions of a program before it first runs.
     *
     * @param baseline the interpreter for what compiled code leaves
     */
    public static JitEngine eager(BaselineEngine baseline) {
        return eager(baseline, MemoryKind.chosen());
    }

    static JitEngine eager(BaselineEngine baseline, MemoryKind kind) {
        return new JitEngine(baseline, null, kind);
    }

    @Override
    public String name() {
        return queue == null ? "jit" : "tiered";
    }

    @Override
    public Machine newMachine(Program program) {
        JitProgram jit = JitProgram.of(program, queue, THRESHOLD, kind);
        Optional<JitMachine> machine = machine(jit, program);
        if (machine.isEmpty()) {
            return baseline.newMachine(program);
        }
        if (queue == null) {
            jit.compileAll();
        } else {
            jit.warmUpWith(() -> machine(jit, program));
        }
        return machine.get();
    }

    /** Returns a machine, or none if there are too many mappings. */
    private Optional<JitMachine> machine(JitProgram jit, Program program) {
        Optional<? extends RangedMemory> memory =
                switch (jit.kind) {
                    case MAPPED -> Mapping.take().map(FlatMemory::new);
                    case ARRAY -> Optional.of(new ArrayMemory());
                };
        return memory.map(taken -> new JitMachine(jit, taken, baseline.newMachine(program, taken)));
    }

    /**
     * Returns how many functions of a program run compiled now, for whoever wants to know what
     * became of it.
     *
     * @param program any; one that was never run here has none
     */
    public int compiledFunctions(Program program) {
        JitProgram jit = program.attachment(JitProgram.class);
        return jit == null ? 0 : jit.compiledFunctions();
    }
}
