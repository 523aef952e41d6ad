package io.marmalade.pvm;

/**
 * Every instruction of the machine under its name in the paper, with its number in each dialect and
 * the format of its arguments. What an instruction does is each engine's own transcription.
 *
 * @gp sec:instructiontables
 */
public enum Opcode {
    TRAP(0, ArgumentFormat.NONE),
    FALLTHROUGH(1, ArgumentFormat.NONE),
    UNLIKELY(-1, 3, 2, ArgumentFormat.NONE),
    ECALLI(10, ArgumentFormat.IMMEDIATE),
    LOAD_IMM_64(20, ArgumentFormat.REGISTER_EXTENDED_IMMEDIATE),
    STORE_IMM_U8(30, ArgumentFormat.TWO_IMMEDIATES),
    STORE_IMM_U16(31, ArgumentFormat.TWO_IMMEDIATES),
    STORE_IMM_U32(32, ArgumentFormat.TWO_IMMEDIATES),
    STORE_IMM_U64(33, ArgumentFormat.TWO_IMMEDIATES),
    JUMP(40, ArgumentFormat.OFFSET),
    JUMP_IND(50, ArgumentFormat.REGISTER_IMMEDIATE),
    LOAD_IMM(51, ArgumentFormat.REGISTER_IMMEDIATE),
    LOAD_U8(52, ArgumentFormat.REGISTER_IMMEDIATE),
    LOAD_I8(53, ArgumentFormat.REGISTER_IMMEDIATE),
    LOAD_U16(54, ArgumentFormat.REGISTER_IMMEDIATE),
    LOAD_I16(55, ArgumentFormat.REGISTER_IMMEDIATE),
    LOAD_U32(56, ArgumentFormat.REGISTER_IMMEDIATE),
    LOAD_I32(57, ArgumentFormat.REGISTER_IMMEDIATE),
    LOAD_U64(58, ArgumentFormat.REGISTER_IMMEDIATE),
    STORE_U8(59, ArgumentFormat.REGISTER_IMMEDIATE),
    STORE_U16(60, ArgumentFormat.REGISTER_IMMEDIATE),
    STORE_U32(61, ArgumentFormat.REGISTER_IMMEDIATE),
    STORE_U64(62, ArgumentFormat.REGISTER_IMMEDIATE),
    STORE_IMM_IND_U8(70, ArgumentFormat.REGISTER_TWO_IMMEDIATES),
    STORE_IMM_IND_U16(71, ArgumentFormat.REGISTER_TWO_IMMEDIATES),
    STORE_IMM_IND_U32(72, ArgumentFormat.REGISTER_TWO_IMMEDIATES),
    STORE_IMM_IND_U64(73, ArgumentFormat.REGISTER_TWO_IMMEDIATES),
    LOAD_IMM_JUMP(80, ArgumentFormat.REGISTER_IMMEDIATE_OFFSET),
    BRANCH_EQ_IMM(81, ArgumentFormat.REGISTER_IMMEDIATE_OFFSET),
    BRANCH_NE_IMM(82, ArgumentFormat.REGISTER_IMMEDIATE_OFFSET),
    BRANCH_LT_U_IMM(83, ArgumentFormat.REGISTER_IMMEDIATE_OFFSET),
    BRANCH_LE_U_IMM(84, ArgumentFormat.REGISTER_IMMEDIATE_OFFSET),
    BRANCH_GE_U_IMM(85, ArgumentFormat.REGISTER_IMMEDIATE_OFFSET),
    BRANCH_GT_U_IMM(86, ArgumentFormat.REGISTER_IMMEDIATE_OFFSET),
    BRANCH_LT_S_IMM(87, ArgumentFormat.REGISTER_IMMEDIATE_OFFSET),
    BRANCH_LE_S_IMM(88, ArgumentFormat.REGISTER_IMMEDIATE_OFFSET),
    BRANCH_GE_S_IMM(89, ArgumentFormat.REGISTER_IMMEDIATE_OFFSET),
    BRANCH_GT_S_IMM(90, ArgumentFormat.REGISTER_IMMEDIATE_OFFSET),
    MOVE_REG(100, ArgumentFormat.TWO_REGISTERS),
    SBRK(101, 101, -1, ArgumentFormat.TWO_REGISTERS),
    COUNT_SET_BITS_64(102, 102, 101, ArgumentFormat.TWO_REGISTERS),
    COUNT_SET_BITS_32(103, 103, 102, ArgumentFormat.TWO_REGISTERS),
    LEADING_ZERO_BITS_64(104, 104, 103, ArgumentFormat.TWO_REGISTERS),
    LEADING_ZERO_BITS_32(105, 105, 104, ArgumentFormat.TWO_REGISTERS),
    TRAILING_ZERO_BITS_64(106, 106, 105, ArgumentFormat.TWO_REGISTERS),
    TRAILING_ZERO_BITS_32(107, 107, 106, ArgumentFormat.TWO_REGISTERS),
    SIGN_EXTEND_8(108, 108, 107, ArgumentFormat.TWO_REGISTERS),
    SIGN_EXTEND_16(109, 109, 108, ArgumentFormat.TWO_REGISTERS),
    ZERO_EXTEND_16(110, 110, 109, ArgumentFormat.TWO_REGISTERS),
    REVERSE_BYTES(111, 111, 110, ArgumentFormat.TWO_REGISTERS),
    STORE_IND_U8(120, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    STORE_IND_U16(121, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    STORE_IND_U32(122, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    STORE_IND_U64(123, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    LOAD_IND_U8(124, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    LOAD_IND_I8(125, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    LOAD_IND_U16(126, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    LOAD_IND_I16(127, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    LOAD_IND_U32(128, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    LOAD_IND_I32(129, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    LOAD_IND_U64(130, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    ADD_IMM_32(131, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    AND_IMM(132, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    XOR_IMM(133, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    OR_IMM(134, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    MUL_IMM_32(135, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SET_LT_U_IMM(136, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SET_LT_S_IMM(137, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SHLO_L_IMM_32(138, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SHLO_R_IMM_32(139, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SHAR_R_IMM_32(140, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    NEG_ADD_IMM_32(141, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SET_GT_U_IMM(142, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SET_GT_S_IMM(143, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SHLO_L_IMM_ALT_32(144, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SHLO_R_IMM_ALT_32(145, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SHAR_R_IMM_ALT_32(146, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    CMOV_IZ_IMM(147, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    CMOV_NZ_IMM(148, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    ADD_IMM_64(149, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    MUL_IMM_64(150, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SHLO_L_IMM_64(151, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SHLO_R_IMM_64(152, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SHAR_R_IMM_64(153, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    NEG_ADD_IMM_64(154, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SHLO_L_IMM_ALT_64(155, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SHLO_R_IMM_ALT_64(156, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    SHAR_R_IMM_ALT_64(157, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    ROT_R_64_IMM(158, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    ROT_R_64_IMM_ALT(159, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    ROT_R_32_IMM(160, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    ROT_R_32_IMM_ALT(161, ArgumentFormat.TWO_REGISTERS_IMMEDIATE),
    BRANCH_EQ(170, ArgumentFormat.TWO_REGISTERS_OFFSET),
    BRANCH_NE(171, ArgumentFormat.TWO_REGISTERS_OFFSET),
    BRANCH_LT_U(172, ArgumentFormat.TWO_REGISTERS_OFFSET),
    BRANCH_LT_S(173, ArgumentFormat.TWO_REGISTERS_OFFSET),
    BRANCH_GE_U(174, ArgumentFormat.TWO_REGISTERS_OFFSET),
    BRANCH_GE_S(175, ArgumentFormat.TWO_REGISTERS_OFFSET),
    LOAD_IMM_JUMP_IND(180, ArgumentFormat.TWO_REGISTERS_TWO_IMMEDIATES),
    ADD_32(190, ArgumentFormat.THREE_REGISTERS),
    SUB_32(191, ArgumentFormat.THREE_REGISTERS),
    MUL_32(192, ArgumentFormat.THREE_REGISTERS),
    DIV_U_32(193, ArgumentFormat.THREE_REGISTERS),
    DIV_S_32(194, ArgumentFormat.THREE_REGISTERS),
    REM_U_32(195, ArgumentFormat.THREE_REGISTERS),
    REM_S_32(196, ArgumentFormat.THREE_REGISTERS),
    SHLO_L_32(197, ArgumentFormat.THREE_REGISTERS),
    SHLO_R_32(198, ArgumentFormat.THREE_REGISTERS),
    SHAR_R_32(199, ArgumentFormat.THREE_REGISTERS),
    ADD_64(200, ArgumentFormat.THREE_REGISTERS),
    SUB_64(201, ArgumentFormat.THREE_REGISTERS),
    MUL_64(202, ArgumentFormat.THREE_REGISTERS),
    DIV_U_64(203, ArgumentFormat.THREE_REGISTERS),
    DIV_S_64(204, ArgumentFormat.THREE_REGISTERS),
    REM_U_64(205, ArgumentFormat.THREE_REGISTERS),
    REM_S_64(206, ArgumentFormat.THREE_REGISTERS),
    SHLO_L_64(207, ArgumentFormat.THREE_REGISTERS),
    SHLO_R_64(208, ArgumentFormat.THREE_REGISTERS),
    SHAR_R_64(209, ArgumentFormat.THREE_REGISTERS),
    AND(210, ArgumentFormat.THREE_REGISTERS),
    XOR(211, ArgumentFormat.THREE_REGISTERS),
    OR(212, ArgumentFormat.THREE_REGISTERS),
    MUL_UPPER_S_S(213, ArgumentFormat.THREE_REGISTERS),
    MUL_UPPER_U_U(214, ArgumentFormat.THREE_REGISTERS),
    MUL_UPPER_S_U(215, ArgumentFormat.THREE_REGISTERS),
    SET_LT_U(216, ArgumentFormat.THREE_REGISTERS),
    SET_LT_S(217, ArgumentFormat.THREE_REGISTERS),
    CMOV_IZ(218, ArgumentFormat.THREE_REGISTERS),
    CMOV_NZ(219, ArgumentFormat.THREE_REGISTERS),
    ROT_L_64(220, ArgumentFormat.THREE_REGISTERS),
    ROT_L_32(221, ArgumentFormat.THREE_REGISTERS),
    ROT_R_64(222, ArgumentFormat.THREE_REGISTERS),
    ROT_R_32(223, ArgumentFormat.THREE_REGISTERS),
    AND_INV(224, ArgumentFormat.THREE_REGISTERS),
    OR_INV(225, ArgumentFormat.THREE_REGISTERS),
    XNOR(226, ArgumentFormat.THREE_REGISTERS),
    MAX(227, ArgumentFormat.THREE_REGISTERS),
    MAX_U(228, ArgumentFormat.THREE_REGISTERS),
    MIN(229, ArgumentFormat.THREE_REGISTERS),
    MIN_U(230, ArgumentFormat.THREE_REGISTERS);

    private final int numberV072;
    private final int numberDraft;
    private final int numberV080;
    private final ArgumentFormat format;
    private final boolean terminator;

    Opcode(int number, ArgumentFormat format) {
        this(number, number, number, format);
    }

    Opcode(int numberV072, int numberDraft, int numberV080, ArgumentFormat format) {
        this.numberV072 = numberV072;
        this.numberDraft = numberDraft;
        this.numberV080 = numberV080;
        this.format = format;
        String name = name();
        this.terminator =
                name.equals("TRAP")
                        || name.equals("FALLTHROUGH")
                        || name.contains("JUMP")
                        || name.startsWith("BRANCH");
    }

    /**
     * Returns the octet that stands for this instruction, or -1 if the dialect has no such
     * instruction.
     *
     * @param dialect whose numbering
     */
    public int number(Dialect dialect) {
        return switch (dialect) {
            case V0_7_2 -> numberV072;
            case PIPELINE_DRAFT -> numberDraft;
            case V0_8_0 -> numberV080;
        };
    }

    /** Returns how the arguments are laid out behind the octet. */
    public ArgumentFormat format() {
        return format;
    }

    /** Returns whether a basic block ends with this instruction. */
    public boolean isTerminator() {
        return terminator;
    }
}
