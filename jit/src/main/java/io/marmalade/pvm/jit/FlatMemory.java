package io.marmalade.pvm.jit;

import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.PageAccess;

import jdk.internal.misc.Unsafe;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * A guest memory that lies flat in a {@link Mapping}, so that both ranges' {@code delta} is 0. Only
 * a JVM with the flags that {@link Mapping#available} asks for can have one. Invariant: pages
 * without access are zero unless the guest had access once. Not thread-safe.
 */
final class FlatMemory extends RangedMemory {
    /** Accesses memory; used by compiled code. */
    static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private static final int MAX_EXTENTS = 4096;

    /** Makes the access of such a page less than any that is wanted. */
    private static final int INACCESSIBLE = 0x80;

    /** A page without access that had some, and was not reset since. */
    private static final byte FORMERLY_MAPPED = (byte) (INACCESSIBLE | 0x40);

    private final Mapping mapping;

    /** Where the guest's address 0 is; read by compiled code. */
    final long base;

    /** Whose compiled code this is the memory of. */
    private @Nullable JitMachine machine;

    /** A range of octets that the guest may read, as those of {@link RangedMemory}. */
    long readFrom = NOWHERE;

    long readSize = PAGE_SIZE;

    /** The same by its ends; empty where the end is not behind the start. */
    private long readStart;

    private long readEnd;

    /** Pages that ever became accessible: pairs of first and end, for cleaning. */
    private int[] extents = new int[32];

    private int extentCount;
    private long mappedPages;

    /**
     * @param mapping clean; given back by {@link #close}
     */
    FlatMemory(Mapping mapping) {
        this.mapping = mapping;
        this.base = mapping.base;
    }

    /** Lets a machine have its ranges, now and whenever they are new. */
    void serve(JitMachine machine) {
        this.machine = machine;
        machine.use(this);
    }

    /** Cleans the mapping and gives it back. */
    @Override
    void close() {
        for (int at = 0; at < extentCount; at += 2) {
            clean(extents[at], extents[at + 1]);
        }
        mapping.give();
    }

    private void clean(int first, int end) {
        mapping.zero((long) first << 12, (long) (end - first) << 12);
        Arrays.fill(mapping.access, first, end, (byte) 0);
    }

    @Override
    public PageAccess access(int page) {
        return switch (mapping.access[page] & 3) {
            case 0 -> PageAccess.NONE;
            case 1 -> PageAccess.READ;
            default -> PageAccess.WRITE;
        };
    }

    @Override
    public void setAccess(int firstPage, int pages, PageAccess access) {
        checkPages(firstPage, pages);
        int end = firstPage + pages;
        byte value = (byte) access.ordinal();
        byte[] table = mapping.access;
        for (int page = firstPage; page < end; page++) {
            boolean formerly = table[page] != 0;
            mappedPages += value != 0 && !formerly ? 1 : 0;
            if (value == 0) {
                table[page] = formerly ? FORMERLY_MAPPED : 0;
            } else {
                table[page] = page < NO_ACCESS_BELOW ? (byte) (value | INACCESSIBLE) : value;
            }
        }
        if (pages == 0) {
            return;
        }
        if (value != 0) {
            remember(firstPage, end);
        }
        long start = (long) Math.max(firstPage, NO_ACCESS_BELOW) << 12;
        long stop = (long) end << 12;
        if (start >= stop) {
            return;
        }
        if (access == PageAccess.WRITE) {
            widen(start, stop, 0);
        } else {
            cut(start, stop);
        }
        if (access == PageAccess.NONE) {
            cutRead(start, stop);
        } else if (access == PageAccess.READ) {
            widenRead(start, stop);
        }
        readFrom = readStart < readEnd ? readStart : NOWHERE;
        readSize = readStart < readEnd ? readEnd - readStart : PAGE_SIZE;
        if (machine != null) {
            machine.use(this);
        }
    }

    /**
     * Returns whether one of the ranges holds all octets of a run through memory; called by
     * compiled code.
     *
     * @param address of the lowest octet, 0 to 2^32 - 1, or less than 0 where a run would go below
     * @param length octets, more than 0
     * @param writes whether they are to be writable
     */
    boolean holdsRun(long address, long length, boolean writes) {
        return isInRange(address, length)
                || !writes && address >= readStart && address + length <= readEnd;
    }

    private void widenRead(long start, long end) {
        if (start <= readEnd && end >= readStart && readStart < readEnd) {
            readStart = Math.min(start, readStart);
            readEnd = Math.max(end, readEnd);
        } else if (readStart >= readEnd) {
            readStart = start;
            readEnd = end;
        }
    }

    private void cutRead(long start, long end) {
        if (start < readEnd && end > readStart) {
            if (start - readStart >= readEnd - end) {
                readEnd = Math.max(readStart, start);
            } else {
                readStart = Math.min(readEnd, end);
            }
        }
    }

    @Override
    public void reset(int firstPage, int pages, PageAccess access) {
        setAccess(firstPage, pages, access);
        if (access == PageAccess.NONE) {
            for (int page = firstPage; page < firstPage + pages; page++) {
                mappedPages -= mapping.access[page] != 0 ? 1 : 0;
                mapping.access[page] = 0;
            }
            // Otherwise a guest could fill the whole mapping, a few pages at a time.
            mapping.giveBack((long) firstPage << 12, (long) pages << 12);
        } else {
            mapping.zero((long) firstPage << 12, (long) pages << 12);
        }
    }

    private void remember(int first, int end) {
        if (extentCount > 0
                && first <= extents[extentCount - 1]
                && end >= extents[extentCount - 2]) {
            extents[extentCount - 2] = Math.min(first, extents[extentCount - 2]);
            extents[extentCount - 1] = Math.max(end, extents[extentCount - 1]);
            return;
        }
        if (extentCount == extents.length) {
            if (extentCount >= MAX_EXTENTS) {
                merge();
            } else {
                extents = Arrays.copyOf(extents, 2 * extentCount);
            }
        }
        extents[extentCount++] = first;
        extents[extentCount++] = end;
    }

    /**
     * Makes one extent of all: cleaning then walks over more pages than it must, but no list grows
     * without end.
     */
    private void merge() {
        int first = 1 << 20;
        int end = 0;
        for (int at = 0; at < extentCount; at += 2) {
            first = Math.min(first, extents[at]);
            end = Math.max(end, extents[at + 1]);
        }
        extents[0] = first;
        extents[1] = end;
        extentCount = 2;
    }

    @Override
    public boolean isReadable(long address, long length) {
        return isAccessible(address, length, 1);
    }

    @Override
    public boolean isWritable(long address, long length) {
        return isAccessible(address, length, 2);
    }

    private boolean isAccessible(long address, long length, int wanted) {
        if (length == 0) {
            return true;
        }
        if (address < 0 || length < 0 || address >= 1L << 32 || length > (1L << 32) - address) {
            return false;
        }
        if (isInRange(address, length)) {
            return true;
        }
        int last = (int) (address + length - 1 >>> 12);
        for (int page = (int) (address >>> 12); page <= last; page++) {
            if (mapping.access[page] < wanted) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether a range outside of the two kept at hand may be accessed; called by compiled
     * code.
     *
     * @param address 0..2³²−1
     * @param length 1..2¹⁶
     * @param wanted 1 for reading, 2 for writing
     */
    boolean isAccessibleRange(long address, int length, int wanted) {
        if (wanted == 1 && address >= readFrom && address + length <= readFrom + readSize) {
            return true;
        }
        return isAccessible(address, length, wanted);
    }

    @Override
    public boolean canLoad(int address, int length) {
        return mapping.access[address >>> 12] > 0
                && (address & PAGE_SIZE - 1) <= PAGE_SIZE - length;
    }

    @Override
    public boolean canStore(int address, int length) {
        return mapping.access[address >>> 12] > 1
                && (address & PAGE_SIZE - 1) <= PAGE_SIZE - length;
    }

    @Override
    public byte getByte(int address) {
        return UNSAFE.getByte(base + Integer.toUnsignedLong(address));
    }

    @Override
    public short getShort(int address) {
        return UNSAFE.getShort(base + Integer.toUnsignedLong(address));
    }

    @Override
    public int getInt(int address) {
        return UNSAFE.getInt(base + Integer.toUnsignedLong(address));
    }

    @Override
    public long getLong(int address) {
        return UNSAFE.getLong(base + Integer.toUnsignedLong(address));
    }

    @Override
    public void putByte(int address, byte value) {
        UNSAFE.putByte(base + Integer.toUnsignedLong(address), value);
    }

    @Override
    public void putShort(int address, short value) {
        UNSAFE.putShort(base + Integer.toUnsignedLong(address), value);
    }

    @Override
    public void putInt(int address, int value) {
        UNSAFE.putInt(base + Integer.toUnsignedLong(address), value);
    }

    @Override
    public void putLong(int address, long value) {
        UNSAFE.putLong(base + Integer.toUnsignedLong(address), value);
    }

    @Override
    public long load(long address, int length) {
        long value = 0;
        for (int octet = length - 1; octet >= 0; octet--) {
            value = value << 8 | getByte((int) address + octet) & 0xff;
        }
        return value;
    }

    @Override
    public void store(long address, int length, long value) {
        for (int octet = 0; octet < length; octet++) {
            putByte((int) address + octet, (byte) (value >>> (8 * octet)));
        }
    }

    @Override
    public long firstInaccessible(long address, int length, PageAccess access) {
        int first = (int) address;
        if (!isAccessiblePage(first >>> 12, access)) {
            return Integer.toUnsignedLong(first);
        }
        int last = first + length - 1;
        if (last >>> 12 != first >>> 12 && !isAccessiblePage(last >>> 12, access)) {
            return Integer.toUnsignedLong(last & -PAGE_SIZE);
        }
        return -1;
    }

    private boolean isAccessiblePage(int page, PageAccess wanted) {
        return mapping.access[page] >= wanted.ordinal();
    }

    @Override
    public void read(long address, byte[] into, int offset, int length) {
        checkRange(address, length);
        UNSAFE.copyMemory(
                null, base + address, into, Unsafe.ARRAY_BYTE_BASE_OFFSET + offset, length);
    }

    @Override
    public void write(long address, byte[] from, int offset, int length) {
        checkWrite(address, length);
        UNSAFE.copyMemory(
                from, Unsafe.ARRAY_BYTE_BASE_OFFSET + offset, null, base + address, length);
    }

    @Override
    public void copyFrom(long address, GuestMemory source, long sourceAddress, int length) {
        if (!(source instanceof FlatMemory flat)) {
            super.copyFrom(address, source, sourceAddress, length);
            return;
        }
        checkRange(sourceAddress, length);
        checkWrite(address, length);
        UNSAFE.copyMemory(null, flat.base + sourceAddress, null, base + address, length);
    }

    private void checkWrite(long address, int length) {
        checkRange(address, length);
        if (length == 0) {
            return;
        }
        int last = (int) (address + length - 1 >>> 12);
        for (int page = (int) (address >>> 12); page <= last; page++) {
            if (mapping.access[page] == 0) {
                throw new IllegalStateException("page " + page + " was never mapped");
            }
        }
    }

    @Override
    public long mappedBytes() {
        return mappedPages * PAGE_SIZE;
    }
}
