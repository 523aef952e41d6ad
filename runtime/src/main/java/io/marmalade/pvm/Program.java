package io.marmalade.pvm;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * A program blob, taken apart: code, the mask of where instructions stand, and the jump table.
 * Immutable and safe to share between machines and threads.
 *
 * <p>Nothing is derived from the blob before it is asked for, so that decoding costs no more than
 * copying it; whether a place is the start of a block can be told from its surroundings. Engines
 * keep what they derive with {@link #attachment}.
 *
 * @gp sec:virtualmachine
 */
public final class Program {
    /** The octets of the longest instruction, with the skip that the paper caps at 24. */
    public static final int MAX_INSTRUCTION_LENGTH = 25;

    /** The most octets of code that are valid where programs are validated. */
    public static final int MAX_VALIDATED_CODE = 1 << 25;

    /** The most entries of a jump table that are valid where programs are validated. */
    public static final int MAX_VALIDATED_JUMPS = 1 << 24;

    /**
     * Octets of zeroes behind the code, so that arguments can be read without looking where the
     * code ends.
     */
    private static final int PADDING = 32;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ProtocolVersion version;
    private final Dialect dialect;
    private final @Nullable Opcode[] opcodes;

    /** The code and PADDING zeroes. */
    private final byte[] code;

    private final int codeSize;

    /** The mask and as many ones as it takes to read eight octets from anywhere in it. */
    private final byte[] mask;

    private final long jumps;
    private final int jumpWidth;
    private final byte[] jumpTable;

    private final PipelineGas blockCosts;
    private volatile Object[] attachments = {};

    private Program(
            ProtocolVersion version,
            Dialect dialect,
            byte[] code,
            int codeSize,
            byte[] mask,
            long jumps,
            int jumpWidth,
            byte[] jumpTable) {
        this.version = version;
        this.dialect = dialect;
        this.opcodes = dialect.table();
        this.code = code;
        this.codeSize = codeSize;
        this.mask = mask;
        this.jumps = jumps;
        this.jumpWidth = jumpWidth;
        this.jumpTable = jumpTable;
        this.blockCosts = new PipelineGas(this);
    }

    /**
     * Decodes a program blob, and validates it where the version does so.
     *
     * @param blob the jump table, the code and its bitmask; it is not kept
     * @param version what opcodes, validation and gas hang on
     * @return nothing if the blob is not a program
     * @gp sec:virtualmachine
     */
    public static Optional<Program> decode(byte[] blob, ProtocolVersion version) {
        return decode(blob, 0, blob.length, version, version.dialect());
    }

    /**
     * Decodes a program blob in a dialect that need not be that of a version.
     *
     * @param blob the jump table, the code and its bitmask; it is not kept
     * @param dialect what opcodes, validation and gas hang on
     * @return nothing if the blob is not a program
     */
    public static Optional<Program> decode(byte[] blob, Dialect dialect) {
        ProtocolVersion version =
                dialect == Dialect.V0_7_2 ? ProtocolVersion.V0_7_2 : ProtocolVersion.V0_8_0;
        return decode(blob, 0, blob.length, version, dialect);
    }

    static Optional<Program> decode(
            byte[] blob, int from, int to, ProtocolVersion version, Dialect dialect) {
        OctetReader in = new OctetReader(blob, from, to);
        long jumps = in.natural();
        int jumpWidth = in.octet();
        long codeSize = in.natural();
        if (in.failed()
                || (jumpWidth > 0 && Long.compareUnsigned(jumps, in.left() / jumpWidth) > 0)) {
            return Optional.empty();
        }
        byte[] jumpTable = in.octets((int) (jumps * jumpWidth), 0, 0);
        if (Long.compareUnsigned(codeSize, in.left()) > 0) {
            return Optional.empty();
        }
        int size = (int) codeSize;
        byte[] code = in.octets(size, PADDING, 0);
        int maskOctets = (size + 7) >>> 3;
        if (in.left() != maskOctets) {
            return Optional.empty();
        }
        byte[] mask = in.octets(maskOctets, 8, -1);
        if ((size & 7) != 0) {
            int unused = 0xff << (size & 7) & 0xff;
            if ((mask[maskOctets - 1] & unused) != 0) {
                return Optional.empty();
            }
            mask[maskOctets - 1] |= (byte) unused;
        }
        if (jumpWidth > 8) {
            for (int entry = 0; entry < jumpTable.length; entry += jumpWidth) {
                for (int octet = 8; octet < jumpWidth; octet++) {
                    if (jumpTable[entry + octet] != 0) {
                        return Optional.empty();
                    }
                }
            }
        }
        Program program =
                new Program(version, dialect, code, size, mask, jumps, jumpWidth, jumpTable);
        if (dialect.validated() && !program.isValid()) {
            return Optional.empty();
        }
        return Optional.of(program);
    }

    /** Whether the program may run at all, where programs are validated. */
    private boolean isValid() {
        boolean tooLarge =
                codeSize > MAX_VALIDATED_CODE
                        || Long.compareUnsigned(jumps, MAX_VALIDATED_JUMPS) > 0;
        if (codeSize == 0 || (tooLarge && version.applies(Deviation.BOUNDED_PROGRAMS))) {
            return false;
        }
        int pc = 0;
        Opcode last = Opcode.TRAP;
        while (pc < codeSize) {
            Opcode opcode = isInstruction(pc) ? opcodes[code[pc] & 0xff] : null;
            if (opcode == null) {
                return false;
            }
            last = opcode;
            pc += 1 + skip(pc);
        }
        return last.isTerminator();
    }

    /** Returns the version that the program was decoded for. */
    public ProtocolVersion version() {
        return version;
    }

    /** Returns what opcodes, validation and gas hang on. */
    public Dialect dialect() {
        return dialect;
    }

    /** Returns the octets of the code. */
    public int codeSize() {
        return codeSize;
    }

    /** Returns a program blob that decodes to this program. */
    public byte[] blob() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeNatural(out, jumps);
        out.write(jumpWidth);
        writeNatural(out, codeSize);
        out.writeBytes(jumpTable);
        out.write(code, 0, codeSize);
        byte[] bits = Arrays.copyOf(mask, (codeSize + 7) >>> 3);
        if ((codeSize & 7) != 0) {
            bits[bits.length - 1] &= (byte) ~(0xff << (codeSize & 7));
        }
        out.writeBytes(bits);
        return out.toByteArray();
    }

    private static void writeNatural(ByteArrayOutputStream out, long value) {
        int following = value == 0 ? 0 : (63 - Long.numberOfLeadingZeros(value)) / 7;
        if (following >= 8) {
            following = 8;
            out.write(0xff);
        } else {
            out.write(0x100 - (1 << 8 - following) | (int) (value >>> 8 * following));
        }
        for (int octet = 0; octet < following; octet++) {
            out.write((int) (value >>> 8 * octet));
        }
    }

    /** Returns a copy of the code. */
    public byte[] code() {
        return Arrays.copyOf(code, codeSize);
    }

    /**
     * Returns an octet of the code.
     *
     * @param pc 0..codeSize−1
     */
    public int codeAt(int pc) {
        if (pc >= codeSize) {
            throw new IndexOutOfBoundsException(pc);
        }
        return code[pc] & 0xff;
    }

    /**
     * Returns whether a run may start at this program counter: always where programs are not
     * validated, else at an instruction.
     */
    public boolean isValidStart(long pc) {
        return !dialect.validated() || isKnownInstruction(pc);
    }

    /**
     * Returns whether the mask says that an instruction stands here, known or not.
     *
     * @param pc any index; outside of the code nothing stands
     */
    public boolean isInstruction(long pc) {
        return Long.compareUnsigned(pc, codeSize) < 0
                && (mask[(int) pc >>> 3] >>> ((int) pc & 7) & 1) != 0;
    }

    private boolean isKnownInstruction(long pc) {
        return isInstruction(pc) && opcodes[code[(int) pc] & 0xff] != null;
    }

    /**
     * Returns the octets, less one, from an instruction to the next.
     *
     * @param pc 0..codeSize−1
     * @return 0..24
     */
    public int skip(int pc) {
        int bit = pc + 1;
        int following = (int) ((long) LONG.get(mask, bit >>> 3) >>> (bit & 7));
        return Integer.numberOfTrailingZeros(following | 1 << 24);
    }

    /**
     * Returns the opcode that acts at a program counter: trap wherever no known instruction stands.
     *
     * @param pc any index
     */
    public Opcode opcode(long pc) {
        if (isInstruction(pc)) {
            Opcode opcode = opcodes[code[(int) pc] & 0xff];
            if (opcode != null) {
                return opcode;
            }
        }
        return Opcode.TRAP;
    }

    /**
     * Returns whether a basic block starts here, so that a jump may go here.
     *
     * @param pc any index
     */
    public boolean isBlockStart(long pc) {
        if (!isKnownInstruction(pc)) {
            return false;
        }
        if (pc == 0) {
            return true;
        }
        int before = previous((int) pc);
        if (before < 0) {
            return false;
        }
        // An octet that is no opcode acts as a trap but ends no block.
        Opcode opcode = opcodes[code[before] & 0xff];
        return opcode != null && opcode.isTerminator();
    }

    /**
     * Returns the instruction before the one at a program counter.
     *
     * @param pc 0..codeSize
     * @return its program counter, or -1 if no instruction is followed by this place
     */
    private int previous(int pc) {
        int lowest = Math.max(0, pc - MAX_INSTRUCTION_LENGTH);
        for (int before = pc - 1; before >= lowest; before--) {
            if (isInstruction(before)) {
                return before;
            }
        }
        return -1;
    }

    /**
     * Returns the instruction before a program counter that is in the same basic block.
     *
     * @param pc 0..codeSize
     * @return its program counter, or -1 if a block starts here, or if no instruction stands here
     */
    public int precedingInBlock(int pc) {
        if (pc < codeSize && !isInstruction(pc)) {
            return -1;
        }
        int before = previous(pc);
        return before < 0 || opcode(before).isTerminator() ? -1 : before;
    }

    /**
     * Returns the start of the basic block that contains a program counter, as far as one can walk
     * back from it.
     *
     * @param pc any index
     * @return the start, or the index itself where no instruction stands
     */
    public int blockStart(int pc) {
        int start = pc;
        while (Integer.compareUnsigned(start, codeSize) <= 0) {
            int before = precedingInBlock(start);
            if (before < 0) {
                return start;
            }
            start = before;
        }
        return start;
    }

    /**
     * Returns the instruction that acts at a program counter, trap wherever no known one stands.
     *
     * @param pc any index
     */
    public Instruction instruction(int pc) {
        Opcode opcode = opcode(Integer.toUnsignedLong(pc));
        if (Integer.compareUnsigned(pc, codeSize) >= 0) {
            return new Instruction(pc, 1, opcode, 0, 0, 0, 0, 0);
        }
        int skip = skip(pc);
        int length = 1 + skip;
        return switch (opcode.format()) {
            case NONE -> new Instruction(pc, length, opcode, 0, 0, 0, 0, 0);
            case IMMEDIATE -> {
                long x = immediate(pc + 1, Math.min(4, skip));
                yield new Instruction(pc, length, opcode, 0, 0, 0, x, 0);
            }
            case REGISTER_EXTENDED_IMMEDIATE -> {
                long x = immediate(pc + 2, 8);
                yield new Instruction(pc, length, opcode, low(pc + 1), 0, 0, x, 0);
            }
            case TWO_IMMEDIATES -> {
                int sizeX = Math.min(4, code[pc + 1] & 7);
                int sizeY = Math.min(4, Math.max(0, skip - sizeX - 1));
                long x = immediate(pc + 2, sizeX);
                long y = immediate(pc + 2 + sizeX, sizeY);
                yield new Instruction(pc, length, opcode, 0, 0, 0, x, y);
            }
            case OFFSET -> {
                long x = pc + immediate(pc + 1, Math.min(4, skip));
                yield new Instruction(pc, length, opcode, 0, 0, 0, x, 0);
            }
            case REGISTER_IMMEDIATE -> {
                long x = immediate(pc + 2, Math.min(4, Math.max(0, skip - 1)));
                yield new Instruction(pc, length, opcode, low(pc + 1), 0, 0, x, 0);
            }
            case REGISTER_TWO_IMMEDIATES, REGISTER_IMMEDIATE_OFFSET -> {
                int sizeX = Math.min(4, code[pc + 1] >>> 4 & 7);
                int sizeY = Math.min(4, Math.max(0, skip - sizeX - 1));
                long x = immediate(pc + 2, sizeX);
                long y = immediate(pc + 2 + sizeX, sizeY);
                if (opcode.format() == ArgumentFormat.REGISTER_IMMEDIATE_OFFSET) {
                    y += pc;
                }
                yield new Instruction(pc, length, opcode, low(pc + 1), 0, 0, x, y);
            }
            case TWO_REGISTERS ->
                    new Instruction(pc, length, opcode, high(pc + 1), 0, low(pc + 1), 0, 0);
            case TWO_REGISTERS_IMMEDIATE, TWO_REGISTERS_OFFSET -> {
                long x = immediate(pc + 2, Math.min(4, Math.max(0, skip - 1)));
                if (opcode.format() == ArgumentFormat.TWO_REGISTERS_OFFSET) {
                    x += pc;
                }
                yield new Instruction(pc, length, opcode, low(pc + 1), high(pc + 1), 0, x, 0);
            }
            case TWO_REGISTERS_TWO_IMMEDIATES -> {
                int sizeX = Math.min(4, code[pc + 2] & 7);
                int sizeY = Math.min(4, Math.max(0, skip - sizeX - 2));
                long x = immediate(pc + 3, sizeX);
                long y = immediate(pc + 3 + sizeX, sizeY);
                yield new Instruction(pc, length, opcode, low(pc + 1), high(pc + 1), 0, x, y);
            }
            case THREE_REGISTERS -> {
                int d = Math.min(12, code[pc + 2] & 0xff);
                yield new Instruction(pc, length, opcode, low(pc + 1), high(pc + 1), d, 0, 0);
            }
        };
    }

    private int low(int at) {
        return Math.min(12, code[at] & 15);
    }

    private int high(int at) {
        return Math.min(12, code[at] >>> 4 & 15);
    }

    /** Reads a little-endian number of 0..4 or 8 octets and extends its sign. */
    private long immediate(int at, int size) {
        if (size == 0) {
            return 0;
        }
        int unused = 64 - 8 * size;
        return (long) LONG.get(code, at) << unused >> unused;
    }

    /** Returns the entries of the jump table, unsigned. */
    public long jumpTableSize() {
        return jumps;
    }

    /** Returns the octets of each entry of the jump table, 0..255. */
    public int jumpTableWidth() {
        return jumpWidth;
    }

    /**
     * Returns an entry of the jump table as it is written, wherever it points.
     *
     * @param index 0..{@link #jumpTableSize()}−1
     * @return its lowest 64 bits; no entry of a program has more
     */
    public long jumpTableEntry(long index) {
        if (Long.compareUnsigned(index, jumps) >= 0) {
            throw new IndexOutOfBoundsException(Long.toUnsignedString(index));
        }
        long target = 0;
        int width = Math.min(8, jumpWidth);
        for (int octet = width - 1, at = (int) (index * jumpWidth); octet >= 0; octet--) {
            target = target << 8 | (jumpTable[at + octet] & 0xff);
        }
        return target;
    }

    /**
     * Returns where a dynamic jump to an address goes.
     *
     * @param address unsigned 32 bits; not that of a halt
     * @return the start of a block, or -1 if the jump is a panic
     * @gp eq:jumptablealignment
     */
    public int jumpTarget(int address) {
        long index = (Integer.toUnsignedLong(address) >>> 1) - 1;
        if (address == 0 || (address & 1) != 0 || Long.compareUnsigned(index, jumps) >= 0) {
            return -1;
        }
        long target = jumpTableEntry(index);
        return isBlockStart(target) ? (int) target : -1;
    }

    /** Returns the costs of this program's blocks in the pipeline schedule. */
    public PipelineGas blockCosts() {
        return blockCosts;
    }

    /** What an engine keeps with a program, if it wants to know when that is forgotten. */
    public interface Attachment {
        /** Takes note that the program is no longer remembered; who runs it still may go on. */
        void evicted();
    }

    /** Tells the engines that whoever remembered this program does so no more. */
    public void evicted() {
        for (Object attached : attachments) {
            if (attached instanceof Attachment attachment) {
                attachment.evicted();
            }
        }
    }

    /**
     * Returns what an engine keeps with this program, such as its own form of the code.
     *
     * @param type the engine's type
     * @return nothing if no such thing was attached
     */
    public <T> @Nullable T attachment(Class<T> type) {
        for (Object attached : attachments) {
            if (type.isInstance(attached)) {
                return type.cast(attached);
            }
        }
        return null;
    }

    /**
     * Keeps something with this program unless there is something of its type already.
     *
     * @param type the engine's type
     * @param value of that type
     * @return what is kept now
     */
    public synchronized <T> T attach(Class<T> type, T value) {
        T present = attachment(type);
        if (present != null) {
            return present;
        }
        Object[] more = Arrays.copyOf(attachments, attachments.length + 1);
        more[attachments.length] = value;
        attachments = more;
        return value;
    }
}
