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
 * The fast machine: a loop over {@link DecodedCode} that knows nothing but registers, pages and
 * gas, and leaves whatever is rare to the code around it, which goes by {@link SingleStep}.
 *
 * <p>Gas is taken on entering a block (or a piece of a long one) for all of it. In the schedule
 * that counts instructions, what was not executed is given back wherever the loop is left in the
 * middle, and where the gas does not suffice for all of a block it is stepped through one by one.
 * The loop is given its gas in slices, so that it returns from time to time and the virtual machine
 * can replace it by its compiled form.
 */
final class InterpreterMachine extends InterpretedMachine implements BaselineMachine {
    /** The gas that the loop gets at a time: what entering and leaving cost is small beside it. */
    private static final long SLICE = 10_000;

    /**
     * The gas between two samples of what is hot, which run on from one run to the next; in the
     * pipeline schedule for about as many instructions.
     */
    static final int SAMPLE = 10_000;

    private static final int PIPELINE_SAMPLE = 5 * SAMPLE;

    /** The same while the loop is not compiled: HotSpot counts how often it is entered. */
    private static final long COLD_SLICE = 250;

    /** By then HotSpot has asked for the loop's best form. */
    private static final int COLD_ENTRIES = 3_000;

    /**
     * How often any loop was entered, at most {@link #COLD_ENTRIES}. A mere hint, so threads may
     * lose counts.
     */
    private static int entries;

    private static final int CHARGE = 0;
    private static final int LINK = 1;
    private static final int SLOW = 2;
    private static final int HOST_CALL = 3;
    private static final int DYNAMIC_JUMP = 4;
    private static final int PANIC = 5;
    private static final int ENTRY = 6;

    private final boolean pipeline;
    private final SingleStep single;

    /** The slot at which the loop was left. */
    private int left;

    /** What the loop left of its slice. */
    private long leftGas;

    InterpreterMachine(Program program, MachineMemory memory) {
        super(program, memory);
        this.pipeline = program.dialect().gasSchedule() == GasSchedule.PIPELINE;
        this.single = new SingleStep(program, memory, registers);
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
            long slice = Math.min(gas, slice());
            if (sampler != null) {
                slice = Math.min(slice, Math.max(0, code.untilSample));
            }
            gas -= slice;
            int status = execute(code, slot, slice);
            gas += leftGas;
            code.untilSample -= slice - leftGas;
            slot = left;
            paid = false;
            switch (status) {
                case CHARGE -> {
                    boolean exhausted = code.words[slot] >= 0;
                    slot = code.priced(slot);
                    // The next block may cost more than what is left until then.
                    if (exhausted && sampler != null && code.untilSample <= code.cost(slot)) {
                        code.untilSample = pipeline ? PIPELINE_SAMPLE : SAMPLE;
                        pc = code.pcs[slot];
                        if (sampler.sample(pc) && program.isBlockStart(pc)) {
                            charged = false;
                            return null;
                        }
                        code.update();
                    }
                }
                case ENTRY -> {
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
                case LINK -> {
                    paid = pipeline && (int) code.words[slot] == Op.STUB_PAID;
                    slot = code.link(slot);
                }
                case HOST_CALL -> {
                    int at = code.pcs[slot];
                    ExitReason reason = callHost(code, slot, handler);
                    if (reason != null) {
                        return reason;
                    }
                    slot = pc == at + 1 + program.skip(at) ? code.following(slot) : 0;
                    paid = charged;
                }
                case SLOW -> {
                    ExitReason reason = single.step(program.instruction(code.pcs[slot]));
                    if (reason != null) {
                        refund(code, slot);
                        charged = pipeline;
                        return end(reason, code.pcs[slot]);
                    }
                    slot = code.following(slot);
                    paid = true;
                }
                case DYNAMIC_JUMP -> {
                    int from = code.pcs[slot];
                    int address = code.jumpAddress(slot, registers);
                    charged = pipeline;
                    ExitReason reason = single.step(program.instruction(from));
                    if (reason != null) {
                        return end(reason, from);
                    }
                    slot = code.entry(single.next());
                    code.rememberJump(jumpIndex(address), slot);
                }
                case PANIC -> {
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

    private static long slice() {
        if (entries < COLD_ENTRIES) {
            entries++;
            return COLD_SLICE;
        }
        return SLICE;
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

    /**
     * The run loop. Leaves in {@link #left} the slot of what it could not do, or that of a price
     * that it could not pay, and in {@link #leftGas} the gas.
     *
     * @param slot of an instruction that is paid
     */
    // A load and a store have one end each that several operations share: the label is how to get
    // to the second of them.
    @SuppressWarnings("LabelledBreakTarget")
    private int execute(DecodedCode code, int slot, long slice) {
        final long[] words = code.words;
        final int jumps = code.jumps;
        final MachineMemory memory = this.memory;
        // Allocated here so that the compiler knows its length, and that four bits are an index
        // into it.
        final long[] r = new long[16];
        System.arraycopy(registers, 0, r, 0, REGISTERS);
        long gas = slice;
        int ip = slot;
        int status;
        leave:
        while (true) {
            block:
            while (true) {
                long w = words[ip++];
                int f = (int) w;
                int x = (int) (w >> 32);
                store:
                {
                    switch (f & 0xff) {
                        case Op.LOAD_U64 -> {
                            break;
                        }
                        case Op.LOAD_U64_LOAD_U64 -> {
                            {
                                int address = (int) r[f >>> 12 & 15] + x;
                                if (!memory.canLoad(address, 8)) {
                                    status = SLOW;
                                    break leave;
                                }
                                r[f >>> 8 & 15] = memory.getLong(address);
                            }
                            w = words[ip++];
                            f = (int) w;
                            x = (int) (w >> 32);
                            break;
                        }
                        case Op.STORE_U64 -> {
                            break store;
                        }
                        case Op.STORE_U64_STORE_U64 -> {
                            {
                                int address = (int) r[f >>> 12 & 15] + x;
                                if (!memory.canStore(address, 8)) {
                                    status = SLOW;
                                    break leave;
                                }
                                memory.putLong(address, r[f >>> 8 & 15]);
                            }
                            w = words[ip++];
                            f = (int) w;
                            x = (int) (w >> 32);
                            break store;
                        }
                        case Op.ADD_IMM_64 -> {
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] + x;
                            continue;
                        }
                        case Op.MOVE_REG -> {
                            r[f >>> 16 & 15] = r[f >>> 8 & 15];
                            continue;
                        }
                        case Op.LOAD_IMM -> {
                            r[f >>> 8 & 15] = x;
                            continue;
                        }
                        case Op.ADD_64 -> {
                            r[f >>> 16 & 15] = r[f >>> 8 & 15] + r[f >>> 12 & 15];
                            continue;
                        }
                        case Op.LOAD_U64_ADD_IMM_64 -> {
                            {
                                int address = (int) r[f >>> 12 & 15] + x;
                                if (!memory.canLoad(address, 8)) {
                                    status = SLOW;
                                    break leave;
                                }
                                r[f >>> 8 & 15] = memory.getLong(address);
                            }
                            w = words[ip++];
                            f = (int) w;
                            x = (int) (w >> 32);
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] + x;
                            continue;
                        }
                        case Op.ADD_IMM_64_STORE_U64 -> {
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] + x;
                            w = words[ip++];
                            f = (int) w;
                            x = (int) (w >> 32);
                            break store;
                        }
                        case Op.ADD_IMM_64_JUMP_IND -> {
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] + x;
                            w = words[ip++];
                            f = (int) w;
                            x = (int) (w >> 32);
                            int index = jumpIndex((int) r[f >>> 8 & 15] + x);
                            if (index >= 0 && index < jumps) {
                                int target = (int) words[1 + index];
                                if (target != 0) {
                                    ip = target;
                                    break block;
                                }
                            }
                            status = DYNAMIC_JUMP;
                            break leave;
                        }
                        case Op.LOAD_U8 -> {
                            int address = (int) r[f >>> 12 & 15] + x;
                            if (!memory.canLoad(address, 1)) {
                                status = SLOW;
                                break leave;
                            }
                            r[f >>> 8 & 15] = memory.getByte(address) & 0xff;
                            continue;
                        }
                        case Op.BRANCH_NE_IMM -> {
                            ip = r[f >>> 8 & 15] != words[ip] ? x : ip + 1;
                            break block;
                        }
                        case Op.ADD_IMM_64_BRANCH_NE_IMM -> {
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] + x;
                            w = words[ip++];
                            f = (int) w;
                            x = (int) (w >> 32);
                            ip = r[f >>> 8 & 15] != words[ip] ? x : ip + 1;
                            break block;
                        }
                        case Op.MOVE_REG_LOAD_U64 -> {
                            r[f >>> 16 & 15] = r[f >>> 8 & 15];
                            w = words[ip++];
                            f = (int) w;
                            x = (int) (w >> 32);
                            break;
                        }
                        case Op.STORE_U64_MOVE_REG -> {
                            {
                                int address = (int) r[f >>> 12 & 15] + x;
                                if (!memory.canStore(address, 8)) {
                                    status = SLOW;
                                    break leave;
                                }
                                memory.putLong(address, r[f >>> 8 & 15]);
                            }
                            w = words[ip++];
                            f = (int) w;
                            x = (int) (w >> 32);
                            r[f >>> 16 & 15] = r[f >>> 8 & 15];
                            continue;
                        }
                        case Op.JUMP_IND -> {
                            int index = jumpIndex((int) r[f >>> 8 & 15] + x);
                            if (index >= 0 && index < jumps) {
                                int target = (int) words[1 + index];
                                if (target != 0) {
                                    ip = target;
                                    break block;
                                }
                            }
                            status = DYNAMIC_JUMP;
                            break leave;
                        }
                        case Op.SHLO_L_IMM_64 -> {
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] << x;
                            continue;
                        }
                        case Op.STORE_U8 -> {
                            int address = (int) r[f >>> 12 & 15] + x;
                            if (!memory.canStore(address, 1)) {
                                status = SLOW;
                                break leave;
                            }
                            memory.putByte(address, (byte) r[f >>> 8 & 15]);
                            continue;
                        }
                        case Op.LOAD_IMM_JUMP -> {
                            r[f >>> 8 & 15] = words[ip];
                            ip = x;
                            break block;
                        }
                        case Op.ADD_IMM_64_ADD_IMM_64 -> {
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] + x;
                            w = words[ip++];
                            f = (int) w;
                            x = (int) (w >> 32);
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] + x;
                            continue;
                        }
                        case Op.LOAD_U8_ADD_IMM_64 -> {
                            {
                                int address = (int) r[f >>> 12 & 15] + x;
                                if (!memory.canLoad(address, 1)) {
                                    status = SLOW;
                                    break leave;
                                }
                                r[f >>> 8 & 15] = memory.getByte(address) & 0xff;
                            }
                            w = words[ip++];
                            f = (int) w;
                            x = (int) (w >> 32);
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] + x;
                            continue;
                        }
                        case Op.MOVE_REG_MOVE_REG -> {
                            r[f >>> 16 & 15] = r[f >>> 8 & 15];
                            w = words[ip++];
                            f = (int) w;
                            x = (int) (w >> 32);
                            r[f >>> 16 & 15] = r[f >>> 8 & 15];
                            continue;
                        }
                        case Op.LOAD_IMM_LOAD_U64 -> {
                            r[f >>> 8 & 15] = x;
                            w = words[ip++];
                            f = (int) w;
                            x = (int) (w >> 32);
                            break;
                        }
                        case Op.ADD_64_STORE_U64 -> {
                            r[f >>> 16 & 15] = r[f >>> 8 & 15] + r[f >>> 12 & 15];
                            w = words[ip++];
                            f = (int) w;
                            x = (int) (w >> 32);
                            break store;
                        }
                        case Op.BRANCH_EQ_IMM -> {
                            ip = r[f >>> 8 & 15] == words[ip] ? x : ip + 1;
                            break block;
                        }
                        case Op.AND_IMM -> {
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] & x;
                            continue;
                        }
                        case Op.BRANCH_LT_U -> {
                            if (Long.compareUnsigned(r[f >>> 8 & 15], r[f >>> 12 & 15]) < 0) {
                                ip = x;
                            }
                            break block;
                        }
                        case Op.SHLO_R_IMM_64 -> {
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] >>> x;
                            continue;
                        }
                        case Op.BRANCH_LT_U_IMM -> {
                            ip = Long.compareUnsigned(r[f >>> 8 & 15], words[ip]) < 0 ? x : ip + 1;
                            break block;
                        }
                        case Op.BRANCH_LT_S_IMM -> {
                            ip = r[f >>> 8 & 15] < words[ip] ? x : ip + 1;
                            break block;
                        }
                        case Op.BRANCH_GE_U -> {
                            if (Long.compareUnsigned(r[f >>> 8 & 15], r[f >>> 12 & 15]) >= 0) {
                                ip = x;
                            }
                            break block;
                        }
                        case Op.LOAD_U32 -> {
                            int address = (int) r[f >>> 12 & 15] + x;
                            if (!memory.canLoad(address, 4)) {
                                status = SLOW;
                                break leave;
                            }
                            r[f >>> 8 & 15] = memory.getInt(address) & 0xffff_ffffL;
                            continue;
                        }
                        case Op.SUB_64 -> {
                            r[f >>> 16 & 15] = r[f >>> 8 & 15] - r[f >>> 12 & 15];
                            continue;
                        }
                        case Op.FALLTHROUGH -> {
                            break block;
                        }
                        case Op.MUL_IMM_64 -> {
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] * x;
                            continue;
                        }
                        case Op.GOTO -> {
                            ip = x;
                            break block;
                        }
                        case Op.OR -> {
                            r[f >>> 16 & 15] = r[f >>> 8 & 15] | r[f >>> 12 & 15];
                            continue;
                        }
                        case Op.XOR -> {
                            r[f >>> 16 & 15] = r[f >>> 8 & 15] ^ r[f >>> 12 & 15];
                            continue;
                        }
                        case Op.AND -> {
                            r[f >>> 16 & 15] = r[f >>> 8 & 15] & r[f >>> 12 & 15];
                            continue;
                        }
                        case Op.STORE_U32 -> {
                            int address = (int) r[f >>> 12 & 15] + x;
                            if (!memory.canStore(address, 4)) {
                                status = SLOW;
                                break leave;
                            }
                            memory.putInt(address, (int) r[f >>> 8 & 15]);
                            continue;
                        }
                        case Op.SUB_32 -> {
                            r[f >>> 16 & 15] = (int) (r[f >>> 8 & 15] - r[f >>> 12 & 15]);
                            continue;
                        }
                        case Op.BRANCH_NE -> {
                            if (r[f >>> 8 & 15] != r[f >>> 12 & 15]) {
                                ip = x;
                            }
                            break block;
                        }
                        case Op.BRANCH_EQ -> {
                            if (r[f >>> 8 & 15] == r[f >>> 12 & 15]) {
                                ip = x;
                            }
                            break block;
                        }
                        case Op.SET_LT_U -> {
                            r[f >>> 16 & 15] =
                                    Long.compareUnsigned(r[f >>> 8 & 15], r[f >>> 12 & 15]) < 0
                                            ? 1
                                            : 0;
                            continue;
                        }
                        case Op.MUL_64 -> {
                            r[f >>> 16 & 15] = r[f >>> 8 & 15] * r[f >>> 12 & 15];
                            continue;
                        }
                        case Op.MUL_UPPER_U_U -> {
                            r[f >>> 16 & 15] =
                                    Math.unsignedMultiplyHigh(r[f >>> 8 & 15], r[f >>> 12 & 15]);
                            continue;
                        }
                        case Op.ROT_R_64_IMM -> {
                            r[f >>> 8 & 15] = Long.rotateRight(r[f >>> 12 & 15], x);
                            continue;
                        }
                        case Op.ROT_R_32_IMM -> {
                            r[f >>> 8 & 15] = Integer.rotateRight((int) r[f >>> 12 & 15], x);
                            continue;
                        }
                        case Op.ADD_32 -> {
                            r[f >>> 16 & 15] = (int) (r[f >>> 8 & 15] + r[f >>> 12 & 15]);
                            continue;
                        }
                        case Op.XOR_IMM -> {
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] ^ x;
                            continue;
                        }
                        case Op.OR_IMM -> {
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] | x;
                            continue;
                        }
                        case Op.ADD_IMM_32 -> {
                            r[f >>> 8 & 15] = (int) r[f >>> 12 & 15] + x;
                            continue;
                        }
                        case Op.SHLO_R_IMM_32 -> {
                            r[f >>> 8 & 15] = (int) r[f >>> 12 & 15] >>> x;
                            continue;
                        }
                        case Op.SHLO_L_IMM_32 -> {
                            r[f >>> 8 & 15] = (int) r[f >>> 12 & 15] << x;
                            continue;
                        }
                        case Op.SHAR_R_IMM_64 -> {
                            r[f >>> 8 & 15] = r[f >>> 12 & 15] >> x;
                            continue;
                        }
                        case Op.LOAD_IMM_JUMP_IND -> {
                            int index = jumpIndex((int) r[f >>> 12 & 15] + x);
                            if (index >= 0 && index < jumps) {
                                int target = (int) words[1 + index];
                                if (target != 0) {
                                    r[f >>> 8 & 15] = words[ip];
                                    ip = target;
                                    break block;
                                }
                            }
                            status = DYNAMIC_JUMP;
                            break leave;
                        }
                        case Op.NEG_ADD_IMM_64 -> {
                            r[f >>> 8 & 15] = x - r[f >>> 12 & 15];
                            continue;
                        }
                        case Op.CMOV_NZ_IMM -> {
                            if (r[f >>> 12 & 15] != 0) {
                                r[f >>> 8 & 15] = x;
                            }
                            continue;
                        }
                        case Op.CMOV_IZ_IMM -> {
                            if (r[f >>> 12 & 15] == 0) {
                                r[f >>> 8 & 15] = x;
                            }
                            continue;
                        }
                        case Op.CMOV_NZ -> {
                            if (r[f >>> 12 & 15] != 0) {
                                r[f >>> 16 & 15] = r[f >>> 8 & 15];
                            }
                            continue;
                        }
                        case Op.CMOV_IZ -> {
                            if (r[f >>> 12 & 15] == 0) {
                                r[f >>> 16 & 15] = r[f >>> 8 & 15];
                            }
                            continue;
                        }
                        case Op.LOAD_I32 -> {
                            int address = (int) r[f >>> 12 & 15] + x;
                            if (!memory.canLoad(address, 4)) {
                                status = SLOW;
                                break leave;
                            }
                            r[f >>> 8 & 15] = memory.getInt(address);
                            continue;
                        }
                        case Op.BRANCH_GE_S -> {
                            if (r[f >>> 8 & 15] >= r[f >>> 12 & 15]) {
                                ip = x;
                            }
                            break block;
                        }
                        case Op.BRANCH_LT_S -> {
                            if (r[f >>> 8 & 15] < r[f >>> 12 & 15]) {
                                ip = x;
                            }
                            break block;
                        }
                        case Op.BRANCH_GE_U_IMM -> {
                            ip = Long.compareUnsigned(r[f >>> 8 & 15], words[ip]) >= 0 ? x : ip + 1;
                            break block;
                        }
                        case Op.BRANCH_LE_U_IMM -> {
                            ip = Long.compareUnsigned(r[f >>> 8 & 15], words[ip]) <= 0 ? x : ip + 1;
                            break block;
                        }
                        case Op.BRANCH_GT_U_IMM -> {
                            ip = Long.compareUnsigned(r[f >>> 8 & 15], words[ip]) > 0 ? x : ip + 1;
                            break block;
                        }
                        case Op.BRANCH_LE_S_IMM -> {
                            ip = r[f >>> 8 & 15] <= words[ip] ? x : ip + 1;
                            break block;
                        }
                        case Op.BRANCH_GE_S_IMM -> {
                            ip = r[f >>> 8 & 15] >= words[ip] ? x : ip + 1;
                            break block;
                        }
                        case Op.BRANCH_GT_S_IMM -> {
                            ip = r[f >>> 8 & 15] > words[ip] ? x : ip + 1;
                            break block;
                        }
                        case Op.SET_LT_U_IMM -> {
                            r[f >>> 8 & 15] = Long.compareUnsigned(r[f >>> 12 & 15], x) < 0 ? 1 : 0;
                            continue;
                        }
                        case Op.LOAD_IMM_64 -> {
                            r[f >>> 8 & 15] = words[ip++];
                            continue;
                        }
                        case Op.GOTO_PAID -> {
                            ip = x;
                            continue;
                        }
                        case Op.ENTRY -> {
                            status = ENTRY;
                            break leave;
                        }
                        case Op.HOST_CALL -> {
                            status = HOST_CALL;
                            break leave;
                        }
                        case Op.STUB -> {
                            status = LINK;
                            break leave;
                        }
                        case Op.STUB_PAID -> {
                            status = LINK;
                            break leave;
                        }
                        case Op.SLOW -> {
                            status = SLOW;
                            break leave;
                        }
                        case Op.NOTHING -> {
                            continue;
                        }
                        case Op.PANIC -> {
                            status = PANIC;
                            break leave;
                        }
                        default -> {
                            if (!rare(f, w, words[ip], r)) {
                                status = SLOW;
                                break leave;
                            }
                            ip += f >>> 20 & 1;
                            continue;
                        }
                    }
                    int address = (int) r[f >>> 12 & 15] + x;
                    if (!memory.canLoad(address, 8)) {
                        status = SLOW;
                        break leave;
                    }
                    r[f >>> 8 & 15] = memory.getLong(address);
                    continue;
                }
                int address = (int) r[f >>> 12 & 15] + x;
                if (!memory.canStore(address, 8)) {
                    status = SLOW;
                    break leave;
                }
                memory.putLong(address, r[f >>> 8 & 15]);
                continue;
            }
            // The next block's price stands in front of it.
            long cost = words[ip++];
            long rest = gas - cost;
            if ((rest | cost) < 0) {
                // Not enough, or not known yet.
                status = CHARGE;
                break;
            }
            gas = rest;
        }
        System.arraycopy(r, 0, registers, 0, REGISTERS);
        left = ip - 1;
        leftGas = gas;
        return status;
    }

    /**
     * Does what real services seldom do, out of the loop so that HotSpot has room to compile the
     * loop well.
     *
     * @param f the word's lower half
     * @param w the word
     * @param second the word behind it
     * @param r the registers
     * @return whether it could be done
     */
    private boolean rare(int f, long w, long second, long[] r) {
        switch (f & 0xff) {
            case Op.LOAD_I8 -> {
                int address = (int) (r[f >>> 12 & 15] + (w >> 32));
                if (!memory.canLoad(address, 1)) {
                    return false;
                }
                r[f >>> 8 & 15] = memory.getByte(address);
                return true;
            }
            case Op.LOAD_U16 -> {
                int address = (int) (r[f >>> 12 & 15] + (w >> 32));
                if (!memory.canLoad(address, 2)) {
                    return false;
                }
                r[f >>> 8 & 15] = memory.getShort(address) & 0xffff;
                return true;
            }
            case Op.LOAD_I16 -> {
                int address = (int) (r[f >>> 12 & 15] + (w >> 32));
                if (!memory.canLoad(address, 2)) {
                    return false;
                }
                r[f >>> 8 & 15] = memory.getShort(address);
                return true;
            }
            case Op.STORE_U16 -> {
                int address = (int) (r[f >>> 12 & 15] + (w >> 32));
                if (!memory.canStore(address, 2)) {
                    return false;
                }
                memory.putShort(address, (short) r[f >>> 8 & 15]);
                return true;
            }
            case Op.STORE_IMM_U8 -> {
                int address = (int) (r[f >>> 12 & 15] + (w >> 32));
                if (!memory.canStore(address, 1)) {
                    return false;
                }
                memory.putByte(address, (byte) second);
                return true;
            }
            case Op.STORE_IMM_U16 -> {
                int address = (int) (r[f >>> 12 & 15] + (w >> 32));
                if (!memory.canStore(address, 2)) {
                    return false;
                }
                memory.putShort(address, (short) second);
                return true;
            }
            case Op.STORE_IMM_U32 -> {
                int address = (int) (r[f >>> 12 & 15] + (w >> 32));
                if (!memory.canStore(address, 4)) {
                    return false;
                }
                memory.putInt(address, (int) second);
                return true;
            }
            case Op.STORE_IMM_U64 -> {
                int address = (int) (r[f >>> 12 & 15] + (w >> 32));
                if (!memory.canStore(address, 8)) {
                    return false;
                }
                memory.putLong(address, second);
                return true;
            }
            case Op.COUNT_SET_BITS_64 -> {
                r[f >>> 16 & 15] = Long.bitCount(r[f >>> 8 & 15]);
                return true;
            }
            case Op.COUNT_SET_BITS_32 -> {
                r[f >>> 16 & 15] = Integer.bitCount((int) r[f >>> 8 & 15]);
                return true;
            }
            case Op.LEADING_ZERO_BITS_64 -> {
                r[f >>> 16 & 15] = Long.numberOfLeadingZeros(r[f >>> 8 & 15]);
                return true;
            }
            case Op.LEADING_ZERO_BITS_32 -> {
                r[f >>> 16 & 15] = Integer.numberOfLeadingZeros((int) r[f >>> 8 & 15]);
                return true;
            }
            case Op.TRAILING_ZERO_BITS_64 -> {
                r[f >>> 16 & 15] = Long.numberOfTrailingZeros(r[f >>> 8 & 15]);
                return true;
            }
            case Op.TRAILING_ZERO_BITS_32 -> {
                r[f >>> 16 & 15] = Integer.numberOfTrailingZeros((int) r[f >>> 8 & 15]);
                return true;
            }
            case Op.SIGN_EXTEND_8 -> {
                r[f >>> 16 & 15] = (byte) r[f >>> 8 & 15];
                return true;
            }
            case Op.SIGN_EXTEND_16 -> {
                r[f >>> 16 & 15] = (short) r[f >>> 8 & 15];
                return true;
            }
            case Op.ZERO_EXTEND_16 -> {
                r[f >>> 16 & 15] = r[f >>> 8 & 15] & 0xffff;
                return true;
            }
            case Op.REVERSE_BYTES -> {
                r[f >>> 16 & 15] = Long.reverseBytes(r[f >>> 8 & 15]);
                return true;
            }
            case Op.MUL_IMM_32 -> {
                r[f >>> 8 & 15] = (int) (r[f >>> 12 & 15] * (w >> 32));
                return true;
            }
            case Op.SET_LT_S_IMM -> {
                r[f >>> 8 & 15] = r[f >>> 12 & 15] < (w >> 32) ? 1 : 0;
                return true;
            }
            case Op.SHAR_R_IMM_32 -> {
                r[f >>> 8 & 15] = (int) r[f >>> 12 & 15] >> (int) (w >> 32);
                return true;
            }
            case Op.NEG_ADD_IMM_32 -> {
                r[f >>> 8 & 15] = (int) ((w >> 32) - r[f >>> 12 & 15]);
                return true;
            }
            case Op.SET_GT_U_IMM -> {
                r[f >>> 8 & 15] = Long.compareUnsigned(r[f >>> 12 & 15], (w >> 32)) > 0 ? 1 : 0;
                return true;
            }
            case Op.SET_GT_S_IMM -> {
                r[f >>> 8 & 15] = r[f >>> 12 & 15] > (w >> 32) ? 1 : 0;
                return true;
            }
            case Op.SHLO_L_IMM_ALT_32 -> {
                r[f >>> 8 & 15] = (int) (w >> 32) << (int) r[f >>> 12 & 15];
                return true;
            }
            case Op.SHLO_R_IMM_ALT_32 -> {
                r[f >>> 8 & 15] = (int) (w >> 32) >>> (int) r[f >>> 12 & 15];
                return true;
            }
            case Op.SHAR_R_IMM_ALT_32 -> {
                r[f >>> 8 & 15] = (int) (w >> 32) >> (int) r[f >>> 12 & 15];
                return true;
            }
            case Op.SHLO_L_IMM_ALT_64 -> {
                r[f >>> 8 & 15] = (w >> 32) << (int) r[f >>> 12 & 15];
                return true;
            }
            case Op.SHLO_R_IMM_ALT_64 -> {
                r[f >>> 8 & 15] = (w >> 32) >>> (int) r[f >>> 12 & 15];
                return true;
            }
            case Op.SHAR_R_IMM_ALT_64 -> {
                r[f >>> 8 & 15] = (w >> 32) >> (int) r[f >>> 12 & 15];
                return true;
            }
            case Op.ROT_R_64_IMM_ALT -> {
                r[f >>> 8 & 15] = Long.rotateRight((w >> 32), (int) r[f >>> 12 & 15]);
                return true;
            }
            case Op.ROT_R_32_IMM_ALT -> {
                r[f >>> 8 & 15] = Integer.rotateRight((int) (w >> 32), (int) r[f >>> 12 & 15]);
                return true;
            }
            case Op.MUL_32 -> {
                r[f >>> 16 & 15] = (int) (r[f >>> 8 & 15] * r[f >>> 12 & 15]);
                return true;
            }
            case Op.DIV_U_32 -> {
                r[f >>> 16 & 15] = divideUnsigned((int) r[f >>> 8 & 15], (int) r[f >>> 12 & 15]);
                return true;
            }
            case Op.DIV_S_32 -> {
                r[f >>> 16 & 15] = divideSigned((int) r[f >>> 8 & 15], (int) r[f >>> 12 & 15]);
                return true;
            }
            case Op.REM_U_32 -> {
                r[f >>> 16 & 15] = remainderUnsigned((int) r[f >>> 8 & 15], (int) r[f >>> 12 & 15]);
                return true;
            }
            case Op.REM_S_32 -> {
                r[f >>> 16 & 15] = remainderSigned((int) r[f >>> 8 & 15], (int) r[f >>> 12 & 15]);
                return true;
            }
            case Op.SHLO_L_32 -> {
                r[f >>> 16 & 15] = (int) r[f >>> 8 & 15] << (int) r[f >>> 12 & 15];
                return true;
            }
            case Op.SHLO_R_32 -> {
                r[f >>> 16 & 15] = (int) r[f >>> 8 & 15] >>> (int) r[f >>> 12 & 15];
                return true;
            }
            case Op.SHAR_R_32 -> {
                r[f >>> 16 & 15] = (int) r[f >>> 8 & 15] >> (int) r[f >>> 12 & 15];
                return true;
            }
            case Op.DIV_U_64 -> {
                r[f >>> 16 & 15] = divideUnsigned(r[f >>> 8 & 15], r[f >>> 12 & 15]);
                return true;
            }
            case Op.DIV_S_64 -> {
                r[f >>> 16 & 15] = divideSigned(r[f >>> 8 & 15], r[f >>> 12 & 15]);
                return true;
            }
            case Op.REM_U_64 -> {
                r[f >>> 16 & 15] = remainderUnsigned(r[f >>> 8 & 15], r[f >>> 12 & 15]);
                return true;
            }
            case Op.REM_S_64 -> {
                r[f >>> 16 & 15] = remainderSigned(r[f >>> 8 & 15], r[f >>> 12 & 15]);
                return true;
            }
            case Op.SHLO_L_64 -> {
                r[f >>> 16 & 15] = r[f >>> 8 & 15] << (int) r[f >>> 12 & 15];
                return true;
            }
            case Op.SHLO_R_64 -> {
                r[f >>> 16 & 15] = r[f >>> 8 & 15] >>> (int) r[f >>> 12 & 15];
                return true;
            }
            case Op.SHAR_R_64 -> {
                r[f >>> 16 & 15] = r[f >>> 8 & 15] >> (int) r[f >>> 12 & 15];
                return true;
            }
            case Op.MUL_UPPER_S_S -> {
                r[f >>> 16 & 15] = Math.multiplyHigh(r[f >>> 8 & 15], r[f >>> 12 & 15]);
                return true;
            }
            case Op.MUL_UPPER_S_U -> {
                r[f >>> 16 & 15] = multiplyHighSignedUnsigned(r[f >>> 8 & 15], r[f >>> 12 & 15]);
                return true;
            }
            case Op.SET_LT_S -> {
                r[f >>> 16 & 15] = r[f >>> 8 & 15] < r[f >>> 12 & 15] ? 1 : 0;
                return true;
            }
            case Op.ROT_L_64 -> {
                r[f >>> 16 & 15] = Long.rotateLeft(r[f >>> 8 & 15], (int) r[f >>> 12 & 15]);
                return true;
            }
            case Op.ROT_L_32 -> {
                r[f >>> 16 & 15] =
                        Integer.rotateLeft((int) r[f >>> 8 & 15], (int) r[f >>> 12 & 15]);
                return true;
            }
            case Op.ROT_R_64 -> {
                r[f >>> 16 & 15] = Long.rotateRight(r[f >>> 8 & 15], (int) r[f >>> 12 & 15]);
                return true;
            }
            case Op.ROT_R_32 -> {
                r[f >>> 16 & 15] =
                        Integer.rotateRight((int) r[f >>> 8 & 15], (int) r[f >>> 12 & 15]);
                return true;
            }
            case Op.AND_INV -> {
                r[f >>> 16 & 15] = r[f >>> 8 & 15] & ~r[f >>> 12 & 15];
                return true;
            }
            case Op.OR_INV -> {
                r[f >>> 16 & 15] = r[f >>> 8 & 15] | ~r[f >>> 12 & 15];
                return true;
            }
            case Op.XNOR -> {
                r[f >>> 16 & 15] = ~(r[f >>> 8 & 15] ^ r[f >>> 12 & 15]);
                return true;
            }
            case Op.MAX -> {
                r[f >>> 16 & 15] = Math.max(r[f >>> 8 & 15], r[f >>> 12 & 15]);
                return true;
            }
            case Op.MAX_U -> {
                r[f >>> 16 & 15] = maxUnsigned(r[f >>> 8 & 15], r[f >>> 12 & 15]);
                return true;
            }
            case Op.MIN -> {
                r[f >>> 16 & 15] = Math.min(r[f >>> 8 & 15], r[f >>> 12 & 15]);
                return true;
            }
            case Op.MIN_U -> {
                r[f >>> 16 & 15] = minUnsigned(r[f >>> 8 & 15], r[f >>> 12 & 15]);
                return true;
            }
            default -> throw new IllegalStateException("operation " + f);
        }
    }

    /**
     * Returns the entry of the jump table that an address means, some negative number if it means
     * none.
     */
    private static int jumpIndex(int address) {
        return Integer.rotateRight(address - 2, 1);
    }

    private static long multiplyHighSignedUnsigned(long a, long b) {
        return Math.multiplyHigh(a, b) + (a & b >> 63);
    }

    private static long divideUnsigned(long a, long b) {
        return b == 0 ? -1 : Long.divideUnsigned(a, b);
    }

    private static long remainderUnsigned(long a, long b) {
        return b == 0 ? a : Long.remainderUnsigned(a, b);
    }

    private static long divideSigned(long a, long b) {
        return b == 0 ? -1 : a / b;
    }

    private static long remainderSigned(long a, long b) {
        return b == 0 ? a : a % b;
    }

    private static long divideUnsigned(int a, int b) {
        return b == 0 ? -1 : Integer.divideUnsigned(a, b);
    }

    private static long remainderUnsigned(int a, int b) {
        return b == 0 ? a : Integer.remainderUnsigned(a, b);
    }

    private static long divideSigned(int a, int b) {
        return b == 0 ? -1 : a / b;
    }

    private static long remainderSigned(int a, int b) {
        return b == 0 ? a : a % b;
    }

    private static long maxUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) > 0 ? a : b;
    }

    private static long minUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? a : b;
    }
}
