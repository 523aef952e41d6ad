package io.marmalade.pvm.jit;

/**
 * Compiled code of a function, or of a part of it.
 *
 * <p>What it returns says how to go on: a value of 0 or more is a program counter where a block
 * starts that control goes to; {@link #SIDE_EXIT} leaves an instruction to the interpreter; {@link
 * #STOPPED} means that the host stopped the machine; {@link #WITHIN} and less stand for a piece of
 * the same function that is compiled apart.
 */
abstract class Region {
    /**
     * The machine's {@code exitRegion} and {@code exitIndex} say where the interpreter has to go
     * on.
     */
    static final int SIDE_EXIT = -1;

    /** The machine's {@code stopReason} says why. */
    static final int STOPPED = -2;

    /** Piece {@code n} of the same function is {@code WITHIN - n}. */
    static final int WITHIN = -16;

    /** Stands for the piece at a function's head where a piece to begin with is given. */
    static final int HEAD = -1;

    /** The places where this code may leave an instruction to the interpreter, by their index. */
    SideExit[] sideExits = {};

    /**
     * Runs the code.
     *
     * @param machine whose registers, gas and memory it works on; all up to date, as they are when
     *     it returns unless it returns {@link #SIDE_EXIT}
     * @param entry the piece to begin with, or {@link #HEAD}
     * @param depth how many more calls may be nested, 0 or more
     */
    abstract int run(JitMachine machine, int entry, int depth);

    /**
     * A place where compiled code leaves an instruction to the interpreter.
     *
     * @param pc where the instruction stands
     * @param dirty the registers that are to be taken from the machine's spill area, a bit a
     *     register
     * @param refund gas to give back: what was charged ahead for this instruction and those behind
     *     it
     * @param charged whether the block is paid
     */
    record SideExit(int pc, int dirty, long refund, boolean charged) {}
}
