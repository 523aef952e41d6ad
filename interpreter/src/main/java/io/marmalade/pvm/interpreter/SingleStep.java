package io.marmalade.pvm.interpreter;

import static java.lang.Long.compareUnsigned;

import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Instruction;
import io.marmalade.pvm.MachineMemory;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.StandardProgram;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;

/**
 * The single-step rule Ψ₁ without its gas: a switch that names each instruction in the paper's
 * order, written to be compared with the paper line by line and without any speed.
 *
 * @gp sec:instructiontables
 */
final class SingleStep {
    private final Program program;
    private final MachineMemory memory;
    private final long[] registers;

    /** Whether static jumps look at all the places that they may go to. */
    private final boolean strict;

    /** Where the present instruction goes. */
    private int next;

    SingleStep(Program program, MachineMemory memory, long[] registers) {
        this.program = program;
        this.memory = memory;
        this.registers = registers;
        this.strict = program.dialect().validated();
    }

    /** Returns where the instruction went that was stepped last. */
    int next() {
        return next;
    }

    /** Does what one instruction does; returns why the machine cannot go on, or null. */
    @Nullable ExitReason step(Instruction i) {
        long[] r = registers;
        next = i.next();
        switch (i.opcode()) {
            case TRAP -> {
                return ExitReason.PANIC;
            }
            case FALLTHROUGH -> {
                if (strict && !program.isBlockStart(i.next())) {
                    return ExitReason.PANIC;
                }
            }
            case UNLIKELY -> {}
            case ECALLI -> {
                return new ExitReason.HostCall(i.x());
            }
            case LOAD_IMM_64 -> r[i.a()] = i.x();
            case STORE_IMM_U8 -> {
                return store(i.x(), 1, i.y());
            }
            case STORE_IMM_U16 -> {
                return store(i.x(), 2, i.y());
            }
            case STORE_IMM_U32 -> {
                return store(i.x(), 4, i.y());
            }
            case STORE_IMM_U64 -> {
                return store(i.x(), 8, i.y());
            }
            case JUMP -> {
                return branch(i, i.x(), true);
            }
            case JUMP_IND -> {
                return dynamicJump(r[i.a()] + i.x());
            }
            case LOAD_IMM -> r[i.a()] = i.x();
            case LOAD_U8 -> {
                return load(i.a(), i.x(), 1, false);
            }
            case LOAD_I8 -> {
                return load(i.a(), i.x(), 1, true);
            }
            case LOAD_U16 -> {
                return load(i.a(), i.x(), 2, false);
            }
            case LOAD_I16 -> {
                return load(i.a(), i.x(), 2, true);
            }
            case LOAD_U32 -> {
                return load(i.a(), i.x(), 4, false);
            }
            case LOAD_I32 -> {
                return load(i.a(), i.x(), 4, true);
            }
            case LOAD_U64 -> {
                return load(i.a(), i.x(), 8, false);
            }
            case STORE_U8 -> {
                return store(i.x(), 1, r[i.a()]);
            }
            case STORE_U16 -> {
                return store(i.x(), 2, r[i.a()]);
            }
            case STORE_U32 -> {
                return store(i.x(), 4, r[i.a()]);
            }
            case STORE_U64 -> {
                return store(i.x(), 8, r[i.a()]);
            }
            case STORE_IMM_IND_U8 -> {
                return store(r[i.a()] + i.x(), 1, i.y());
            }
            case STORE_IMM_IND_U16 -> {
                return store(r[i.a()] + i.x(), 2, i.y());
            }
            case STORE_IMM_IND_U32 -> {
                return store(r[i.a()] + i.x(), 4, i.y());
            }
            case STORE_IMM_IND_U64 -> {
                return store(r[i.a()] + i.x(), 8, i.y());
            }
            case LOAD_IMM_JUMP -> {
                r[i.a()] = i.x();
                return branch(i, i.y(), true);
            }
            case BRANCH_EQ_IMM -> {
                return branch(i, i.y(), r[i.a()] == i.x());
            }
            case BRANCH_NE_IMM -> {
                return branch(i, i.y(), r[i.a()] != i.x());
            }
            case BRANCH_LT_U_IMM -> {
                return branch(i, i.y(), compareUnsigned(r[i.a()], i.x()) < 0);
            }
            case BRANCH_LE_U_IMM -> {
                return branch(i, i.y(), compareUnsigned(r[i.a()], i.x()) <= 0);
            }
            case BRANCH_GE_U_IMM -> {
                return branch(i, i.y(), compareUnsigned(r[i.a()], i.x()) >= 0);
            }
            case BRANCH_GT_U_IMM -> {
                return branch(i, i.y(), compareUnsigned(r[i.a()], i.x()) > 0);
            }
            case BRANCH_LT_S_IMM -> {
                return branch(i, i.y(), r[i.a()] < i.x());
            }
            case BRANCH_LE_S_IMM -> {
                return branch(i, i.y(), r[i.a()] <= i.x());
            }
            case BRANCH_GE_S_IMM -> {
                return branch(i, i.y(), r[i.a()] >= i.x());
            }
            case BRANCH_GT_S_IMM -> {
                return branch(i, i.y(), r[i.a()] > i.x());
            }
            case MOVE_REG -> r[i.d()] = r[i.a()];
            case SBRK -> r[i.d()] = memory.growHeap(r[i.a()]);
            case COUNT_SET_BITS_64 -> r[i.d()] = bitCount(r[i.a()], 64);
            case COUNT_SET_BITS_32 -> r[i.d()] = bitCount(r[i.a()], 32);
            case LEADING_ZERO_BITS_64 -> r[i.d()] = leadingZeros(r[i.a()], 64);
            case LEADING_ZERO_BITS_32 -> r[i.d()] = leadingZeros(r[i.a()], 32);
            case TRAILING_ZERO_BITS_64 -> r[i.d()] = trailingZeros(r[i.a()], 64);
            case TRAILING_ZERO_BITS_32 -> r[i.d()] = trailingZeros(r[i.a()], 32);
            case SIGN_EXTEND_8 -> r[i.d()] = extend(r[i.a()], 1);
            case SIGN_EXTEND_16 -> r[i.d()] = extend(r[i.a()], 2);
            case ZERO_EXTEND_16 -> r[i.d()] = r[i.a()] & 0xffff;
            case REVERSE_BYTES -> r[i.d()] = reverse(r[i.a()]);
            case STORE_IND_U8 -> {
                return store(r[i.b()] + i.x(), 1, r[i.a()]);
            }
            case STORE_IND_U16 -> {
                return store(r[i.b()] + i.x(), 2, r[i.a()]);
            }
            case STORE_IND_U32 -> {
                return store(r[i.b()] + i.x(), 4, r[i.a()]);
            }
            case STORE_IND_U64 -> {
                return store(r[i.b()] + i.x(), 8, r[i.a()]);
            }
            case LOAD_IND_U8 -> {
                return load(i.a(), r[i.b()] + i.x(), 1, false);
            }
            case LOAD_IND_I8 -> {
                return load(i.a(), r[i.b()] + i.x(), 1, true);
            }
            case LOAD_IND_U16 -> {
                return load(i.a(), r[i.b()] + i.x(), 2, false);
            }
            case LOAD_IND_I16 -> {
                return load(i.a(), r[i.b()] + i.x(), 2, true);
            }
            case LOAD_IND_U32 -> {
                return load(i.a(), r[i.b()] + i.x(), 4, false);
            }
            case LOAD_IND_I32 -> {
                return load(i.a(), r[i.b()] + i.x(), 4, true);
            }
            case LOAD_IND_U64 -> {
                return load(i.a(), r[i.b()] + i.x(), 8, false);
            }
            case ADD_IMM_32 -> r[i.a()] = extend(r[i.b()] + i.x(), 4);
            case AND_IMM -> r[i.a()] = r[i.b()] & i.x();
            case XOR_IMM -> r[i.a()] = r[i.b()] ^ i.x();
            case OR_IMM -> r[i.a()] = r[i.b()] | i.x();
            case MUL_IMM_32 -> r[i.a()] = extend(r[i.b()] * i.x(), 4);
            case SET_LT_U_IMM -> r[i.a()] = compareUnsigned(r[i.b()], i.x()) < 0 ? 1 : 0;
            case SET_LT_S_IMM -> r[i.a()] = r[i.b()] < i.x() ? 1 : 0;
            case SHLO_L_IMM_32 -> r[i.a()] = extend(r[i.b()] << mod(i.x(), 32), 4);
            case SHLO_R_IMM_32 -> r[i.a()] = extend(low(r[i.b()]) >>> mod(i.x(), 32), 4);
            case SHAR_R_IMM_32 -> r[i.a()] = extend(r[i.b()], 4) >> mod(i.x(), 32);
            case NEG_ADD_IMM_32 -> r[i.a()] = extend(i.x() - r[i.b()], 4);
            case SET_GT_U_IMM -> r[i.a()] = compareUnsigned(r[i.b()], i.x()) > 0 ? 1 : 0;
            case SET_GT_S_IMM -> r[i.a()] = r[i.b()] > i.x() ? 1 : 0;
            case SHLO_L_IMM_ALT_32 -> r[i.a()] = extend(i.x() << mod(r[i.b()], 32), 4);
            case SHLO_R_IMM_ALT_32 -> r[i.a()] = extend(low(i.x()) >>> mod(r[i.b()], 32), 4);
            case SHAR_R_IMM_ALT_32 -> r[i.a()] = extend(i.x(), 4) >> mod(r[i.b()], 32);
            case CMOV_IZ_IMM -> r[i.a()] = r[i.b()] == 0 ? i.x() : r[i.a()];
            case CMOV_NZ_IMM -> r[i.a()] = r[i.b()] != 0 ? i.x() : r[i.a()];
            case ADD_IMM_64 -> r[i.a()] = r[i.b()] + i.x();
            case MUL_IMM_64 -> r[i.a()] = r[i.b()] * i.x();
            case SHLO_L_IMM_64 -> r[i.a()] = r[i.b()] << mod(i.x(), 64);
            case SHLO_R_IMM_64 -> r[i.a()] = r[i.b()] >>> mod(i.x(), 64);
            case SHAR_R_IMM_64 -> r[i.a()] = r[i.b()] >> mod(i.x(), 64);
            case NEG_ADD_IMM_64 -> r[i.a()] = i.x() - r[i.b()];
            case SHLO_L_IMM_ALT_64 -> r[i.a()] = i.x() << mod(r[i.b()], 64);
            case SHLO_R_IMM_ALT_64 -> r[i.a()] = i.x() >>> mod(r[i.b()], 64);
            case SHAR_R_IMM_ALT_64 -> r[i.a()] = i.x() >> mod(r[i.b()], 64);
            case ROT_R_64_IMM -> r[i.a()] = rotateRight(r[i.b()], i.x(), 64);
            case ROT_R_64_IMM_ALT -> r[i.a()] = rotateRight(i.x(), r[i.b()], 64);
            case ROT_R_32_IMM -> r[i.a()] = extend(rotateRight(r[i.b()], i.x(), 32), 4);
            case ROT_R_32_IMM_ALT -> r[i.a()] = extend(rotateRight(i.x(), r[i.b()], 32), 4);
            case BRANCH_EQ -> {
                return branch(i, i.x(), r[i.a()] == r[i.b()]);
            }
            case BRANCH_NE -> {
                return branch(i, i.x(), r[i.a()] != r[i.b()]);
            }
            case BRANCH_LT_U -> {
                return branch(i, i.x(), compareUnsigned(r[i.a()], r[i.b()]) < 0);
            }
            case BRANCH_LT_S -> {
                return branch(i, i.x(), r[i.a()] < r[i.b()]);
            }
            case BRANCH_GE_U -> {
                return branch(i, i.x(), compareUnsigned(r[i.a()], r[i.b()]) >= 0);
            }
            case BRANCH_GE_S -> {
                return branch(i, i.x(), r[i.a()] >= r[i.b()]);
            }
            case LOAD_IMM_JUMP_IND -> {
                long address = r[i.b()] + i.y();
                r[i.a()] = i.x();
                return dynamicJump(address);
            }
            case ADD_32 -> r[i.d()] = extend(r[i.a()] + r[i.b()], 4);
            case SUB_32 -> r[i.d()] = extend(r[i.a()] - r[i.b()], 4);
            case MUL_32 -> r[i.d()] = extend(r[i.a()] * r[i.b()], 4);
            case DIV_U_32 -> r[i.d()] = divideUnsigned32(r[i.a()], r[i.b()]);
            case DIV_S_32 ->
                    r[i.d()] = divideSigned(extend(r[i.a()], 4), extend(r[i.b()], 4), -1L << 31);
            case REM_U_32 -> r[i.d()] = remainderUnsigned32(r[i.a()], r[i.b()]);
            case REM_S_32 -> r[i.d()] = remainderSigned(extend(r[i.a()], 4), extend(r[i.b()], 4));
            case SHLO_L_32 -> r[i.d()] = extend(r[i.a()] << mod(r[i.b()], 32), 4);
            case SHLO_R_32 -> r[i.d()] = extend(low(r[i.a()]) >>> mod(r[i.b()], 32), 4);
            case SHAR_R_32 -> r[i.d()] = extend(r[i.a()], 4) >> mod(r[i.b()], 32);
            case ADD_64 -> r[i.d()] = r[i.a()] + r[i.b()];
            case SUB_64 -> r[i.d()] = r[i.a()] - r[i.b()];
            case MUL_64 -> r[i.d()] = r[i.a()] * r[i.b()];
            case DIV_U_64 ->
                    r[i.d()] =
                            r[i.b()] == 0
                                    ? -1
                                    : natural(r[i.a()]).divide(natural(r[i.b()])).longValue();
            case DIV_S_64 -> r[i.d()] = divideSigned(r[i.a()], r[i.b()], Long.MIN_VALUE);
            case REM_U_64 ->
                    r[i.d()] =
                            r[i.b()] == 0
                                    ? r[i.a()]
                                    : natural(r[i.a()]).mod(natural(r[i.b()])).longValue();
            case REM_S_64 -> r[i.d()] = remainderSigned(r[i.a()], r[i.b()]);
            case SHLO_L_64 -> r[i.d()] = r[i.a()] << mod(r[i.b()], 64);
            case SHLO_R_64 -> r[i.d()] = r[i.a()] >>> mod(r[i.b()], 64);
            case SHAR_R_64 -> r[i.d()] = r[i.a()] >> mod(r[i.b()], 64);
            case AND -> r[i.d()] = r[i.a()] & r[i.b()];
            case XOR -> r[i.d()] = r[i.a()] ^ r[i.b()];
            case OR -> r[i.d()] = r[i.a()] | r[i.b()];
            case MUL_UPPER_S_S -> r[i.d()] = upper(integer(r[i.a()]), integer(r[i.b()]));
            case MUL_UPPER_U_U -> r[i.d()] = upper(natural(r[i.a()]), natural(r[i.b()]));
            case MUL_UPPER_S_U -> r[i.d()] = upper(integer(r[i.a()]), natural(r[i.b()]));
            case SET_LT_U -> r[i.d()] = compareUnsigned(r[i.a()], r[i.b()]) < 0 ? 1 : 0;
            case SET_LT_S -> r[i.d()] = r[i.a()] < r[i.b()] ? 1 : 0;
            case CMOV_IZ -> r[i.d()] = r[i.b()] == 0 ? r[i.a()] : r[i.d()];
            case CMOV_NZ -> r[i.d()] = r[i.b()] != 0 ? r[i.a()] : r[i.d()];
            case ROT_L_64 -> r[i.d()] = rotateRight(r[i.a()], 64 - mod(r[i.b()], 64), 64);
            case ROT_L_32 ->
                    r[i.d()] = extend(rotateRight(r[i.a()], 32 - mod(r[i.b()], 32), 32), 4);
            case ROT_R_64 -> r[i.d()] = rotateRight(r[i.a()], r[i.b()], 64);
            case ROT_R_32 -> r[i.d()] = extend(rotateRight(r[i.a()], r[i.b()], 32), 4);
            case AND_INV -> r[i.d()] = r[i.a()] & ~r[i.b()];
            case OR_INV -> r[i.d()] = r[i.a()] | ~r[i.b()];
            case XNOR -> r[i.d()] = ~(r[i.a()] ^ r[i.b()]);
            case MAX -> r[i.d()] = r[i.a()] > r[i.b()] ? r[i.a()] : r[i.b()];
            case MAX_U -> r[i.d()] = compareUnsigned(r[i.a()], r[i.b()]) > 0 ? r[i.a()] : r[i.b()];
            case MIN -> r[i.d()] = r[i.a()] < r[i.b()] ? r[i.a()] : r[i.b()];
            case MIN_U -> r[i.d()] = compareUnsigned(r[i.a()], r[i.b()]) < 0 ? r[i.a()] : r[i.b()];
        }
        return null;
    }

    /** The paper's branch(b, C), and the stricter rule of validated programs. */
    private @Nullable ExitReason branch(Instruction i, long target, boolean condition) {
        boolean conditional = i.opcode().name().startsWith("BRANCH");
        if (strict && conditional && !program.isBlockStart(i.next())) {
            return ExitReason.PANIC;
        }
        if ((strict || condition) && !program.isBlockStart(target)) {
            return ExitReason.PANIC;
        }
        if (condition) {
            next = (int) target;
        }
        return null;
    }

    /** The paper's djump(a). */
    private @Nullable ExitReason dynamicJump(long address) {
        if (low(address) == StandardProgram.HALT_ADDRESS) {
            return ExitReason.HALT;
        }
        int target = program.jumpTarget((int) address);
        if (target < 0) {
            return ExitReason.PANIC;
        }
        next = target;
        return null;
    }

    private @Nullable ExitReason load(int register, long address, int size, boolean signed) {
        long inaccessible = memory.firstInaccessible(address, size, PageAccess.READ);
        if (inaccessible >= 0) {
            return ExitReason.inaccessible((int) inaccessible);
        }
        long value = memory.load(address, size);
        registers[register] = signed ? extend(value, size) : value;
        return null;
    }

    private @Nullable ExitReason store(long address, int size, long value) {
        long inaccessible = memory.firstInaccessible(address, size, PageAccess.WRITE);
        if (inaccessible >= 0) {
            return ExitReason.inaccessible((int) inaccessible);
        }
        memory.store(address, size, value);
        return null;
    }

    /** The lowest octets, extended by their sign. */
    private static long extend(long value, int octets) {
        long limit = 1L << (8 * octets - 1);
        long lowest = value & ((limit << 1) - 1);
        return lowest >= limit ? lowest - (limit << 1) : lowest;
    }

    private static long low(long value) {
        return value & 0xffff_ffffL;
    }

    /** The remainder of an unsigned number by a power of two. */
    private static int mod(long value, int powerOfTwo) {
        return (int) (value & (powerOfTwo - 1));
    }

    private static long bit(long value, int index) {
        return value >>> index & 1;
    }

    private static int bitCount(long value, int width) {
        int count = 0;
        for (int index = 0; index < width; index++) {
            count += (int) bit(value, index);
        }
        return count;
    }

    private static int leadingZeros(long value, int width) {
        int count = 0;
        while (count < width && bit(value, width - 1 - count) == 0) {
            count++;
        }
        return count;
    }

    private static int trailingZeros(long value, int width) {
        int count = 0;
        while (count < width && bit(value, count) == 0) {
            count++;
        }
        return count;
    }

    private static long reverse(long value) {
        long reversed = 0;
        for (int octet = 0; octet < 8; octet++) {
            reversed |= (value >>> (8 * octet) & 0xff) << (8 * (7 - octet));
        }
        return reversed;
    }

    private static long rotateRight(long value, long by, int width) {
        long rotated = 0;
        for (int index = 0; index < width; index++) {
            rotated |= bit(value, mod(index + by, width)) << index;
        }
        return rotated;
    }

    private static BigInteger integer(long value) {
        return BigInteger.valueOf(value);
    }

    private static BigInteger natural(long value) {
        return value >= 0 ? integer(value) : integer(value).add(BigInteger.ONE.shiftLeft(64));
    }

    private static long upper(BigInteger a, BigInteger b) {
        return a.multiply(b).shiftRight(64).longValue();
    }

    private static long divideUnsigned32(long a, long b) {
        return low(b) == 0 ? -1 : extend(low(a) / low(b), 4);
    }

    private static long remainderUnsigned32(long a, long b) {
        return low(b) == 0 ? extend(a, 4) : extend(low(a) % low(b), 4);
    }

    private static long divideSigned(long a, long b, long lowest) {
        if (b == 0) {
            return -1;
        }
        return a == lowest && b == -1 ? a : a / b;
    }

    private static long remainderSigned(long a, long b) {
        if (b == 0) {
            return a;
        }
        return b == -1 ? 0 : a % b;
    }
}
