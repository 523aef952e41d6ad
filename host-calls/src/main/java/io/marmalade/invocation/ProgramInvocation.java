package io.marmalade.invocation;

import io.marmalade.base.Bytes;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.StandardProgram;

/**
 * Runs a standard program with arguments until it ends (Ψ_M).
 *
 * @gp sec:standardprograminit
 */
public final class ProgramInvocation {
    /** What came of a run. */
    public sealed interface Outcome {
        /**
         * The program ended regularly and left something.
         *
         * @param data what it left; empty if what it pointed at was not readable
         */
        record Output(Bytes data) implements Outcome {}

        /**
         * The program ended regularly and left more than was asked for.
         *
         * @param size octets, unsigned 32 bits
         */
        record Oversize(long size) implements Outcome {}

        /** The program ended irregularly (☇). */
        record Panic() implements Outcome {}

        /** The gas did not suffice (∞). */
        record OutOfGas() implements Outcome {}
    }

    /**
     * Outcome and gas used.
     *
     * @param outcome what came of the run
     * @param gasUsed 0..the limit
     */
    public record Result(Outcome outcome, long gasUsed) {}

    private ProgramInvocation() {}

    /**
     * Runs a program.
     *
     * @param engine what runs it
     * @param program the program
     * @param entry where it starts: 0 to authorize or refine, 5 to accumulate
     * @param gas the limit, unsigned; what is above 2⁶³−1 is taken for that
     * @param arguments at most {@link StandardProgram#MAX_ARGUMENTS}; not changed
     * @param maxOutput how large an output is handed back
     * @param calls what it may ask
     * @param context what the calls work on
     */
    public static <C extends InvocationContext> Result invoke(
            Engine engine,
            ServiceProgram program,
            int entry,
            long gas,
            byte[] arguments,
            int maxOutput,
            HostCallTable<C> calls,
            C context) {
        return invoke(engine, program, entry, gas, arguments, maxOutput, calls.handler(context));
    }

    /**
     * Runs a program, as {@link #invoke(Engine, ServiceProgram, int, long, byte[], int,
     * HostCallTable, InvocationContext)} does, with something else than a table that answers its
     * calls.
     *
     * @param calls what it may ask
     */
    public static Result invoke(
            Engine engine,
            ServiceProgram program,
            int entry,
            long gas,
            byte[] arguments,
            int maxOutput,
            HostCallHandler calls) {
        StandardProgram standard = program.standard();
        if (standard == null || arguments.length > StandardProgram.MAX_ARGUMENTS) {
            return new Result(new Outcome.Panic(), 0);
        }
        long limit = gas < 0 ? Long.MAX_VALUE : gas;
        try (Machine machine = engine.newMachine(standard.program())) {
            standard.load(machine, arguments);
            machine.setPc(entry);
            machine.setGas(limit);
            ExitReason exit = machine.run(calls);
            return new Result(outcome(exit, machine, maxOutput), limit - machine.gas());
        }
    }

    private static Outcome outcome(ExitReason exit, Machine machine, int maxOutput) {
        return switch (exit) {
            case ExitReason.Halt() -> output(machine, maxOutput);
            case ExitReason.OutOfGas() -> new Outcome.OutOfGas();
            case ExitReason.Panic(), ExitReason.PageFault(_) -> new Outcome.Panic();
            case ExitReason.HostCall(long number) ->
                    throw new IllegalStateException("host call " + number + " was left unanswered");
        };
    }

    private static Outcome output(Machine machine, int maxOutput) {
        long address = machine.register(7);
        long length = machine.register(8);
        if (length == 0 || !machine.memory().isReadable(address, length)) {
            return new Outcome.Output(Bytes.EMPTY);
        }
        if (length > maxOutput) {
            return new Outcome.Oversize(length);
        }
        return new Outcome.Output(Bytes.of(machine.memory().read(address, (int) length)));
    }
}
