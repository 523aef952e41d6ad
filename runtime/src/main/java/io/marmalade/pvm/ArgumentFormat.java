package io.marmalade.pvm;

/**
 * The layouts of an instruction's arguments. The components of {@link Instruction} that a format
 * does not name are 0.
 *
 * @gp sec:instructiontables
 */
public enum ArgumentFormat {
    /** No arguments. */
    NONE,
    /** Immediate x. */
    IMMEDIATE,
    /** Register a and immediate x of eight octets. */
    REGISTER_EXTENDED_IMMEDIATE,
    /** Immediates x and y. */
    TWO_IMMEDIATES,
    /** Target x. */
    OFFSET,
    /** Register a and immediate x. */
    REGISTER_IMMEDIATE,
    /** Register a and immediates x and y. */
    REGISTER_TWO_IMMEDIATES,
    /** Register a, immediate x and target y. */
    REGISTER_IMMEDIATE_OFFSET,
    /** Registers d and a. */
    TWO_REGISTERS,
    /** Registers a and b and immediate x. */
    TWO_REGISTERS_IMMEDIATE,
    /** Registers a and b and target x. */
    TWO_REGISTERS_OFFSET,
    /** Registers a and b and immediates x and y. */
    TWO_REGISTERS_TWO_IMMEDIATES,
    /** Registers a, b and d. */
    THREE_REGISTERS
}
