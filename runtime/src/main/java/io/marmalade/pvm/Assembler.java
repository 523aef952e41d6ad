package io.marmalade.pvm;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Puts program blobs together, an instruction at a time. Not thread-safe.
 *
 * <p>Immediates take as few octets as they need, distances to labels always four.
 */
public final class Assembler {
    private final Dialect dialect;
    private final ByteArrayOutputStream code = new ByteArrayOutputStream();
    private final BitSet starts = new BitSet();

    /** Where labels stand, -1 before they are placed. */
    private final List<Integer> labels = new ArrayList<>();

    /** Distances to be filled in: where they stand, what they count from, the label. */
    private final List<int[]> distances = new ArrayList<>();

    private final List<Integer> jumps = new ArrayList<>();

    /** Starts an empty program in the numbering of a dialect. */
    public Assembler(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Returns a new label, to be placed later. */
    public int label() {
        labels.add(-1);
        return labels.size() - 1;
    }

    /** Places a label before the next instruction. */
    public Assembler place(int label) {
        labels.set(label, code.size());
        return this;
    }

    /** Places a new label before the next instruction and returns it. */
    public int here() {
        int label = label();
        place(label);
        return label;
    }

    /** Returns the octets of code so far. */
    public int size() {
        return code.size();
    }

    /**
     * Appends an entry to the jump table. Entry n is reached by a dynamic jump to the address 2·(n
     * + 1).
     */
    public Assembler jumpTableEntry(int label) {
        jumps.add(label);
        return this;
    }

    /**
     * Appends an instruction.
     *
     * @param opcode of the assembler's dialect
     * @param arguments in the order of the format's description: registers as they are listed, then
     *     immediates, with a label in the place of a target
     * @return this
     * @throws IllegalArgumentException if the dialect lacks the opcode or the arguments are too few
     *     or too many
     */
    public Assembler add(Opcode opcode, long... arguments) {
        int number = opcode.number(dialect);
        int expected =
                switch (opcode.format()) {
                    case NONE -> 0;
                    case IMMEDIATE, OFFSET -> 1;
                    case REGISTER_EXTENDED_IMMEDIATE,
                            TWO_IMMEDIATES,
                            REGISTER_IMMEDIATE,
                            TWO_REGISTERS ->
                            2;
                    case REGISTER_TWO_IMMEDIATES,
                            REGISTER_IMMEDIATE_OFFSET,
                            TWO_REGISTERS_IMMEDIATE,
                            TWO_REGISTERS_OFFSET,
                            THREE_REGISTERS ->
                            3;
                    case TWO_REGISTERS_TWO_IMMEDIATES -> 4;
                };
        if (number < 0 || arguments.length != expected) {
            throw new IllegalArgumentException(opcode + " with " + arguments.length + " arguments");
        }
        int start = code.size();
        starts.set(start);
        code.write(number);
        switch (opcode.format()) {
            case NONE -> {}
            case IMMEDIATE -> octets(arguments[0], immediateSize(arguments[0]));
            case REGISTER_EXTENDED_IMMEDIATE -> {
                code.write((int) arguments[0]);
                octets(arguments[1], 8);
            }
            case TWO_IMMEDIATES -> {
                code.write(immediateSize(arguments[0]));
                octets(arguments[0], immediateSize(arguments[0]));
                octets(arguments[1], immediateSize(arguments[1]));
            }
            case OFFSET -> distance(start, arguments[0]);
            case REGISTER_IMMEDIATE -> {
                code.write((int) arguments[0]);
                octets(arguments[1], immediateSize(arguments[1]));
            }
            case REGISTER_TWO_IMMEDIATES -> {
                code.write((int) arguments[0] | immediateSize(arguments[1]) << 4);
                octets(arguments[1], immediateSize(arguments[1]));
                octets(arguments[2], immediateSize(arguments[2]));
            }
            case REGISTER_IMMEDIATE_OFFSET -> {
                code.write((int) arguments[0] | immediateSize(arguments[1]) << 4);
                octets(arguments[1], immediateSize(arguments[1]));
                distance(start, arguments[2]);
            }
            case TWO_REGISTERS -> code.write((int) (arguments[0] | arguments[1] << 4));
            case TWO_REGISTERS_IMMEDIATE -> {
                code.write((int) (arguments[0] | arguments[1] << 4));
                octets(arguments[2], immediateSize(arguments[2]));
            }
            case TWO_REGISTERS_OFFSET -> {
                code.write((int) (arguments[0] | arguments[1] << 4));
                distance(start, arguments[2]);
            }
            case TWO_REGISTERS_TWO_IMMEDIATES -> {
                code.write((int) (arguments[0] | arguments[1] << 4));
                code.write(immediateSize(arguments[2]));
                octets(arguments[2], immediateSize(arguments[2]));
                octets(arguments[3], immediateSize(arguments[3]));
            }
            case THREE_REGISTERS -> {
                code.write((int) (arguments[0] | arguments[1] << 4));
                code.write((int) arguments[2]);
            }
        }
        return this;
    }

    /**
     * Appends octets as they are.
     *
     * @param octets of code
     * @param instruction whether the mask says that an instruction starts with the first of them
     */
    public Assembler raw(byte[] octets, boolean instruction) {
        starts.set(code.size(), instruction);
        code.writeBytes(octets);
        return this;
    }

    private static int immediateSize(long value) {
        if (value != (int) value) {
            throw new IllegalArgumentException("immediate of more than 32 bits: " + value);
        }
        int size = 0;
        while (size < 4
                && (size == 0 ? value != 0 : value != value << 64 - 8 * size >> 64 - 8 * size)) {
            size++;
        }
        return size;
    }

    private void octets(long value, int size) {
        for (int octet = 0; octet < size; octet++) {
            code.write((int) (value >>> 8 * octet));
        }
    }

    private void distance(int from, long label) {
        distances.add(new int[] {code.size(), from, (int) label});
        octets(0, 4);
    }

    /**
     * Returns the program blob.
     *
     * @throws IllegalStateException if a label is used that was not placed
     */
    public byte[] blob() {
        byte[] octets = code.toByteArray();
        for (int[] distance : distances) {
            int value = place(distance[2], "a label") - distance[1];
            for (int octet = 0; octet < 4; octet++) {
                octets[distance[0] + octet] = (byte) (value >>> 8 * octet);
            }
        }
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        natural(blob, jumps.size());
        blob.write(jumps.isEmpty() ? 0 : 4);
        natural(blob, octets.length);
        for (int jump : jumps) {
            int target = place(jump, "an entry of the jump table");
            for (int octet = 0; octet < 4; octet++) {
                blob.write(target >>> 8 * octet);
            }
        }
        blob.writeBytes(octets);
        byte[] mask = new byte[(octets.length + 7) / 8];
        starts.stream().forEach(start -> mask[start >>> 3] |= (byte) (1 << (start & 7)));
        blob.writeBytes(mask);
        return blob.toByteArray();
    }

    private int place(int label, String what) {
        int place = labels.get(label);
        if (place < 0) {
            throw new IllegalStateException(what + " was never placed");
        }
        return place;
    }

    /**
     * Returns a standard program around the program blob.
     *
     * @param readOnly data, less than 2²⁴ octets
     * @param readWrite data, less than 2²⁴ octets
     * @param heapPages pages of zeroes behind that, 0..2¹⁶−1
     * @param stackSize octets, 0..2²⁴−1
     */
    public byte[] standardProgram(byte[] readOnly, byte[] readWrite, int heapPages, int stackSize) {
        byte[] program = blob();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        fixed(out, readOnly.length, 3);
        fixed(out, readWrite.length, 3);
        fixed(out, heapPages, 2);
        fixed(out, stackSize, 3);
        out.writeBytes(readOnly);
        out.writeBytes(readWrite);
        fixed(out, program.length, 4);
        out.writeBytes(program);
        return out.toByteArray();
    }

    private static void fixed(ByteArrayOutputStream out, int value, int size) {
        for (int octet = 0; octet < size; octet++) {
            out.write(value >>> 8 * octet);
        }
    }

    /** Writes a natural number below 2²⁸ in its general encoding. */
    private static void natural(ByteArrayOutputStream out, int value) {
        int following = 0;
        while (value >>> 7 * (following + 1) != 0) {
            following++;
        }
        out.write(0x100 - (0x100 >>> following) | value >>> 8 * following);
        fixed(out, value, following);
    }
}
