package io.marmalade.pvm;

import java.util.Optional;

/**
 * A standard program: a program blob together with the memory that it starts with. Immutable and
 * safe to share.
 *
 * @gp sec:standardprograminit
 */
public final class StandardProgram {
    /** The octets of a major zone (Z_Z). */
    public static final int ZONE_SIZE = 1 << 16;

    /** The octets that arguments may have (Z_I). */
    public static final int MAX_ARGUMENTS = 1 << 24;

    /** A dynamic jump to this address is a halt; the return address that a program starts with. */
    public static final long HALT_ADDRESS = (1L << 32) - (1L << 16);

    private static final long STACK_END = (1L << 32) - 2L * ZONE_SIZE - MAX_ARGUMENTS;
    private static final long ARGUMENTS = (1L << 32) - ZONE_SIZE - MAX_ARGUMENTS;

    private final Program program;
    private final byte[][] readOnly;
    private final byte[][] readWrite;
    private final long heapStart;
    private final int heapPages;
    private final int stackPages;

    /** Whether the heap may grow up to the page of the stack's guard, not only to its zone. */
    private final boolean releasedLimit;

    private StandardProgram(
            Program program,
            byte[][] readOnly,
            byte[][] readWrite,
            long heapStart,
            int heapPages,
            int stackPages) {
        this.program = program;
        this.readOnly = readOnly;
        this.readWrite = readWrite;
        this.heapStart = heapStart;
        this.heapPages = heapPages;
        this.stackPages = stackPages;
        releasedLimit =
                switch (program.version()) {
                    case V0_7_2 -> false;
                    case V0_8_0 -> !program.version().applies(Deviation.STACK_ROUNDED_TO_ZONE);
                };
    }

    /**
     * Decodes a standard program, without metadata in front.
     *
     * @param blob it is not kept
     * @param version what the program is decoded for
     * @return nothing if the blob is not a standard program or needs more memory than there is
     */
    public static Optional<StandardProgram> decode(byte[] blob, ProtocolVersion version) {
        return decode(blob, 0, blob.length, version);
    }

    /**
     * Decodes the code of a service: a standard program with metadata in front.
     *
     * @param blob it is not kept
     * @param version what the program is decoded for
     * @return nothing if there is no such program behind the metadata
     */
    public static Optional<StandardProgram> decodeService(byte[] blob, ProtocolVersion version) {
        return ServiceCode.split(blob)
                .flatMap(code -> decode(blob, code.programOffset(), blob.length, version));
    }

    private static Optional<StandardProgram> decode(
            byte[] blob, int from, int to, ProtocolVersion version) {
        OctetReader in = new OctetReader(blob, from, to);
        int readOnlySize = (int) in.fixed(3);
        int readWriteSize = (int) in.fixed(3);
        int heapPages = (int) in.fixed(2);
        int stackSize = (int) in.fixed(3);
        if (in.failed() || in.left() < readOnlySize + readWriteSize) {
            return Optional.empty();
        }
        int readOnlyAt = in.position();
        in.skip(readOnlySize + readWriteSize);
        long codeSize = in.fixed(4);
        if (in.failed() || in.left() != codeSize) {
            return Optional.empty();
        }
        long readWriteAndHeap = readWriteSize + (long) heapPages * GuestMemory.PAGE_SIZE;
        long needed =
                5L * ZONE_SIZE
                        + zones(readOnlySize)
                        + zones(readWriteAndHeap)
                        + zones(stackSize)
                        + MAX_ARGUMENTS;
        if (needed > 1L << 32) {
            return Optional.empty();
        }
        Optional<Program> program =
                Program.decode(blob, in.position(), to, version, version.dialect());
        if (program.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new StandardProgram(
                        program.get(),
                        pages(blob, readOnlyAt, readOnlySize),
                        pages(blob, readOnlyAt + readOnlySize, readWriteSize),
                        2L * ZONE_SIZE + zones(readOnlySize),
                        heapPages,
                        pageCount(stackSize)));
    }

    private static long zones(long size) {
        return size + ZONE_SIZE - 1 & -ZONE_SIZE;
    }

    private static int pageCount(int size) {
        return size + GuestMemory.PAGE_SIZE - 1 >>> 12;
    }

    private static byte[][] pages(byte[] octets, int at, int size) {
        byte[][] pages = new byte[pageCount(size)][GuestMemory.PAGE_SIZE];
        for (int page = 0, done = 0; page < pages.length; page++) {
            int length = Math.min(GuestMemory.PAGE_SIZE, size - done);
            System.arraycopy(octets, at + done, pages[page], 0, length);
            done += length;
        }
        return pages;
    }

    /** Returns the program itself. */
    public Program program() {
        return program;
    }

    /**
     * Lays out a fresh machine's memory and sets its registers. Program counter and gas are left
     * alone.
     *
     * @param machine fresh from {@link Engine#newMachine} for {@link #program}
     * @param arguments at most 2²⁴ octets
     * @gp eq:memlayout
     */
    public void load(Machine machine, byte[] arguments) {
        if (arguments.length > MAX_ARGUMENTS) {
            throw new IllegalArgumentException("arguments of " + arguments.length + " octets");
        }
        GuestMemory memory = machine.memory();
        memory.map(page(ZONE_SIZE), readOnly, PageAccess.READ);
        memory.map(page(heapStart), readWrite, PageAccess.WRITE);
        memory.reset(page(heapStart) + readWrite.length, heapPages, PageAccess.WRITE);
        memory.reset(page(STACK_END) - stackPages, stackPages, PageAccess.WRITE);
        memory.map(page(ARGUMENTS), pages(arguments, 0, arguments.length), PageAccess.READ);
        long heapTop = heapStart + (long) (readWrite.length + heapPages) * GuestMemory.PAGE_SIZE;
        long stack = (long) stackPages * GuestMemory.PAGE_SIZE;
        if (!releasedLimit) {
            stack = zones(stack);
        }
        memory.setHeap(heapTop, Math.max(heapTop, STACK_END - ZONE_SIZE - stack));
        for (int register = 0; register < Machine.REGISTERS; register++) {
            machine.setRegister(register, 0);
        }
        machine.setRegister(0, HALT_ADDRESS);
        machine.setRegister(1, STACK_END);
        machine.setRegister(7, ARGUMENTS);
        machine.setRegister(8, arguments.length);
    }

    private static int page(long address) {
        return (int) (address >>> 12);
    }
}
