package io.marmalade.pvm.jit;

import static org.objectweb.asm.Opcodes.I2B;
import static org.objectweb.asm.Opcodes.I2L;
import static org.objectweb.asm.Opcodes.I2S;
import static org.objectweb.asm.Opcodes.IADD;
import static org.objectweb.asm.Opcodes.IDIV;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.IFGE;
import static org.objectweb.asm.Opcodes.IFGT;
import static org.objectweb.asm.Opcodes.IFLE;
import static org.objectweb.asm.Opcodes.IFLT;
import static org.objectweb.asm.Opcodes.IFNE;
import static org.objectweb.asm.Opcodes.IMUL;
import static org.objectweb.asm.Opcodes.IREM;
import static org.objectweb.asm.Opcodes.ISHL;
import static org.objectweb.asm.Opcodes.ISHR;
import static org.objectweb.asm.Opcodes.ISUB;
import static org.objectweb.asm.Opcodes.IUSHR;
import static org.objectweb.asm.Opcodes.LADD;
import static org.objectweb.asm.Opcodes.LAND;
import static org.objectweb.asm.Opcodes.LCMP;
import static org.objectweb.asm.Opcodes.LDIV;
import static org.objectweb.asm.Opcodes.LMUL;
import static org.objectweb.asm.Opcodes.LOR;
import static org.objectweb.asm.Opcodes.LREM;
import static org.objectweb.asm.Opcodes.LSHL;
import static org.objectweb.asm.Opcodes.LSHR;
import static org.objectweb.asm.Opcodes.LSUB;
import static org.objectweb.asm.Opcodes.LUSHR;
import static org.objectweb.asm.Opcodes.LXOR;

import io.marmalade.pvm.Instruction;

import org.objectweb.asm.Label;

/**
 * Translates instructions that compute, compare, load and store; jumps, gas and host calls are done
 * elsewhere.
 */
final class ComputationTranslator {
    private final Idioms code;

    ComputationTranslator(Idioms code) {
        this.code = code;
    }

    /** Translates an access to memory; where it is was pushed by {@link Idioms#place}. */
    void access(Instruction i) {
        switch (i.opcode()) {
            case LOAD_U8, LOAD_IND_U8 -> {
                code.read("Byte", "B");
                code.constantInt(0xff);
                code.insn(org.objectweb.asm.Opcodes.IAND);
                code.setLow(i.a());
            }
            case LOAD_I8, LOAD_IND_I8 -> {
                code.read("Byte", "B");
                code.setLow(i.a());
            }
            case LOAD_U16, LOAD_IND_U16 -> {
                code.read("Char", "C");
                code.setLow(i.a());
            }
            case LOAD_I16, LOAD_IND_I16 -> {
                code.read("Short", "S");
                code.setLow(i.a());
            }
            case LOAD_U32, LOAD_IND_U32 -> {
                code.read("Int", "I");
                code.insn(I2L);
                code.constant(0xffffffffL);
                code.insn(LAND);
                code.setRegister(i.a());
            }
            case LOAD_I32, LOAD_IND_I32 -> {
                code.read("Int", "I");
                code.setLow(i.a());
            }
            case LOAD_U64, LOAD_IND_U64 -> {
                code.read("Long", "J");
                code.setRegister(i.a());
            }
            case STORE_U8, STORE_IND_U8 -> storeInt(i.a(), "Byte", "B");
            case STORE_U16, STORE_IND_U16 -> storeInt(i.a(), "Short", "S");
            case STORE_U32, STORE_IND_U32 -> storeInt(i.a(), "Int", "I");
            case STORE_U64, STORE_IND_U64 -> {
                code.register(i.a());
                code.write("Long", "J");
            }
            case STORE_IMM_U8, STORE_IMM_IND_U8 -> {
                code.constantInt((byte) i.y());
                code.write("Byte", "B");
            }
            case STORE_IMM_U16, STORE_IMM_IND_U16 -> {
                code.constantInt((short) i.y());
                code.write("Short", "S");
            }
            case STORE_IMM_U32, STORE_IMM_IND_U32 -> {
                code.constantInt((int) i.y());
                code.write("Int", "I");
            }
            case STORE_IMM_U64, STORE_IMM_IND_U64 -> {
                code.constant(i.y());
                code.write("Long", "J");
            }
            default -> throw new IllegalStateException("no access to memory: " + i);
        }
    }

    private void storeInt(int register, String type, String descriptor) {
        code.low(register);
        if (type.equals("Byte")) {
            code.insn(I2B);
        } else if (type.equals("Short")) {
            code.insn(I2S);
        }
        code.write(type, descriptor);
    }

    /** Goes to a label if a branch is taken. */
    void branch(Instruction i, Label taken) {
        code.jump(compare(i), taken);
    }

    /** Goes to a label if a branch is not taken. */
    void branchUnless(Instruction i, Label other) {
        code.jump(
                switch (compare(i)) {
                    case IFEQ -> IFNE;
                    case IFNE -> IFEQ;
                    case IFLT -> IFGE;
                    case IFGE -> IFLT;
                    case IFGT -> IFLE;
                    default -> IFGT;
                },
                other);
    }

    /** Pushes an {@code int} and returns the jump that is taken for it where a branch is taken. */
    private int compare(Instruction i) {
        boolean immediate =
                i.opcode().format() == io.marmalade.pvm.ArgumentFormat.REGISTER_IMMEDIATE_OFFSET;
        code.register(i.a());
        if (immediate) {
            code.constant(i.x());
        } else {
            code.register(i.b());
        }
        switch (i.opcode()) {
            case BRANCH_LT_U_IMM,
                    BRANCH_LE_U_IMM,
                    BRANCH_GE_U_IMM,
                    BRANCH_GT_U_IMM,
                    BRANCH_LT_U,
                    BRANCH_GE_U ->
                    code.compareUnsigned();
            default -> code.insn(LCMP);
        }
        return switch (i.opcode()) {
            case BRANCH_EQ_IMM, BRANCH_EQ -> IFEQ;
            case BRANCH_NE_IMM, BRANCH_NE -> IFNE;
            case BRANCH_LT_U_IMM, BRANCH_LT_S_IMM, BRANCH_LT_U, BRANCH_LT_S -> IFLT;
            case BRANCH_LE_U_IMM, BRANCH_LE_S_IMM -> IFLE;
            case BRANCH_GE_U_IMM, BRANCH_GE_S_IMM, BRANCH_GE_U, BRANCH_GE_S -> IFGE;
            case BRANCH_GT_U_IMM, BRANCH_GT_S_IMM -> IFGT;
            default -> throw new IllegalStateException("no branch: " + i);
        };
    }

    /** Translates an instruction that only computes. */
    void compute(Instruction i) {
        int a = i.a();
        int b = i.b();
        int d = i.d();
        long x = i.x();
        switch (i.opcode()) {
            case LOAD_IMM, LOAD_IMM_64 -> {
                code.constant(x);
                code.setRegister(a);
            }
            case MOVE_REG -> {
                code.register(a);
                code.setRegister(d);
            }
            case COUNT_SET_BITS_64 -> count(a, d, Long.class, "bitCount");
            case COUNT_SET_BITS_32 -> count(a, d, Integer.class, "bitCount");
            case LEADING_ZERO_BITS_64 -> count(a, d, Long.class, "numberOfLeadingZeros");
            case LEADING_ZERO_BITS_32 -> count(a, d, Integer.class, "numberOfLeadingZeros");
            case TRAILING_ZERO_BITS_64 -> count(a, d, Long.class, "numberOfTrailingZeros");
            case TRAILING_ZERO_BITS_32 -> count(a, d, Integer.class, "numberOfTrailingZeros");
            case SIGN_EXTEND_8 -> {
                code.low(a);
                code.insn(I2B);
                code.setLow(d);
            }
            case SIGN_EXTEND_16 -> {
                code.low(a);
                code.insn(I2S);
                code.setLow(d);
            }
            case ZERO_EXTEND_16 -> {
                code.register(a);
                code.constant(0xffff);
                code.insn(LAND);
                code.setRegister(d);
            }
            case REVERSE_BYTES -> {
                code.register(a);
                code.invoke(Long.class, "reverseBytes", "(J)J");
                code.setRegister(d);
            }
            case ADD_IMM_32 -> intImmediate(a, b, (int) x, IADD);
            case MUL_IMM_32 -> intImmediate(a, b, (int) x, IMUL);
            case SHLO_L_IMM_32 -> intImmediate(a, b, (int) x & 31, ISHL);
            case SHLO_R_IMM_32 -> intImmediate(a, b, (int) x & 31, IUSHR);
            case SHAR_R_IMM_32 -> intImmediate(a, b, (int) x & 31, ISHR);
            case ADD_IMM_64 -> longImmediate(a, b, x, LADD);
            case MUL_IMM_64 -> longImmediate(a, b, x, LMUL);
            case AND_IMM -> longImmediate(a, b, x, LAND);
            case XOR_IMM -> longImmediate(a, b, x, LXOR);
            case OR_IMM -> longImmediate(a, b, x, LOR);
            case SHLO_L_IMM_64 -> shiftImmediate(a, b, (int) x & 63, LSHL);
            case SHLO_R_IMM_64 -> shiftImmediate(a, b, (int) x & 63, LUSHR);
            case SHAR_R_IMM_64 -> shiftImmediate(a, b, (int) x & 63, LSHR);
            case NEG_ADD_IMM_32 -> {
                code.constantInt((int) x);
                code.low(b);
                code.insn(ISUB);
                code.setLow(a);
            }
            case NEG_ADD_IMM_64 -> {
                code.constant(x);
                code.register(b);
                code.insn(LSUB);
                code.setRegister(a);
            }
            case SHLO_L_IMM_ALT_32 -> intAlternative(a, b, (int) x, ISHL);
            case SHLO_R_IMM_ALT_32 -> intAlternative(a, b, (int) x, IUSHR);
            case SHAR_R_IMM_ALT_32 -> intAlternative(a, b, (int) x, ISHR);
            case SHLO_L_IMM_ALT_64 -> longAlternative(a, b, x, LSHL);
            case SHLO_R_IMM_ALT_64 -> longAlternative(a, b, x, LUSHR);
            case SHAR_R_IMM_ALT_64 -> longAlternative(a, b, x, LSHR);
            case ROT_R_64_IMM -> {
                code.register(b);
                code.constantInt((int) x & 63);
                code.invoke(Long.class, "rotateRight", "(JI)J");
                code.setRegister(a);
            }
            case ROT_R_64_IMM_ALT -> {
                code.constant(x);
                code.low(b);
                code.invoke(Long.class, "rotateRight", "(JI)J");
                code.setRegister(a);
            }
            case ROT_R_32_IMM -> {
                code.low(b);
                code.constantInt((int) x & 31);
                code.invoke(Integer.class, "rotateRight", "(II)I");
                code.setLow(a);
            }
            case ROT_R_32_IMM_ALT -> {
                code.constantInt((int) x);
                code.low(b);
                code.invoke(Integer.class, "rotateRight", "(II)I");
                code.setLow(a);
            }
            case SET_LT_U_IMM -> {
                code.register(b);
                code.constant(x);
                code.compareUnsigned();
                code.setUnless(IFGE, a);
            }
            case SET_LT_S_IMM -> {
                code.register(b);
                code.constant(x);
                code.insn(LCMP);
                code.setUnless(IFGE, a);
            }
            case SET_GT_U_IMM -> {
                code.register(b);
                code.constant(x);
                code.compareUnsigned();
                code.setUnless(IFLE, a);
            }
            case SET_GT_S_IMM -> {
                code.register(b);
                code.constant(x);
                code.insn(LCMP);
                code.setUnless(IFLE, a);
            }
            case SET_LT_U -> {
                code.register(a);
                code.register(b);
                code.compareUnsigned();
                code.setUnless(IFGE, d);
            }
            case SET_LT_S -> {
                code.register(a);
                code.register(b);
                code.insn(LCMP);
                code.setUnless(IFGE, d);
            }
            case CMOV_IZ_IMM -> moveImmediate(a, b, x, IFNE);
            case CMOV_NZ_IMM -> moveImmediate(a, b, x, IFEQ);
            case CMOV_IZ -> moveRegister(d, a, b, IFNE);
            case CMOV_NZ -> moveRegister(d, a, b, IFEQ);
            case ADD_32 -> intRegisters(d, a, b, IADD);
            case SUB_32 -> intRegisters(d, a, b, ISUB);
            case MUL_32 -> intRegisters(d, a, b, IMUL);
            case SHLO_L_32 -> intRegisters(d, a, b, ISHL);
            case SHLO_R_32 -> intRegisters(d, a, b, IUSHR);
            case SHAR_R_32 -> intRegisters(d, a, b, ISHR);
            case ADD_64 -> longRegisters(d, a, b, LADD);
            case SUB_64 -> longRegisters(d, a, b, LSUB);
            case MUL_64 -> longRegisters(d, a, b, LMUL);
            case AND -> longRegisters(d, a, b, LAND);
            case XOR -> longRegisters(d, a, b, LXOR);
            case OR -> longRegisters(d, a, b, LOR);
            case AND_INV -> inverted(d, a, b, LAND);
            case OR_INV -> inverted(d, a, b, LOR);
            case XNOR -> inverted(d, a, b, LXOR);
            case SHLO_L_64 -> shiftRegisters(d, a, b, LSHL);
            case SHLO_R_64 -> shiftRegisters(d, a, b, LUSHR);
            case SHAR_R_64 -> shiftRegisters(d, a, b, LSHR);
            case ROT_L_64 -> rotate(d, a, b, "rotateLeft");
            case ROT_R_64 -> rotate(d, a, b, "rotateRight");
            case ROT_L_32 -> rotateInt(d, a, b, "rotateLeft");
            case ROT_R_32 -> rotateInt(d, a, b, "rotateRight");
            case MUL_UPPER_S_S -> call(d, a, b, "multiplyHigh");
            case MUL_UPPER_U_U -> call(d, a, b, "unsignedMultiplyHigh");
            case MUL_UPPER_S_U -> {
                code.register(a);
                code.register(b);
                code.invoke(Math.class, "multiplyHigh", "(JJ)J");
                code.register(b);
                code.constantInt(63);
                code.insn(LSHR);
                code.register(a);
                code.insn(LAND);
                code.insn(LADD);
                code.setRegister(d);
            }
            case MAX -> call(d, a, b, "max");
            case MIN -> call(d, a, b, "min");
            case MAX_U -> select(d, a, b, IFGE);
            case MIN_U -> select(d, a, b, IFLE);
            case DIV_U_32 -> {
                divideInt(
                        d, a, b, true, () -> code.invoke(Integer.class, "divideUnsigned", "(II)I"));
            }
            case DIV_S_32 -> divideInt(d, a, b, true, () -> code.insn(IDIV));
            case REM_U_32 -> {
                divideInt(
                        d,
                        a,
                        b,
                        false,
                        () -> code.invoke(Integer.class, "remainderUnsigned", "(II)I"));
            }
            case REM_S_32 -> divideInt(d, a, b, false, () -> code.insn(IREM));
            case DIV_U_64 -> {
                divide(d, a, b, true, () -> code.invoke(Long.class, "divideUnsigned", "(JJ)J"));
            }
            case DIV_S_64 -> divide(d, a, b, true, () -> code.insn(LDIV));
            case REM_U_64 -> {
                divide(d, a, b, false, () -> code.invoke(Long.class, "remainderUnsigned", "(JJ)J"));
            }
            case REM_S_64 -> divide(d, a, b, false, () -> code.insn(LREM));
            default -> throw new IllegalStateException("no computation: " + i);
        }
    }

    private void count(int a, int d, Class<?> owner, String name) {
        if (owner == Long.class) {
            code.register(a);
            code.invoke(owner, name, "(J)I");
        } else {
            code.low(a);
            code.invoke(owner, name, "(I)I");
        }
        code.setLow(d);
    }

    private void intImmediate(int to, int register, int immediate, int opcode) {
        code.low(register);
        code.constantInt(immediate);
        code.insn(opcode);
        code.setLow(to);
    }

    private void intAlternative(int to, int register, int immediate, int opcode) {
        code.constantInt(immediate);
        code.low(register);
        code.insn(opcode);
        code.setLow(to);
    }

    private void longImmediate(int to, int register, long immediate, int opcode) {
        code.register(register);
        code.constant(immediate);
        code.insn(opcode);
        code.setRegister(to);
    }

    private void shiftImmediate(int to, int register, int immediate, int opcode) {
        code.register(register);
        code.constantInt(immediate);
        code.insn(opcode);
        code.setRegister(to);
    }

    private void longAlternative(int to, int register, long immediate, int opcode) {
        code.constant(immediate);
        code.low(register);
        code.insn(opcode);
        code.setRegister(to);
    }

    private void intRegisters(int d, int a, int b, int opcode) {
        code.low(a);
        code.low(b);
        code.insn(opcode);
        code.setLow(d);
    }

    private void longRegisters(int d, int a, int b, int opcode) {
        code.register(a);
        code.register(b);
        code.insn(opcode);
        code.setRegister(d);
    }

    private void inverted(int d, int a, int b, int opcode) {
        code.register(a);
        code.register(b);
        code.constant(-1);
        code.insn(LXOR);
        code.insn(opcode);
        code.setRegister(d);
    }

    private void shiftRegisters(int d, int a, int b, int opcode) {
        code.register(a);
        code.low(b);
        code.insn(opcode);
        code.setRegister(d);
    }

    private void rotate(int d, int a, int b, String name) {
        code.register(a);
        code.low(b);
        code.invoke(Long.class, name, "(JI)J");
        code.setRegister(d);
    }

    private void rotateInt(int d, int a, int b, String name) {
        code.low(a);
        code.low(b);
        code.invoke(Integer.class, name, "(II)I");
        code.setLow(d);
    }

    private void call(int d, int a, int b, String name) {
        code.register(a);
        code.register(b);
        code.invoke(Math.class, name, "(JJ)J");
        code.setRegister(d);
    }

    /** Sets d to a where the comparison of both holds, else to b. */
    private void select(int d, int a, int b, int keep) {
        Label first = new Label();
        Label end = new Label();
        code.register(a);
        code.register(b);
        code.compareUnsigned();
        code.jump(keep, first);
        code.register(b);
        code.setRegister(d);
        code.go(end);
        code.label(first);
        code.register(a);
        code.setRegister(d);
        code.label(end);
    }

    private void moveImmediate(int to, int condition, long value, int skip) {
        Label end = new Label();
        zero(condition);
        code.jump(skip, end);
        code.constant(value);
        code.setRegister(to);
        code.label(end);
    }

    private void moveRegister(int to, int from, int condition, int skip) {
        Label end = new Label();
        zero(condition);
        code.jump(skip, end);
        code.register(from);
        code.setRegister(to);
        code.label(end);
    }

    private void zero(int register) {
        code.register(register);
        code.constant(0);
        code.insn(LCMP);
    }

    private void divideInt(int d, int a, int b, boolean quotient, Runnable operation) {
        Label zero = new Label();
        Label end = new Label();
        code.low(b);
        code.jump(IFEQ, zero);
        code.low(a);
        code.low(b);
        operation.run();
        code.setLow(d);
        code.go(end);
        code.label(zero);
        if (quotient) {
            code.constant(-1);
            code.setRegister(d);
        } else {
            code.low(a);
            code.setLow(d);
        }
        code.label(end);
    }

    private void divide(int d, int a, int b, boolean quotient, Runnable operation) {
        Label zero = new Label();
        Label end = new Label();
        zero(b);
        code.jump(IFEQ, zero);
        code.register(a);
        code.register(b);
        operation.run();
        code.setRegister(d);
        code.go(end);
        code.label(zero);
        if (quotient) {
            code.constant(-1);
        } else {
            code.register(a);
        }
        code.setRegister(d);
        code.label(end);
    }
}
