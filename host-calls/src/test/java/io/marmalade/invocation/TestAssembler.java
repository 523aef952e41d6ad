package io.marmalade.invocation;

import java.io.ByteArrayOutputStream;
import java.util.BitSet;

/**
 * Writes small programs: as many instructions as these tests need, with opcodes that both versions
 * share.
 */
public final class TestAssembler {
    private final ByteArrayOutputStream code = new ByteArrayOutputStream();
    private final BitSet starts = new BitSet();

    /** Returns where the next instruction will stand. */
    public int here() {
        return code.size();
    }

    public TestAssembler trap() {
        return instruction(0);
    }

    public TestAssembler fallthrough() {
        return instruction(1);
    }

    public TestAssembler hostCall(int number) {
        return instruction(10, number, number >> 8, number >> 16, number >> 24);
    }

    public TestAssembler load(int register, long value) {
        int[] operands = new int[9];
        operands[0] = register;
        for (int i = 0; i < 8; i++) {
            operands[1 + i] = (int) (value >>> (8 * i));
        }
        return instruction(20, operands);
    }

    /** Jumps to an earlier or later instruction. */
    public TestAssembler jump(int target) {
        int offset = target - here();
        return instruction(40, offset, offset >> 8, offset >> 16, offset >> 24);
    }

    /** Ends the program with the result that φ₇ and φ₈ point at. */
    public TestAssembler halt() {
        return instruction(50, 0);
    }

    public TestAssembler move(int to, int from) {
        return instruction(100, from << 4 | to);
    }

    /** Writes eight octets of a register to the address in another, plus an offset. */
    public TestAssembler store(int value, int address, int offset) {
        return instruction(
                123, address << 4 | value, offset, offset >> 8, offset >> 16, offset >> 24);
    }

    /** Reads eight octets into a register from the address in another, plus an offset. */
    public TestAssembler fetch(int into, int address, int offset) {
        return instruction(
                130, address << 4 | into, offset, offset >> 8, offset >> 16, offset >> 24);
    }

    private TestAssembler instruction(int opcode, int... operands) {
        starts.set(code.size());
        code.write(opcode);
        for (int operand : operands) {
            code.write(operand);
        }
        return this;
    }

    /** Returns the program blob: no jump table, the code, its mask. */
    public byte[] blob() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.write(1);
        natural(out, code.size());
        out.writeBytes(code.toByteArray());
        byte[] mask = new byte[(code.size() + 7) / 8];
        starts.stream().forEach(i -> mask[i / 8] |= (byte) (1 << i % 8));
        out.writeBytes(mask);
        return out.toByteArray();
    }

    /**
     * Returns a standard program.
     *
     * @param heapPages writable pages, from 0x20000 on if there is no read-only data
     */
    public byte[] standard(byte[] readOnly, int heapPages) {
        byte[] blob = blob();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        fixed(out, readOnly.length, 3);
        fixed(out, 0, 3);
        fixed(out, heapPages, 2);
        fixed(out, 4096, 3);
        out.writeBytes(readOnly);
        fixed(out, blob.length, 4);
        out.writeBytes(blob);
        return out.toByteArray();
    }

    /** Returns a service's code: three octets of metadata, then a standard program. */
    public byte[] service(byte[] readOnly, int heapPages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {3, 'a', 'b', 'c'});
        out.writeBytes(standard(readOnly, heapPages));
        return out.toByteArray();
    }

    private static void natural(ByteArrayOutputStream out, int value) {
        if (value < 0x80) {
            out.write(value);
        } else if (value < 0x4000) {
            out.write(0x80 | value >> 8);
            out.write(value);
        } else {
            throw new IllegalArgumentException("too long");
        }
    }

    private static void fixed(ByteArrayOutputStream out, long value, int size) {
        for (int i = 0; i < size; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }
}
