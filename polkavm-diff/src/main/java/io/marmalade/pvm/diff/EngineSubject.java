package io.marmalade.pvm.diff;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.diff.DiffCase.Answer;
import io.marmalade.pvm.diff.DiffCase.Pages;
import io.marmalade.pvm.diff.LineSubject.Backend;
import io.marmalade.pvm.diff.Outcome.Call;
import io.marmalade.pvm.diff.Outcome.Status;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One of our engines as a subject. */
public final class EngineSubject implements Subject {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Engine engine;
    private final ArrayDeque<Outcome> outcomes = new ArrayDeque<>();
    private final byte[] page = new byte[GuestMemory.PAGE_SIZE];

    /**
     * Makes a subject.
     *
     * @param engine what runs the cases
     */
    public EngineSubject(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public Optional<Backend> polkaVm() {
        return Optional.empty();
    }

    @Override
    public boolean runs(DiffCase start) {
        return true;
    }

    @Override
    public void submit(DiffCase start) {
        outcomes.add(play(start));
    }

    @Override
    public Outcome take() {
        return outcomes.remove();
    }

    @Override
    public void close() {
        outcomes.clear();
    }

    private Outcome play(DiffCase start) {
        Optional<Program> program = Program.decode(start.blob(), start.dialect());
        if (program.isEmpty()) {
            return Outcome.refused("not a program");
        }
        if (!program.get().isValidStart(start.pc())) {
            return Outcome.refused("no place to start");
        }
        List<Call> calls = new ArrayList<>();
        HostCallHandler handler =
                (number, machine) -> {
                    if (calls.size() == start.answers().size()) {
                        return new ExitReason.HostCall(number);
                    }
                    Answer answer = start.answers().get(calls.size());
                    calls.add(new Call(number & 0xffff_ffffL, machine.gas(), digest(machine)));
                    machine.setRegister(answer.register(), answer.value());
                    if (answer.gas() >= 0) {
                        machine.setGas(answer.gas());
                    }
                    return null;
                };
        try (Machine machine = engine.newMachine(program.get())) {
            start.prepare(machine);
            ExitReason reason = machine.run(handler);
            long[] registers = new long[Machine.REGISTERS];
            for (int register = 0; register < registers.length; register++) {
                registers[register] = machine.register(register);
            }
            long[] digests = new long[start.pages().size()];
            for (int range = 0; range < digests.length; range++) {
                digests[range] = digest(machine.memory(), start.pages().get(range));
            }
            Status status =
                    switch (reason) {
                        case ExitReason.Halt() -> Status.HALT;
                        case ExitReason.Panic() -> Status.PANIC;
                        case ExitReason.OutOfGas() -> Status.OUT_OF_GAS;
                        case ExitReason.PageFault(int address) -> Status.PAGE_FAULT;
                        case ExitReason.HostCall(long number) -> Status.HOST_CALL;
                    };
            long argument =
                    switch (reason) {
                        case ExitReason.Halt() -> 0;
                        case ExitReason.Panic() -> 0;
                        case ExitReason.OutOfGas() -> 0;
                        case ExitReason.PageFault(int address) -> Integer.toUnsignedLong(address);
                        case ExitReason.HostCall(long number) -> number & 0xffff_ffffL;
                    };
            long pc = Integer.toUnsignedLong(machine.exitPc());
            return new Outcome(status, "", argument, pc, machine.gas(), registers, calls, digests);
        } catch (RuntimeException | StackOverflowError e) {
            return Outcome.failed(e.toString());
        }
    }

    /**
     * Returns how many instructions a run begins until it has used some gas or ends, where gas is
     * charged by the block. What the host sets the gas to is left out of account.
     */
    long instructions(DiffCase start, long gas) {
        Program program = Program.decode(start.blob(), start.dialect()).orElse(null);
        if (program == null || !program.isValidStart(start.pc())) {
            return 0;
        }
        int[] answered = {0};
        HostCallHandler handler =
                (number, machine) -> {
                    if (answered[0] == start.answers().size()) {
                        return new ExitReason.HostCall(number);
                    }
                    Answer answer = start.answers().get(answered[0]++);
                    machine.setRegister(answer.register(), answer.value());
                    return null;
                };
        long count = 0;
        try (Machine machine = engine.newMachine(program)) {
            start.prepare(machine);
            for (long used = 0; used < gas; ) {
                int pc = machine.pc();
                long cost = program.blockCosts().cost(pc);
                machine.setGas(cost);
                boolean whole = machine.run(handler) instanceof ExitReason.OutOfGas;
                used += cost - machine.gas();
                // A block is left at its end, or where the run ends.
                boolean last = false;
                while (!last) {
                    count++;
                    last =
                            Integer.compareUnsigned(pc, program.codeSize()) >= 0
                                    || (whole
                                            ? program.opcode(pc).isTerminator()
                                            : pc == machine.exitPc());
                    pc += last ? 0 : 1 + program.skip(pc);
                }
                if (!whole) {
                    break;
                }
            }
        }
        return count;
    }

    private static long digest(Machine machine) {
        long digest = Outcome.DIGEST_START;
        for (int register = 0; register < Machine.REGISTERS; register++) {
            digest = Outcome.mix(digest, machine.register(register));
        }
        return digest;
    }

    private long digest(GuestMemory memory, Pages range) {
        long digest = Outcome.DIGEST_START;
        for (int index = 0; index < range.count(); index++) {
            memory.read(range.address() + (long) index * page.length, page, 0, page.length);
            for (int at = 0; at < page.length; at += 8) {
                digest = Outcome.mix(digest, (long) LONG.get(page, at));
            }
        }
        return digest;
    }
}
