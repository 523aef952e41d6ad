package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.Opcode;

/**
 * The operations of {@link DecodedCode}: dense numbers for the switch of the run loop, in the order
 * of how often real services execute them, because the first compiled form of a switch tries its
 * cases one after the other. Accesses with an absolute address are those with a base whose base is
 * register 13, which is always zero.
 */
final class Op {
    // What the run loop does itself. ENTRY stands where compiled code can take over, in place of
    // what the block begins with.

    static final int LOAD_U64 = 0;
    static final int LOAD_U64_LOAD_U64 = 1;
    static final int STORE_U64 = 2;
    static final int STORE_U64_STORE_U64 = 3;
    static final int ADD_IMM_64 = 4;
    static final int MOVE_REG = 5;
    static final int LOAD_IMM = 6;
    static final int ADD_64 = 7;
    static final int LOAD_U64_ADD_IMM_64 = 8;
    static final int ADD_IMM_64_STORE_U64 = 9;
    static final int ADD_IMM_64_JUMP_IND = 10;
    static final int LOAD_U8 = 11;
    static final int BRANCH_NE_IMM = 12;
    static final int ADD_IMM_64_BRANCH_NE_IMM = 13;
    static final int MOVE_REG_LOAD_U64 = 14;
    static final int STORE_U64_MOVE_REG = 15;
    static final int JUMP_IND = 16;
    static final int SHLO_L_IMM_64 = 17;
    static final int STORE_U8 = 18;
    static final int LOAD_IMM_JUMP = 19;
    static final int ADD_IMM_64_ADD_IMM_64 = 20;
    static final int LOAD_U8_ADD_IMM_64 = 21;
    static final int MOVE_REG_MOVE_REG = 22;
    static final int LOAD_IMM_LOAD_U64 = 23;
    static final int ADD_64_STORE_U64 = 24;
    static final int BRANCH_EQ_IMM = 25;
    static final int AND_IMM = 26;
    static final int BRANCH_LT_U = 27;
    static final int SHLO_R_IMM_64 = 28;
    static final int BRANCH_LT_U_IMM = 29;
    static final int BRANCH_LT_S_IMM = 30;
    static final int BRANCH_GE_U = 31;
    static final int LOAD_U32 = 32;
    static final int SUB_64 = 33;
    static final int FALLTHROUGH = 34;
    static final int MUL_IMM_64 = 35;
    static final int GOTO = 36;
    static final int OR = 37;
    static final int XOR = 38;
    static final int AND = 39;
    static final int STORE_U32 = 40;
    static final int SUB_32 = 41;
    static final int BRANCH_NE = 42;
    static final int BRANCH_EQ = 43;
    static final int SET_LT_U = 44;
    static final int MUL_64 = 45;
    static final int MUL_UPPER_U_U = 46;
    static final int ROT_R_64_IMM = 47;
    static final int ROT_R_32_IMM = 48;
    static final int ADD_32 = 49;
    static final int XOR_IMM = 50;
    static final int OR_IMM = 51;
    static final int ADD_IMM_32 = 52;
    static final int SHLO_R_IMM_32 = 53;
    static final int SHLO_L_IMM_32 = 54;
    static final int SHAR_R_IMM_64 = 55;
    static final int LOAD_IMM_JUMP_IND = 56;
    static final int NEG_ADD_IMM_64 = 57;
    static final int CMOV_NZ_IMM = 58;
    static final int CMOV_IZ_IMM = 59;
    static final int CMOV_NZ = 60;
    static final int CMOV_IZ = 61;
    static final int LOAD_I32 = 62;
    static final int BRANCH_GE_S = 63;
    static final int BRANCH_LT_S = 64;
    static final int BRANCH_GE_U_IMM = 65;
    static final int BRANCH_LE_U_IMM = 66;
    static final int BRANCH_GT_U_IMM = 67;
    static final int BRANCH_LE_S_IMM = 68;
    static final int BRANCH_GE_S_IMM = 69;
    static final int BRANCH_GT_S_IMM = 70;
    static final int SET_LT_U_IMM = 71;
    static final int LOAD_IMM_64 = 72;
    static final int GOTO_PAID = 73;
    static final int ENTRY = 74;
    static final int HOST_CALL = 75;
    static final int SIGNPOST = 76;
    static final int SIGNPOST_PAID = 77;
    static final int SLOW = 78;
    static final int NOTHING = 79;
    static final int PANIC = 80;

    // What it calls a method for.

    static final int STORE_IMM_U64 = 81;
    static final int LOAD_U16 = 82;
    static final int LOAD_I8 = 83;
    static final int LOAD_I16 = 84;
    static final int STORE_U16 = 85;
    static final int STORE_IMM_U8 = 86;
    static final int STORE_IMM_U16 = 87;
    static final int STORE_IMM_U32 = 88;
    static final int COUNT_SET_BITS_64 = 89;
    static final int COUNT_SET_BITS_32 = 90;
    static final int LEADING_ZERO_BITS_64 = 91;
    static final int LEADING_ZERO_BITS_32 = 92;
    static final int TRAILING_ZERO_BITS_64 = 93;
    static final int TRAILING_ZERO_BITS_32 = 94;
    static final int SIGN_EXTEND_8 = 95;
    static final int SIGN_EXTEND_16 = 96;
    static final int ZERO_EXTEND_16 = 97;
    static final int REVERSE_BYTES = 98;
    static final int MUL_IMM_32 = 99;
    static final int SET_LT_S_IMM = 100;
    static final int SHAR_R_IMM_32 = 101;
    static final int NEG_ADD_IMM_32 = 102;
    static final int SET_GT_U_IMM = 103;
    static final int SET_GT_S_IMM = 104;
    static final int SHLO_L_IMM_ALT_32 = 105;
    static final int SHLO_R_IMM_ALT_32 = 106;
    static final int SHAR_R_IMM_ALT_32 = 107;
    static final int SHLO_L_IMM_ALT_64 = 108;
    static final int SHLO_R_IMM_ALT_64 = 109;
    static final int SHAR_R_IMM_ALT_64 = 110;
    static final int ROT_R_64_IMM_ALT = 111;
    static final int ROT_R_32_IMM_ALT = 112;
    static final int MUL_32 = 113;
    static final int DIV_U_32 = 114;
    static final int DIV_S_32 = 115;
    static final int REM_U_32 = 116;
    static final int REM_S_32 = 117;
    static final int SHLO_L_32 = 118;
    static final int SHLO_R_32 = 119;
    static final int SHAR_R_32 = 120;
    static final int DIV_U_64 = 121;
    static final int DIV_S_64 = 122;
    static final int REM_U_64 = 123;
    static final int REM_S_64 = 124;
    static final int SHLO_L_64 = 125;
    static final int SHLO_R_64 = 126;
    static final int SHAR_R_64 = 127;
    static final int MUL_UPPER_S_S = 128;
    static final int MUL_UPPER_S_U = 129;
    static final int SET_LT_S = 130;
    static final int ROT_L_64 = 131;
    static final int ROT_L_32 = 132;
    static final int ROT_R_64 = 133;
    static final int ROT_R_32 = 134;
    static final int AND_INV = 135;
    static final int OR_INV = 136;
    static final int XNOR = 137;
    static final int MAX = 138;
    static final int MAX_U = 139;
    static final int MIN = 140;
    static final int MIN_U = 141;

    private static final byte[] BY_OPCODE = byOpcode();

    private Op() {}

    /** Returns the operation that does what an opcode says. */
    static int of(Opcode opcode) {
        return BY_OPCODE[opcode.ordinal()] & 0xff;
    }

    /**
     * Returns the operation that does what two operations do one after the other, for some that
     * real services often execute so. Its word is that of the first; the second's word stays as it
     * is behind it.
     *
     * @return the operation, or -1 if there is none for these two
     */
    static int pair(int first, int second) {
        return switch (first << 8 | second) {
            case LOAD_U64 << 8 | LOAD_U64 -> LOAD_U64_LOAD_U64;
            case STORE_U64 << 8 | STORE_U64 -> STORE_U64_STORE_U64;
            case LOAD_U64 << 8 | ADD_IMM_64 -> LOAD_U64_ADD_IMM_64;
            case ADD_IMM_64 << 8 | STORE_U64 -> ADD_IMM_64_STORE_U64;
            case ADD_IMM_64 << 8 | JUMP_IND -> ADD_IMM_64_JUMP_IND;
            case ADD_IMM_64 << 8 | BRANCH_NE_IMM -> ADD_IMM_64_BRANCH_NE_IMM;
            case MOVE_REG << 8 | LOAD_U64 -> MOVE_REG_LOAD_U64;
            case STORE_U64 << 8 | MOVE_REG -> STORE_U64_MOVE_REG;
            case ADD_IMM_64 << 8 | ADD_IMM_64 -> ADD_IMM_64_ADD_IMM_64;
            case LOAD_U8 << 8 | ADD_IMM_64 -> LOAD_U8_ADD_IMM_64;
            case MOVE_REG << 8 | MOVE_REG -> MOVE_REG_MOVE_REG;
            case LOAD_IMM << 8 | LOAD_U64 -> LOAD_IMM_LOAD_U64;
            case ADD_64 << 8 | STORE_U64 -> ADD_64_STORE_U64;
            default -> -1;
        };
    }

    private static byte[] byOpcode() {
        Opcode[] opcodes = Opcode.values();
        byte[] ops = new byte[opcodes.length];
        for (Opcode opcode : opcodes) {
            ops[opcode.ordinal()] = (byte) row(opcode);
        }
        return ops;
    }

    private static int row(Opcode opcode) {
        return switch (opcode) {
            case TRAP -> PANIC;
            case SBRK -> SLOW;
            case ECALLI -> HOST_CALL;
            case UNLIKELY -> NOTHING;
            case FALLTHROUGH -> FALLTHROUGH;
            case JUMP -> GOTO;
            case LOAD_IMM_JUMP -> LOAD_IMM_JUMP;
            case JUMP_IND -> JUMP_IND;
            case LOAD_IMM_JUMP_IND -> LOAD_IMM_JUMP_IND;
            case BRANCH_EQ -> BRANCH_EQ;
            case BRANCH_NE -> BRANCH_NE;
            case BRANCH_LT_U -> BRANCH_LT_U;
            case BRANCH_LT_S -> BRANCH_LT_S;
            case BRANCH_GE_U -> BRANCH_GE_U;
            case BRANCH_GE_S -> BRANCH_GE_S;
            case BRANCH_EQ_IMM -> BRANCH_EQ_IMM;
            case BRANCH_NE_IMM -> BRANCH_NE_IMM;
            case BRANCH_LT_U_IMM -> BRANCH_LT_U_IMM;
            case BRANCH_LE_U_IMM -> BRANCH_LE_U_IMM;
            case BRANCH_GE_U_IMM -> BRANCH_GE_U_IMM;
            case BRANCH_GT_U_IMM -> BRANCH_GT_U_IMM;
            case BRANCH_LT_S_IMM -> BRANCH_LT_S_IMM;
            case BRANCH_LE_S_IMM -> BRANCH_LE_S_IMM;
            case BRANCH_GE_S_IMM -> BRANCH_GE_S_IMM;
            case BRANCH_GT_S_IMM -> BRANCH_GT_S_IMM;
            case LOAD_U8, LOAD_IND_U8 -> LOAD_U8;
            case LOAD_I8, LOAD_IND_I8 -> LOAD_I8;
            case LOAD_U16, LOAD_IND_U16 -> LOAD_U16;
            case LOAD_I16, LOAD_IND_I16 -> LOAD_I16;
            case LOAD_U32, LOAD_IND_U32 -> LOAD_U32;
            case LOAD_I32, LOAD_IND_I32 -> LOAD_I32;
            case LOAD_U64, LOAD_IND_U64 -> LOAD_U64;
            case STORE_U8, STORE_IND_U8 -> STORE_U8;
            case STORE_U16, STORE_IND_U16 -> STORE_U16;
            case STORE_U32, STORE_IND_U32 -> STORE_U32;
            case STORE_U64, STORE_IND_U64 -> STORE_U64;
            case STORE_IMM_U8, STORE_IMM_IND_U8 -> STORE_IMM_U8;
            case STORE_IMM_U16, STORE_IMM_IND_U16 -> STORE_IMM_U16;
            case STORE_IMM_U32, STORE_IMM_IND_U32 -> STORE_IMM_U32;
            case STORE_IMM_U64, STORE_IMM_IND_U64 -> STORE_IMM_U64;
            case LOAD_IMM -> LOAD_IMM;
            case LOAD_IMM_64 -> LOAD_IMM_64;
            case MOVE_REG -> MOVE_REG;
            case COUNT_SET_BITS_64 -> COUNT_SET_BITS_64;
            case COUNT_SET_BITS_32 -> COUNT_SET_BITS_32;
            case LEADING_ZERO_BITS_64 -> LEADING_ZERO_BITS_64;
            case LEADING_ZERO_BITS_32 -> LEADING_ZERO_BITS_32;
            case TRAILING_ZERO_BITS_64 -> TRAILING_ZERO_BITS_64;
            case TRAILING_ZERO_BITS_32 -> TRAILING_ZERO_BITS_32;
            case SIGN_EXTEND_8 -> SIGN_EXTEND_8;
            case SIGN_EXTEND_16 -> SIGN_EXTEND_16;
            case ZERO_EXTEND_16 -> ZERO_EXTEND_16;
            case REVERSE_BYTES -> REVERSE_BYTES;
            case ADD_IMM_32 -> ADD_IMM_32;
            case AND_IMM -> AND_IMM;
            case XOR_IMM -> XOR_IMM;
            case OR_IMM -> OR_IMM;
            case MUL_IMM_32 -> MUL_IMM_32;
            case SET_LT_U_IMM -> SET_LT_U_IMM;
            case SET_LT_S_IMM -> SET_LT_S_IMM;
            case SHLO_L_IMM_32 -> SHLO_L_IMM_32;
            case SHLO_R_IMM_32 -> SHLO_R_IMM_32;
            case SHAR_R_IMM_32 -> SHAR_R_IMM_32;
            case NEG_ADD_IMM_32 -> NEG_ADD_IMM_32;
            case SET_GT_U_IMM -> SET_GT_U_IMM;
            case SET_GT_S_IMM -> SET_GT_S_IMM;
            case SHLO_L_IMM_ALT_32 -> SHLO_L_IMM_ALT_32;
            case SHLO_R_IMM_ALT_32 -> SHLO_R_IMM_ALT_32;
            case SHAR_R_IMM_ALT_32 -> SHAR_R_IMM_ALT_32;
            case CMOV_IZ_IMM -> CMOV_IZ_IMM;
            case CMOV_NZ_IMM -> CMOV_NZ_IMM;
            case ADD_IMM_64 -> ADD_IMM_64;
            case MUL_IMM_64 -> MUL_IMM_64;
            case SHLO_L_IMM_64 -> SHLO_L_IMM_64;
            case SHLO_R_IMM_64 -> SHLO_R_IMM_64;
            case SHAR_R_IMM_64 -> SHAR_R_IMM_64;
            case NEG_ADD_IMM_64 -> NEG_ADD_IMM_64;
            case SHLO_L_IMM_ALT_64 -> SHLO_L_IMM_ALT_64;
            case SHLO_R_IMM_ALT_64 -> SHLO_R_IMM_ALT_64;
            case SHAR_R_IMM_ALT_64 -> SHAR_R_IMM_ALT_64;
            case ROT_R_64_IMM -> ROT_R_64_IMM;
            case ROT_R_64_IMM_ALT -> ROT_R_64_IMM_ALT;
            case ROT_R_32_IMM -> ROT_R_32_IMM;
            case ROT_R_32_IMM_ALT -> ROT_R_32_IMM_ALT;
            case ADD_32 -> ADD_32;
            case SUB_32 -> SUB_32;
            case MUL_32 -> MUL_32;
            case DIV_U_32 -> DIV_U_32;
            case DIV_S_32 -> DIV_S_32;
            case REM_U_32 -> REM_U_32;
            case REM_S_32 -> REM_S_32;
            case SHLO_L_32 -> SHLO_L_32;
            case SHLO_R_32 -> SHLO_R_32;
            case SHAR_R_32 -> SHAR_R_32;
            case ADD_64 -> ADD_64;
            case SUB_64 -> SUB_64;
            case MUL_64 -> MUL_64;
            case DIV_U_64 -> DIV_U_64;
            case DIV_S_64 -> DIV_S_64;
            case REM_U_64 -> REM_U_64;
            case REM_S_64 -> REM_S_64;
            case SHLO_L_64 -> SHLO_L_64;
            case SHLO_R_64 -> SHLO_R_64;
            case SHAR_R_64 -> SHAR_R_64;
            case AND -> AND;
            case XOR -> XOR;
            case OR -> OR;
            case MUL_UPPER_S_S -> MUL_UPPER_S_S;
            case MUL_UPPER_U_U -> MUL_UPPER_U_U;
            case MUL_UPPER_S_U -> MUL_UPPER_S_U;
            case SET_LT_U -> SET_LT_U;
            case SET_LT_S -> SET_LT_S;
            case CMOV_IZ -> CMOV_IZ;
            case CMOV_NZ -> CMOV_NZ;
            case ROT_L_64 -> ROT_L_64;
            case ROT_L_32 -> ROT_L_32;
            case ROT_R_64 -> ROT_R_64;
            case ROT_R_32 -> ROT_R_32;
            case AND_INV -> AND_INV;
            case OR_INV -> OR_INV;
            case XNOR -> XNOR;
            case MAX -> MAX;
            case MAX_U -> MAX_U;
            case MIN -> MIN;
            case MIN_U -> MIN_U;
        };
    }
}
