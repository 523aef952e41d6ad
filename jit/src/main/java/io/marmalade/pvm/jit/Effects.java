package io.marmalade.pvm.jit;

import io.marmalade.pvm.Instruction;
import io.marmalade.pvm.Opcode;

/**
 * Which registers an instruction reads and writes, as masks with a bit a register, and what it does
 * to memory.
 */
final class Effects {
    private Effects() {}

    /** Returns the registers that an instruction reads. */
    static int reads(Instruction instruction) {
        int a = 1 << instruction.a();
        int b = 1 << instruction.b();
        return switch (instruction.opcode().format()) {
            case NONE, IMMEDIATE, REGISTER_EXTENDED_IMMEDIATE, TWO_IMMEDIATES, OFFSET -> 0;
            case REGISTER_IMMEDIATE ->
                    switch (instruction.opcode()) {
                        case JUMP_IND, STORE_U8, STORE_U16, STORE_U32, STORE_U64 -> a;
                        default -> 0;
                    };
            case REGISTER_TWO_IMMEDIATES -> a;
            case REGISTER_IMMEDIATE_OFFSET -> instruction.opcode() == Opcode.LOAD_IMM_JUMP ? 0 : a;
            case TWO_REGISTERS -> a;
            case TWO_REGISTERS_IMMEDIATE ->
                    switch (instruction.opcode()) {
                        case STORE_IND_U8, STORE_IND_U16, STORE_IND_U32, STORE_IND_U64 -> a | b;
                        case CMOV_IZ_IMM, CMOV_NZ_IMM -> a | b;
                        default -> b;
                    };
            case TWO_REGISTERS_OFFSET -> a | b;
            case TWO_REGISTERS_TWO_IMMEDIATES -> b;
            case THREE_REGISTERS ->
                    switch (instruction.opcode()) {
                        case CMOV_IZ, CMOV_NZ -> a | b | 1 << instruction.d();
                        default -> a | b;
                    };
        };
    }

    /** Returns the registers that an instruction writes. */
    static int writes(Instruction instruction) {
        int a = 1 << instruction.a();
        return switch (instruction.opcode().format()) {
            case NONE, IMMEDIATE, TWO_IMMEDIATES, OFFSET, TWO_REGISTERS_OFFSET -> 0;
            case REGISTER_EXTENDED_IMMEDIATE, TWO_REGISTERS_TWO_IMMEDIATES -> a;
            case REGISTER_IMMEDIATE ->
                    switch (instruction.opcode()) {
                        case JUMP_IND, STORE_U8, STORE_U16, STORE_U32, STORE_U64 -> 0;
                        default -> a;
                    };
            case REGISTER_TWO_IMMEDIATES -> 0;
            case REGISTER_IMMEDIATE_OFFSET -> instruction.opcode() == Opcode.LOAD_IMM_JUMP ? a : 0;
            case TWO_REGISTERS, THREE_REGISTERS -> 1 << instruction.d();
            case TWO_REGISTERS_IMMEDIATE ->
                    switch (instruction.opcode()) {
                        case STORE_IND_U8, STORE_IND_U16, STORE_IND_U32, STORE_IND_U64 -> 0;
                        default -> a;
                    };
        };
    }

    /** Returns the octets that an instruction reads from memory, 0 if it reads none. */
    static int loads(Opcode opcode) {
        return switch (opcode) {
            case LOAD_U8, LOAD_I8, LOAD_IND_U8, LOAD_IND_I8 -> 1;
            case LOAD_U16, LOAD_I16, LOAD_IND_U16, LOAD_IND_I16 -> 2;
            case LOAD_U32, LOAD_I32, LOAD_IND_U32, LOAD_IND_I32 -> 4;
            case LOAD_U64, LOAD_IND_U64 -> 8;
            default -> 0;
        };
    }

    /** Returns the octets that an instruction writes to memory, 0 if it writes none. */
    static int stores(Opcode opcode) {
        return switch (opcode) {
            case STORE_U8, STORE_IND_U8, STORE_IMM_U8, STORE_IMM_IND_U8 -> 1;
            case STORE_U16, STORE_IND_U16, STORE_IMM_U16, STORE_IMM_IND_U16 -> 2;
            case STORE_U32, STORE_IND_U32, STORE_IMM_U32, STORE_IMM_IND_U32 -> 4;
            case STORE_U64, STORE_IND_U64, STORE_IMM_U64, STORE_IMM_IND_U64 -> 8;
            default -> 0;
        };
    }

    /**
     * Returns the register that an access to memory is based on, or -1 if its address is a
     * constant.
     */
    static int base(Instruction access) {
        return switch (access.opcode().format()) {
            case TWO_REGISTERS_IMMEDIATE -> access.b();
            case REGISTER_TWO_IMMEDIATES -> access.a();
            default -> -1;
        };
    }

    /** Returns what is added to the base of an access to memory. */
    static long offset(Instruction access) {
        return access.x();
    }

    /**
     * Returns whether an instruction hands control to the host, which may change registers, memory
     * and gas.
     */
    static boolean callsHost(Opcode opcode) {
        return opcode == Opcode.ECALLI || opcode == Opcode.SBRK;
    }
}
