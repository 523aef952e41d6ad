package io.marmalade.pvm;

/**
 * The table of latencies, decode slots and units, and which registers an instruction reads and
 * writes.
 */
final class PipelineCosts {
    /** An instruction that needs no unit. */
    private static final int NO_UNIT = 0;

    /** One arithmetic unit; units are counted in four bits each. */
    private static final int ALU = 1;

    /** One unit for reading memory. */
    private static final int LOAD = 1 << 4;

    /** One unit for writing memory. */
    private static final int STORE = 1 << 8;

    /** The one multiplier. */
    private static final int MULTIPLY = 1 << 12;

    /** The one divider. */
    private static final int DIVIDE = 1 << 16;

    /** One slot where a destination is a source too, else two. */
    private static final int OVERLAP_1_2 = 5;

    /** Two slots where a destination is a source too, else three. */
    private static final int OVERLAP_2_3 = 6;

    /** Two slots where the first operand is the destination, else three. */
    private static final int FIRST_2_3 = 7;

    /** Three slots where the first operand is the destination, else four. */
    private static final int FIRST_3_4 = 8;

    /** Stands for the latency of a branch, which depends on where it leads. */
    private static final int BRANCH = 63;

    private static final int LIKELY_LATENCY = 1;
    private static final int BRANCH_LATENCY = 20;

    private static final int[] BY_OPCODE = byOpcode();

    private PipelineCosts() {}

    private static int cost(int latency, int slots, int units) {
        return latency | slots << 8 | units << 12;
    }

    private static int[] byOpcode() {
        Opcode[] opcodes = Opcode.values();
        int[] costs = new int[opcodes.length];
        for (Opcode opcode : opcodes) {
            costs[opcode.ordinal()] = row(opcode);
        }
        return costs;
    }

    private static int row(Opcode opcode) {
        return switch (opcode) {
            case MOVE_REG -> cost(0, 1, NO_UNIT);
            case AND, XOR, OR, ADD_64, SUB_64 -> cost(1, OVERLAP_1_2, ALU);
            case ADD_32, SUB_32 -> cost(2, OVERLAP_2_3, ALU);
            case AND_IMM,
                    XOR_IMM,
                    OR_IMM,
                    ADD_IMM_64,
                    SHLO_L_IMM_64,
                    SHLO_R_IMM_64,
                    SHAR_R_IMM_64,
                    ROT_R_64_IMM,
                    REVERSE_BYTES ->
                    cost(1, OVERLAP_1_2, ALU);
            case ADD_IMM_32, SHLO_L_IMM_32, SHLO_R_IMM_32, SHAR_R_IMM_32, ROT_R_32_IMM ->
                    cost(2, OVERLAP_2_3, ALU);
            case COUNT_SET_BITS_64,
                    COUNT_SET_BITS_32,
                    LEADING_ZERO_BITS_64,
                    LEADING_ZERO_BITS_32,
                    SIGN_EXTEND_8,
                    SIGN_EXTEND_16,
                    ZERO_EXTEND_16 ->
                    cost(1, 1, ALU);
            case TRAILING_ZERO_BITS_64, TRAILING_ZERO_BITS_32 -> cost(2, 1, 2 * ALU);
            case SHLO_L_64, SHLO_R_64, SHAR_R_64, ROT_L_64, ROT_R_64 -> cost(1, FIRST_2_3, ALU);
            case SHLO_L_32, SHLO_R_32, SHAR_R_32, ROT_L_32, ROT_R_32 -> cost(2, FIRST_3_4, ALU);
            case SHLO_L_IMM_ALT_64, SHLO_R_IMM_ALT_64, SHAR_R_IMM_ALT_64, ROT_R_64_IMM_ALT ->
                    cost(1, 3, ALU);
            case SHLO_L_IMM_ALT_32, SHLO_R_IMM_ALT_32, SHAR_R_IMM_ALT_32, ROT_R_32_IMM_ALT ->
                    cost(2, 4, ALU);
            case SET_LT_U, SET_LT_S, SET_LT_U_IMM, SET_LT_S_IMM, SET_GT_U_IMM, SET_GT_S_IMM ->
                    cost(3, 3, ALU);
            case CMOV_IZ, CMOV_NZ -> cost(2, 2, ALU);
            case CMOV_IZ_IMM, CMOV_NZ_IMM -> cost(2, 3, ALU);
            case MAX, MAX_U, MIN, MIN_U -> cost(3, OVERLAP_2_3, ALU);
            case LOAD_U8,
                    LOAD_I8,
                    LOAD_U16,
                    LOAD_I16,
                    LOAD_U32,
                    LOAD_I32,
                    LOAD_U64,
                    LOAD_IND_U8,
                    LOAD_IND_I8,
                    LOAD_IND_U16,
                    LOAD_IND_I16,
                    LOAD_IND_U32,
                    LOAD_IND_I32,
                    LOAD_IND_U64 ->
                    cost(25, 1, ALU + LOAD);
            case STORE_IMM_U8,
                    STORE_IMM_U16,
                    STORE_IMM_U32,
                    STORE_IMM_U64,
                    STORE_U8,
                    STORE_U16,
                    STORE_U32,
                    STORE_U64,
                    STORE_IMM_IND_U8,
                    STORE_IMM_IND_U16,
                    STORE_IMM_IND_U32,
                    STORE_IMM_IND_U64,
                    STORE_IND_U8,
                    STORE_IND_U16,
                    STORE_IND_U32,
                    STORE_IND_U64 ->
                    cost(25, 1, ALU + STORE);
            case BRANCH_EQ_IMM,
                    BRANCH_NE_IMM,
                    BRANCH_LT_U_IMM,
                    BRANCH_LE_U_IMM,
                    BRANCH_GE_U_IMM,
                    BRANCH_GT_U_IMM,
                    BRANCH_LT_S_IMM,
                    BRANCH_LE_S_IMM,
                    BRANCH_GE_S_IMM,
                    BRANCH_GT_S_IMM,
                    BRANCH_EQ,
                    BRANCH_NE,
                    BRANCH_LT_U,
                    BRANCH_LT_S,
                    BRANCH_GE_U,
                    BRANCH_GE_S ->
                    cost(BRANCH, 1, ALU);
            case DIV_U_32, DIV_S_32, REM_U_32, REM_S_32, DIV_U_64, DIV_S_64, REM_U_64, REM_S_64 ->
                    cost(60, 4, ALU + DIVIDE);
            case AND_INV, OR_INV -> cost(2, 3, ALU);
            case XNOR -> cost(2, OVERLAP_2_3, ALU);
            case NEG_ADD_IMM_64 -> cost(2, 3, ALU);
            case NEG_ADD_IMM_32 -> cost(3, 4, ALU);
            case LOAD_IMM -> cost(1, 1, NO_UNIT);
            case LOAD_IMM_64 -> cost(1, 2, NO_UNIT);
            case MUL_64, MUL_IMM_64 -> cost(3, OVERLAP_1_2, ALU + MULTIPLY);
            case MUL_32, MUL_IMM_32 -> cost(4, OVERLAP_2_3, ALU + MULTIPLY);
            case MUL_UPPER_S_S, MUL_UPPER_U_U -> cost(4, 4, ALU + MULTIPLY);
            case MUL_UPPER_S_U -> cost(6, 4, ALU + MULTIPLY);
            case TRAP, FALLTHROUGH -> cost(2, 1, NO_UNIT);
            case UNLIKELY -> cost(40, 1, NO_UNIT);
            case JUMP, LOAD_IMM_JUMP -> cost(15, 1, NO_UNIT);
            case JUMP_IND, LOAD_IMM_JUMP_IND -> cost(22, 1, NO_UNIT);
            case ECALLI, SBRK -> cost(100, 4, ALU);
        };
    }

    /**
     * Returns all that the pipeline has to know of an instruction, for the accessors below.
     *
     * @param unlikely the number of {@code unlikely} in the program's dialect
     */
    static long of(Instruction instruction, Program program, int unlikely) {
        Opcode opcode = instruction.opcode();
        int row = BY_OPCODE[opcode.ordinal()];
        int latency = row & 0xff;
        int slots = row >>> 8 & 15;
        int units = row >>> 12;
        int a = 1 << instruction.a();
        int b = 1 << instruction.b();
        int d = 1 << instruction.d();
        int sources = 0;
        int destinations = 0;
        switch (opcode.format()) {
            case NONE, IMMEDIATE, TWO_IMMEDIATES, OFFSET -> {}
            case REGISTER_EXTENDED_IMMEDIATE -> destinations = a;
            case REGISTER_IMMEDIATE -> {
                if (opcode == Opcode.JUMP_IND || (units & STORE) != 0) {
                    sources = a;
                } else {
                    destinations = a;
                }
            }
            case REGISTER_TWO_IMMEDIATES -> sources = a;
            case REGISTER_IMMEDIATE_OFFSET -> {
                if (opcode == Opcode.LOAD_IMM_JUMP) {
                    destinations = a;
                } else {
                    sources = a;
                }
            }
            case TWO_REGISTERS -> {
                sources = a;
                destinations = d;
            }
            case TWO_REGISTERS_IMMEDIATE -> {
                if ((units & STORE) != 0) {
                    sources = a | b;
                } else {
                    sources = readsDestination(opcode, program) ? a | b : b;
                    destinations = a;
                }
            }
            case TWO_REGISTERS_OFFSET -> sources = a | b;
            case TWO_REGISTERS_TWO_IMMEDIATES -> {
                sources = b;
                destinations = a;
            }
            case THREE_REGISTERS -> {
                sources = readsDestination(opcode, program) ? a | b | d : a | b;
                destinations = d;
            }
        }
        slots =
                switch (slots) {
                    case OVERLAP_1_2 -> (sources & destinations) != 0 ? 1 : 2;
                    case OVERLAP_2_3 -> (sources & destinations) != 0 ? 2 : 3;
                    case FIRST_2_3 -> a == d ? 2 : 3;
                    case FIRST_3_4 -> a == d ? 3 : 4;
                    default -> slots;
                };
        if (latency == BRANCH) {
            long target =
                    opcode.format() == ArgumentFormat.TWO_REGISTERS_OFFSET
                            ? instruction.x()
                            : instruction.y();
            boolean oneSided =
                    leadsNowhere(instruction.next(), program, unlikely)
                            || leadsNowhere(target, program, unlikely);
            latency = oneSided ? LIKELY_LATENCY : BRANCH_LATENCY;
        }
        return latency
                | slots << 8
                | (long) units << 12
                | (long) sources << 32
                | (long) destinations << 48;
    }

    private static boolean readsDestination(Opcode opcode, Program program) {
        return switch (opcode) {
            case CMOV_IZ, CMOV_NZ, CMOV_IZ_IMM, CMOV_NZ_IMM ->
                    program.version().applies(Deviation.MOVES_READ_DESTINATION);
            default -> false;
        };
    }

    /** Whether the octet at a place, whatever the mask says of it, is a trap or an unlikely. */
    private static boolean leadsNowhere(long pc, Program program, int unlikely) {
        if (pc < 0 || pc >= program.codeSize()) {
            return true;
        }
        int octet = program.codeAt((int) pc);
        return octet == 0 || octet == unlikely;
    }

    static int latency(long cost) {
        return (int) cost & 0xff;
    }

    static int slots(long cost) {
        return (int) (cost >>> 8) & 15;
    }

    /** Returns the numbers of units of each kind, four bits each. */
    static int units(long cost) {
        return (int) cost >>> 12;
    }

    /** Returns the registers read, a bit each. */
    static int sources(long cost) {
        return (int) (cost >>> 32) & 0xffff;
    }

    /** Returns the registers written, a bit each. */
    static int destinations(long cost) {
        return (int) (cost >>> 48);
    }
}
