package io.marmalade.pvm.jit;

import io.marmalade.pvm.BaselineEngine;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PagedMemory;
import io.marmalade.pvm.Program;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Supplier;

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
    private final BaselineEngine baseline;
    private final @Nullable CompileQueue queue;
    private final Patience patience;
    private final Supplier<MemoryKind> kind;

    private JitEngine(
            BaselineEngine baseline,
            @Nullable CompileQueue queue,
            Patience patience,
            Supplier<MemoryKind> kind) {
        this.baseline = baseline;
        this.queue = queue;
        this.patience = patience;
        this.kind = kind;
    }

    /**
     * Returns an engine that interprets first and compiles what turns out to be hot, in the
     * background. As long as nothing is hot, its machines are the interpreter's, and short runs
     * stay with it: none of them pays for the compiler.
     *
     * @param baseline the interpreter to begin with
     */
    public static JitEngine tiered(BaselineEngine baseline) {
        return new JitEngine(baseline, new CompileQueue(), Patience.MEASURED, MemoryKind.later());
    }

    static JitEngine tiered(BaselineEngine baseline, MemoryKind kind) {
        return new JitEngine(baseline, new CompileQueue(), Patience.MEASURED, () -> kind);
    }

    /**
     * Returns an engine as {@link #tiered} that compiles at the first sign and goes over to
     * compiled code as soon as there is any. It is no faster, but more of what runs is compiled:
     * for comparing engines, and for trying what an engine does in the long run.
     *
     * @param baseline the interpreter to begin with
     */
    public static JitEngine impatient(BaselineEngine baseline) {
        return new JitEngine(baseline, new CompileQueue(), Patience.NONE, MemoryKind.later());
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
        return new JitEngine(baseline, null, Patience.MEASURED, () -> kind);
    }

    @Override
    public String name() {
        return queue == null ? "jit" : "tiered";
    }

    @Override
    public Machine newMachine(Program program) {
        JitProgram jit = JitProgram.of(program, baseline, queue, patience, kind);
        if (queue != null && !jit.startsCompiled()) {
            return new JitMachine(jit, new PagedMemory(), baseline);
        }
        Optional<RangedMemory> memory = jit.memory();
        if (memory.isEmpty()) {
            return baseline.newMachine(program);
        }
        if (queue == null) {
            jit.compileAll();
        }
        return new JitMachine(jit, memory.get(), baseline);
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
