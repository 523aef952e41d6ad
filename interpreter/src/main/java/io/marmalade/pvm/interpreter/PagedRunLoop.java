package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PagedMemory;

/**
 * The loop over a {@link PagedMemory}. The build writes {@code MachineRunLoop} after this file: the
 * same over any other memory.
 *
 * <p>The file is one long switch on purpose: registers, gas and the place in the code are locals of
 * one method, which HotSpot keeps in registers, and its bytecode stays below the 8000 octets from
 * which on it would not be compiled.
 */
final class PagedRunLoop extends RunLoop {
    /** How often loops of this class were entered. */
    private static int entries;

    private final PagedMemory memory;

    PagedRunLoop(long[] registers, PagedMemory memory) {
        super(registers);
        this.memory = memory;
    }

    @Override
    long slice() {
        if (entries < COLD_ENTRIES) {
            entries++;
            return COLD_SLICE;
        }
        return SLICE;
    }

    @Override
    // A load and a store have one end each that several operations share: the label is how to get
    // to the second of them.
    @SuppressWarnings("LabelledBreakTarget")
    int execute(DecodedCode code, int slot, long slice) {
        final long[] words = code.words;
        final int jumps = code.jumps;
        final PagedMemory memory = this.memory;
        // Allocated here so that the compiler knows its length, and that four bits are an index
        // into it.
        final long[] r = new long[16];
        System.arraycopy(registers, 0, r, 0, Machine.REGISTERS);
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
                        case Op.SIGNPOST -> {
                            status = LINK;
                            break leave;
                        }
                        case Op.SIGNPOST_PAID -> {
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
        System.arraycopy(r, 0, registers, 0, Machine.REGISTERS);
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
