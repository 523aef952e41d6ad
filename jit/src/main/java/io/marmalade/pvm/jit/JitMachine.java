package io.marmalade.pvm.jit;

import io.marmalade.pvm.BaselineEngine;
import io.marmalade.pvm.BaselineMachine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.MachineMemory;
import io.marmalade.pvm.PagedMemory;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.Sampler;
import io.marmalade.pvm.StandardProgram;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * A machine that runs compiled code where there is some, and an interpreter elsewhere; both work on
 * the same memory and hand the registers to each other.
 */
final class JitMachine implements Machine, Sampler {
    /**
     * How deep calls of compiled functions are nested on the JVM's stack before they are unwound.
     */
    static final int MAX_DEPTH = Integer.getInteger("marmalade.jit.depth", 400);

    /** The registers; compiled code keeps them in locals while it runs. */
    long r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12;

    /** What compiled code had in its locals when it left an instruction to the interpreter. */
    long s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12;

    long gas;
    @Nullable Region exitRegion;
    int exitIndex;

    /** The memory, as compiled code accesses it: one of the two is there. */
    @Nullable FlatMemory flat;

    @Nullable ArrayMemory array;

    /** The ranges of {@link #flat}, at hand. */
    long lowFrom;

    long lowSize;
    long highFrom;
    long highSize;
    long readFrom;
    long readSize;

    /** The interpreter's own until compiled code is worth while. */
    private MachineMemory memory;

    private final JitProgram jit;
    private final Program program;

    /** What is known of the program once any of it is compiled. */
    private int[] jumps = {};

    /**
     * What calls of compiled functions lead to, by the index of their head; read by compiled code.
     */
    @Nullable Region[] heads = {};

    private boolean surveyed;

    private final BaselineEngine engine;
    private BaselineMachine baseline;

    /** The gas used by runs that have ended, and what the present one had at its start. */
    private long used;

    private long gasAtStart;

    private int pc;
    private int exitPc;
    private boolean charged;
    private @Nullable HostCallHandler handler;
    private @Nullable ExitReason stopReason;

    /**
     * @param memory clean; this machine owns it. Compiled code runs on a {@link RangedMemory}; with
     *     a {@link PagedMemory} the machine is interpreted until it turns out to be worth moving
     * @param engine makes what interprets
     */
    JitMachine(JitProgram jit, MachineMemory memory, BaselineEngine engine) {
        this.jit = jit;
        this.program = jit.program;
        this.engine = engine;
        this.memory = memory;
        this.baseline = engine.newMachine(program, memory);
        use(memory);
    }

    private void use(MachineMemory memory) {
        this.memory = memory;
        flat = memory instanceof FlatMemory mapped ? mapped : null;
        array = memory instanceof ArrayMemory inArray ? inArray : null;
        if (flat != null) {
            flat.serve(this);
        }
    }

    @Override
    public ExitReason run(HostCallHandler handler) {
        this.handler = handler;
        gasAtStart = gas;
        try {
            while (memory instanceof PagedMemory paged) {
                ExitReason reason = interpret(handler, true);
                if (reason != null) {
                    return reason;
                }
                jit.memory().ifPresent(to -> move(paged, to));
            }
            return runCompiled(handler);
        } finally {
            used += Math.max(0, gasAtStart - gas);
        }
    }

    /** Goes on where compiled code can run. */
    private void move(PagedMemory from, RangedMemory to) {
        from.copyTo(to);
        baseline.close();
        baseline = engine.newMachine(program, to);
        use(to);
    }

    /** Tells the compiler, and says whether this machine is worth moving. */
    @Override
    public boolean sample(int at) {
        jit.sample(at);
        return jit.isWorthMoving(used + Math.max(0, gasAtStart - baseline.gas()));
    }

    private ExitReason runCompiled(HostCallHandler handler) {
        while (true) {
            if (!charged) {
                FunctionRegion region = jit.regionAt(pc);
                if (region != null) {
                    if (!surveyed) {
                        JitProgram.Survey survey = jit.survey();
                        jumps = survey.jumps;
                        heads = survey.heads;
                        surveyed = true;
                    }
                    int next = region.run(this, region.entryAt(pc), MAX_DEPTH);
                    if (next >= 0) {
                        pc = next;
                        charged = false;
                        continue;
                    }
                    if (next == Region.STOPPED) {
                        ExitReason reason = stopReason;
                        stopReason = null;
                        if (reason != null) {
                            return reason;
                        }
                        continue;
                    }
                    leave();
                    boolean nearTheEnd = gas <= 2 * GasTests.MOST;
                    ExitReason reason = interpret(handler, false);
                    if (reason != null) {
                        return reason;
                    }
                    if (!nearTheEnd) {
                        jit.leftEarly(region);
                    }
                    continue;
                }
            }
            ExitReason reason = interpret(handler, false);
            if (reason != null) {
                return reason;
            }
        }
    }

    /**
     * Lets the interpreter run; returns null where compiled code can take over, or, without it,
     * where this machine is worth moving.
     */
    private @Nullable ExitReason interpret(HostCallHandler handler, boolean alone) {
        for (int register = 0; register < REGISTERS; register++) {
            baseline.setRegister(register, register(register));
        }
        baseline.setPc(pc);
        baseline.setGas(gas);
        baseline.setCharged(charged);
        ExitReason reason = alone ? baseline.runSampled(handler, this) : baseline.run(handler, jit);
        for (int register = 0; register < REGISTERS; register++) {
            setRegister(register, baseline.register(register));
        }
        pc = baseline.pc();
        exitPc = baseline.exitPc();
        gas = baseline.gas();
        charged = baseline.charged();
        return reason;
    }

    /** Takes over from compiled code where it left an instruction to the interpreter. */
    private void leave() {
        Region.SideExit exit = Objects.requireNonNull(exitRegion).sideExits[exitIndex];
        exitRegion = null;
        int dirty = exit.dirty();
        for (int register = 0; dirty != 0; register++, dirty >>>= 1) {
            if ((dirty & 1) != 0) {
                setRegister(register, spilled(register));
            }
        }
        gas += exit.refund();
        pc = exit.pc();
        charged = exit.charged();
    }

    /** Takes note of the ranges of its memory, which are new. */
    void use(FlatMemory from) {
        lowFrom = from.lowFrom;
        lowSize = from.lowSize;
        highFrom = from.highFrom;
        highSize = from.highSize;
        readFrom = from.readFrom;
        readSize = from.readSize;
    }

    /** Calls whatever compiled code can be entered at a place; called by compiled code. */
    int callAt(int target, int depth) {
        FunctionRegion region = jit.regionAt(target);
        return region == null
                ? target
                : region.callTarget().run(this, region.entryAt(target), depth - 1);
    }

    /**
     * Runs compiled code from a place on until control comes to where a call was to come back;
     * called by compiled code where it did not at once, because a function ended with a jump to
     * another.
     *
     * @param from what the call came back with
     * @param back where the call was to come back
     * @return {@code back}, or what to leave with
     */
    int resume(int from, int back, int depth) {
        int at = from;
        while (at >= 0 && at != back && depth > 0) {
            FunctionRegion region = jit.regionAt(at);
            if (region == null) {
                return at;
            }
            at = region.run(this, region.entryAt(at), depth - 1);
        }
        return at;
    }

    /**
     * Returns where a dynamic jump leads, or -1 if that is for the interpreter to say; called by
     * compiled code.
     */
    int jumpTarget(int address) {
        int index = Integer.rotateRight(address - 2, 1);
        if (Integer.compareUnsigned(index, jumps.length) < 0) {
            return jumps[index];
        }
        return address == (int) StandardProgram.HALT_ADDRESS ? -1 : program.jumpTarget(address);
    }

    /** Asks the host; returns whether it stops or moves the machine; called by compiled code. */
    boolean hostCall(long number, int at, int next, boolean paid) {
        exitPc = at;
        pc = next;
        charged = paid;
        stopReason = Objects.requireNonNull(handler).hostCall(number, this);
        return stopReason != null || pc != next || charged != paid;
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public long register(int index) {
        return switch (index) {
            case 0 -> r0;
            case 1 -> r1;
            case 2 -> r2;
            case 3 -> r3;
            case 4 -> r4;
            case 5 -> r5;
            case 6 -> r6;
            case 7 -> r7;
            case 8 -> r8;
            case 9 -> r9;
            case 10 -> r10;
            case 11 -> r11;
            case 12 -> r12;
            default -> throw new IndexOutOfBoundsException("register " + index);
        };
    }

    private long spilled(int index) {
        return switch (index) {
            case 0 -> s0;
            case 1 -> s1;
            case 2 -> s2;
            case 3 -> s3;
            case 4 -> s4;
            case 5 -> s5;
            case 6 -> s6;
            case 7 -> s7;
            case 8 -> s8;
            case 9 -> s9;
            case 10 -> s10;
            case 11 -> s11;
            default -> s12;
        };
    }

    @Override
    public void setRegister(int index, long value) {
        switch (index) {
            case 0 -> r0 = value;
            case 1 -> r1 = value;
            case 2 -> r2 = value;
            case 3 -> r3 = value;
            case 4 -> r4 = value;
            case 5 -> r5 = value;
            case 6 -> r6 = value;
            case 7 -> r7 = value;
            case 8 -> r8 = value;
            case 9 -> r9 = value;
            case 10 -> r10 = value;
            case 11 -> r11 = value;
            case 12 -> r12 = value;
            default -> throw new IndexOutOfBoundsException("register " + index);
        }
    }

    @Override
    public MachineMemory memory() {
        return memory;
    }

    @Override
    public long gas() {
        return gas;
    }

    @Override
    public void setGas(long gas) {
        if (gas < 0) {
            throw new IllegalArgumentException("gas " + gas);
        }
        this.gas = gas;
    }

    @Override
    public int pc() {
        return pc;
    }

    @Override
    public int exitPc() {
        return exitPc;
    }

    @Override
    public void setPc(int pc) {
        this.pc = pc;
    }

    @Override
    public boolean charged() {
        return charged;
    }

    @Override
    public void setCharged(boolean charged) {
        this.charged = charged;
    }

    @Override
    public void close() {
        jit.ended(used);
        baseline.close();
        if (memory instanceof RangedMemory ranged) {
            ranged.close();
        }
    }
}
