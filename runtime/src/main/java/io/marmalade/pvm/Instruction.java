package io.marmalade.pvm;

/**
 * One instruction with its arguments. Which components mean something is said by the opcode's
 * {@link ArgumentFormat}.
 *
 * @param pc where it stands in the code
 * @param length its octets: the next instruction stands at {@code pc + length}, 1..25
 * @param opcode what it does; {@link Opcode#TRAP} for whatever is no instruction
 * @param a register r_A, 0..12
 * @param b register r_B, 0..12
 * @param d register r_D, 0..12
 * @param x first immediate, sign-extended to 64 bits, or the target as an index into the code (may
 *     lie outside)
 * @param y second immediate or target, likewise
 * @gp sec:instructiontables
 */
public record Instruction(int pc, int length, Opcode opcode, int a, int b, int d, long x, long y) {
    /** Returns where the next instruction stands. */
    public int next() {
        return pc + length;
    }
}
