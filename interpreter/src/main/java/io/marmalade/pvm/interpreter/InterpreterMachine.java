package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.BaselineMachine;
import io.marmalade.pvm.CompiledCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.GasSchedule;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.MachineMemory;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.Sampler;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * The fast machine: a {@link RunLoop} over {@link DecodedCode} that knows nothing but registers,
 * pages and gas, and leaves whatever is rare to the code around it, which goes by {@link
 * SingleStep}.
 *
 * <p>Gas is taken on entering a block (or a piece of a long one) for all of it. In the schedule
 * that counts instructions, what was not executed is given back wherever the loop is left in the
 * middle, and where the gas does not suffice for all of a block it is stepped through one by one.
 * The loop is given its gas in slices, so that it returns from time to time and the virtual machine
 * can replace it by its compiled form.
 */
final class InterpreterMachine extends InterpretedMachine implements BaselineMachine {
    /**
     * The gas between two samples of what is hot, which run on from one run to the next; in the
     * pipeline schedule for about as many instructions.
     */
    static final int SAMPLE = 10_000;

    private static final int PIPELINE_FACTOR = 5;

    private final boolean pipeline;
    private final SingleStep single;
    private final RunLoop loop;
    private final int sample;

    /**
     * @param sample the gas between two samples, at most {@link #SAMPLE}
     */
    InterpreterMachine(Program program, MachineMemory memory, int sample) {
        super(program, memory);
        this.pipeline = program.dialect().gasSchedule() == GasSchedule.PIPELINE;
        this.single = new SingleStep(program, memory, registers);
        this.loop = RunLoop.of(registers, memory);
        this.sample = pipeline ? PIPELINE_FACTOR * sample : sample;
    }

    @Override
    public ExitReason run(HostCallHandler handler) {
        return Objects.requireNonNull(run(DecodedCodePool.of(program), handler, null));
    }

    @Override
    public @Nullable ExitReason run(HostCallHandler handler, CompiledCode compiled) {
        return run(DecodedCodePool.of(program, compiled), handler, compiled);
    }

    @Override
    public @Nullable ExitReason runSampled(HostCallHandler handler, Sampler sampler) {
        return run(DecodedCodePool.of(program), handler, sampler);
    }

    private @Nullable ExitReason run(
            DecodedCodePool pool, HostCallHandler handler, @Nullable Sampler sampler) {
        if (!program.isValidStart(Integer.toUnsignedLong(pc))) {
            return end(ExitReason.PANIC, pc);
        }
        DecodedCode code = pool.take();
        try {
            code.update();
            code.untilSample = Math.min(code.untilSample, sample);
            return run(code, handler, sampler);
        } finally {
            pool.give(code);
        }
    }

    private @Nullable ExitReason run(
            DecodedCode code, HostCallHandler handler, @Nullable Sampler sampler) {
        int first = -1;
        int slot = 0;
        boolean paid = pipeline && charged;
        while (true) {
            if (slot == 0) {
                if (Integer.compareUnsigned(pc, program.codeSize()) > 0) {
                    return runOutside(paid);
                }
                slot = code.entry(pc);
                first = first == -1 ? slot : first;
            }
            if (!paid) {
                int cost = code.cost(slot);
                if (gas < cost) {
                    pc = code.pcs[slot];
                    charged = false;
                    if (pipeline) {
                        return end(ExitReason.OUT_OF_GAS, pc);
                    }
                    ExitReason reason = stepOutOfGas(handler);
                    if (reason != null) {
                        return reason;
                    }
                    slot = 0;
                    continue;
                }
                gas -= cost;
            }
            long slice = Math.min(gas, loop.slice());
            if (sampler != null) {
                slice = Math.min(slice, Math.max(0, code.untilSample));
            }
            gas -= slice;
            int status = loop.execute(code, slot, slice);
            gas += loop.leftGas;
            code.untilSample -= slice - loop.leftGas;
            slot = loop.left;
            paid = false;
            switch (status) {
                case RunLoop.CHARGE -> {
                    boolean exhausted = code.words[slot] >= 0;
                    slot = code.priced(slot);
                    // The next block may cost more than what is left until then.
                    if (exhausted && sampler != null && code.untilSample <= code.cost(slot)) {
                        code.untilSample = sample;
                        pc = code.pcs[slot];
                        if (sampler.sample(pc) && program.isBlockStart(pc)) {
                            charged = false;
                            return null;
                        }
                        code.update();
                    }
                }
                case RunLoop.ENTRY -> {
                    if (slot != first) {
                        gas += code.cost(slot);
                        pc = code.pcs[slot];
                        charged = false;
                        return null;
                    }
                    // What is to be run at least is the block's first instruction, and it is paid.
                    first = 0;
                    int at = code.pcs[slot];
                    if (code.operation(slot) == Op.HOST_CALL) {
                        ExitReason reason = callHost(code, slot, handler);
                        if (reason != null) {
                            return reason;
                        }
                        slot = 0;
                        paid = charged;
                    } else {
                        ExitReason reason = single.step(program.instruction(at));
                        refund(code, slot);
                        if (reason != null) {
                            charged = pipeline;
                            return end(reason, at);
                        }
                        pc = single.next();
                        slot = 0;
                        paid = pipeline && !program.opcode(at).isTerminator();
                    }
                }
                case RunLoop.LINK -> {
                    paid = pipeline && (int) code.words[slot] == Op.SIGNPOST_PAID;
                    slot = code.link(slot);
                }
                case RunLoop.HOST_CALL -> {
                    int at = code.pcs[slot];
                    ExitReason reason = callHost(code, slot, handler);
                    if (reason != null) {
                        return reason;
                    }
                    slot = pc == at + 1 + program.skip(at) ? code.following(slot) : 0;
                    paid = charged;
                }
                case RunLoop.SLOW -> {
                    ExitReason reason = single.step(program.instruction(code.pcs[slot]));
                    if (reason != null) {
                        refund(code, slot);
                        charged = pipeline;
                        return end(reason, code.pcs[slot]);
                    }
                    slot = code.following(slot);
                    paid = true;
                }
                case RunLoop.DYNAMIC_JUMP -> {
                    int from = code.pcs[slot];
                    int address = code.jumpAddress(slot, registers);
                    charged = pipeline;
                    ExitReason reason = single.step(program.instruction(from));
                    if (reason != null) {
                        return end(reason, from);
                    }
                    slot = code.entry(single.next());
                    code.rememberJump(RunLoop.jumpIndex(address), slot);
                }
                case RunLoop.PANIC -> {
                    charged = pipeline;
                    return end(ExitReason.PANIC, code.pcs[slot]);
                }
                default -> throw new IllegalStateException("status " + status);
            }
        }
    }

    /** Hands control to the host; the program counter stands behind the call. */
    private @Nullable ExitReason callHost(DecodedCode code, int slot, HostCallHandler handler) {
        refund(code, slot);
        long number = code.words[slot] >> 32;
        exitPc = code.pcs[slot];
        pc = exitPc + 1 + program.skip(exitPc);
        charged = pipeline;
        return handler.hostCall(number, this);
    }

    /** Gives back what was paid for the instructions of a piece that stand behind a slot. */
    private void refund(DecodedCode code, int slot) {
        if (!pipeline) {
            gas += code.costs[slot] - 1;
        }
    }

    private ExitReason end(ExitReason reason, int at) {
        exitPc = at;
        pc = reason instanceof ExitReason.Halt || reason instanceof ExitReason.Panic ? 0 : at;
        return reason;
    }

    /** Runs where no code is: there stands a trap. */
    private ExitReason runOutside(boolean paid) {
        long cost = paid ? 0 : pipeline ? program.blockCosts().cost(pc) : 1;
        if (gas < cost) {
            return end(ExitReason.OUT_OF_GAS, pc);
        }
        gas -= cost;
        charged = pipeline;
        return end(ExitReason.PANIC, pc);
    }

    /**
     * Steps through a piece that the gas does not suffice for, until the gas is gone or something
     * else happens.
     *
     * @return why the machine stopped, or null after a host call that went well
     */
    private @Nullable ExitReason stepOutOfGas(HostCallHandler handler) {
        while (gas > 0) {
            gas--;
            ExitReason reason = single.step(program.instruction(pc));
            if (reason instanceof ExitReason.HostCall(long number)) {
                exitPc = pc;
                pc = single.next();
                return handler.hostCall(number, this);
            }
            if (reason != null) {
                return end(reason, pc);
            }
            pc = single.next();
        }
        return end(ExitReason.OUT_OF_GAS, pc);
    }
}
