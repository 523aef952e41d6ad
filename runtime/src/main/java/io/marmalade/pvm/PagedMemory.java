package io.marmalade.pvm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A guest memory of pages on the Java heap, allocated when they are first written.
 *
 * <p>Two tables of two levels lead to the pages that the guest may read and write <em>right
 * now</em>; what they do not lead to is either not accessible or not there yet, and found out on
 * the slow path. An engine may keep the tables' roots, which never change, but no page. Invariants:
 * the write table leads only to pages that this memory owns; a readable page that was never written
 * is {@link #ZEROES}; the lowest 16 pages are in neither table, whatever their access; a leaf that
 * is one of the {@link #UNIFORM} ones is shared and never changed.
 *
 * <p>Making an instance costs some twenty kilobytes however large its layout. Not thread-safe.
 */
// The tables hold null where a page is not accessible, and every look-up compares: no check sees
// that.
@SuppressWarnings("NullAway")
public final class PagedMemory extends MachineMemory {
    /** The bits of an address below the index into a table's root. */
    public static final int LEAF_SHIFT = 22;

    /** The mask of a page's index within a leaf, once the address is shifted right by 12. */
    public static final int LEAF_MASK = 1023;

    /** The mask of an address within its page. */
    public static final int OFFSET_MASK = PAGE_SIZE - 1;

    private static final int LEAVES = 1024;
    private static final int LEAF_PAGES = 1024;
    private static final int INACCESSIBLE_PAGES = 16;

    private static final byte ACCESS_MASK = 3;
    private static final byte MAPPED = 4;
    private static final byte OWNED = 8;

    private static final byte[] ZEROES = new byte[PAGE_SIZE];
    private static final PageAccess[] ACCESSES = PageAccess.values();
    private static final Leaf[] UNIFORM = {
        new Leaf((byte) 0),
        null,
        null,
        null,
        new Leaf((byte) 4),
        new Leaf((byte) 5),
        new Leaf((byte) 6)
    };

    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** 1024 pages. */
    private static final class Leaf {
        final byte[][] read;
        final byte[][] write;
        final byte[][] data;
        final byte[] flags;
        final boolean shared;

        /** A shared leaf whose pages are all alike and never written. */
        Leaf(byte uniform) {
            read = new byte[LEAF_PAGES][];
            write = new byte[LEAF_PAGES][];
            data = new byte[LEAF_PAGES][];
            flags = new byte[LEAF_PAGES];
            shared = true;
            Arrays.fill(flags, uniform);
            if ((uniform & ACCESS_MASK) != 0) {
                Arrays.fill(read, ZEROES);
            }
        }

        /** A leaf of one's own, a copy of a shared one. */
        Leaf(Leaf from) {
            read = from.read.clone();
            write = new byte[LEAF_PAGES][];
            data = new byte[LEAF_PAGES][];
            flags = from.flags.clone();
            shared = false;
        }
    }

    private final Leaf[] leaves = new Leaf[LEAVES];
    private final byte[][][] readable = new byte[LEAVES][][];
    private final byte[][][] writable = new byte[LEAVES][][];
    private long mappedPages;
    private long heapTop;
    private long heapLimit;

    /** Makes a memory of which nothing is accessible. */
    public PagedMemory() {
        Leaf none = UNIFORM[0];
        Arrays.fill(leaves, none);
        Arrays.fill(readable, none.read);
        Arrays.fill(writable, none.write);
    }

    /**
     * Returns the root of the table of readable pages: {@code root[address >>> 22][address >>> 12 &
     * 1023]} is the page of an address, or null. Live and not to be changed.
     */
    public byte[][][] readableRoot() {
        return readable;
    }

    /**
     * Returns the root of the table of pages that can be written at once, otherwise like {@link
     * #readableRoot}.
     */
    public byte[][][] writableRoot() {
        return writable;
    }

    private Leaf ownLeaf(int index) {
        Leaf leaf = leaves[index];
        if (leaf.shared) {
            leaf = new Leaf(leaf);
            setLeaf(index, leaf);
        }
        return leaf;
    }

    private void setLeaf(int index, Leaf leaf) {
        leaves[index] = leaf;
        readable[index] = leaf.read;
        writable[index] = leaf.write;
    }

    private static void publish(Leaf leaf, int leafIndex, int index) {
        byte flags = leaf.flags[index];
        byte[] data = leaf.data[index];
        boolean low = leafIndex == 0 && index < INACCESSIBLE_PAGES;
        int access = low ? 0 : flags & ACCESS_MASK;
        leaf.read[index] = access == 0 ? null : data == null ? ZEROES : data;
        leaf.write[index] =
                access == PageAccess.WRITE.ordinal() && (flags & OWNED) != 0 ? data : null;
    }

    private byte flags(int page) {
        return leaves[page >>> 10].flags[page & LEAF_MASK];
    }

    private static void checkPages(int firstPage, int pages) {
        if (firstPage < 0 || pages < 0 || firstPage > (1 << 20) - pages) {
            throw new IndexOutOfBoundsException("pages " + firstPage + " + " + pages);
        }
    }

    @Override
    public PageAccess access(int page) {
        checkPages(page, 1);
        return ACCESSES[flags(page) & ACCESS_MASK];
    }

    @Override
    public void setAccess(int firstPage, int pages, PageAccess access) {
        change(firstPage, pages, access, false);
    }

    @Override
    public void reset(int firstPage, int pages, PageAccess access) {
        change(firstPage, pages, access, true);
    }

    private void change(int firstPage, int pages, PageAccess access, boolean reset) {
        checkPages(firstPage, pages);
        int page = firstPage;
        int end = firstPage + pages;
        while (page < end) {
            int leafIndex = page >>> 10;
            int index = page & LEAF_MASK;
            Leaf leaf = leaves[leafIndex];
            // The first leaf holds the pages that are never accessible and is never uniform but
            // when empty.
            if (index == 0
                    && end - page >= LEAF_PAGES
                    && leafIndex != 0
                    && (reset || leaf.shared)) {
                changeLeaf(leafIndex, leaf, access, reset);
                page += LEAF_PAGES;
                continue;
            }
            leaf = ownLeaf(leafIndex);
            byte before = leaf.flags[index];
            byte after = (byte) (before & ~ACCESS_MASK | access.ordinal());
            if (reset) {
                after &= (byte) ~(MAPPED | OWNED);
                leaf.data[index] = null;
            }
            if (access != PageAccess.NONE) {
                after |= MAPPED;
            }
            mappedPages += ((after & MAPPED) - (before & MAPPED)) / MAPPED;
            leaf.flags[index] = after;
            publish(leaf, leafIndex, index);
            page++;
        }
    }

    /** Changes all pages of a leaf at once, so that mapping much memory costs little. */
    private void changeLeaf(int leafIndex, Leaf leaf, PageAccess access, boolean reset) {
        int mappedBefore = 0;
        if (leaf.shared) {
            mappedBefore = (leaf.flags[0] & MAPPED) != 0 ? LEAF_PAGES : 0;
        } else {
            for (byte flags : leaf.flags) {
                mappedBefore += (flags & MAPPED) / MAPPED;
            }
        }
        boolean mapped = access != PageAccess.NONE || (!reset && mappedBefore > 0);
        setLeaf(leafIndex, UNIFORM[access.ordinal() | (mapped ? MAPPED : 0)]);
        mappedPages += (mapped ? LEAF_PAGES : 0) - mappedBefore;
    }

    @Override
    public void map(int firstPage, byte[][] pages, PageAccess access) {
        checkPages(firstPage, pages.length);
        if (access == PageAccess.NONE) {
            throw new IllegalArgumentException("contents without access");
        }
        for (int number = 0; number < pages.length; number++) {
            int page = firstPage + number;
            Leaf leaf = ownLeaf(page >>> 10);
            int index = page & LEAF_MASK;
            mappedPages += 1 - (leaf.flags[index] & MAPPED) / MAPPED;
            leaf.flags[index] = (byte) (access.ordinal() | MAPPED);
            leaf.data[index] = pages[number];
            publish(leaf, page >>> 10, index);
        }
    }

    /**
     * Gives another memory all that this one has: pages, their octets and access, the heap.
     *
     * @param target nothing of it was ever mapped
     */
    public void copyTo(MachineMemory target) {
        for (int leafIndex = 0; leafIndex < LEAVES; leafIndex++) {
            Leaf leaf = leaves[leafIndex];
            int first = 0;
            while (first < LEAF_PAGES) {
                byte alike = (byte) (leaf.flags[first] & (ACCESS_MASK | MAPPED));
                int end = leaf.shared ? LEAF_PAGES : first + 1;
                while (end < LEAF_PAGES && (leaf.flags[end] & (ACCESS_MASK | MAPPED)) == alike) {
                    end++;
                }
                if ((alike & MAPPED) != 0) {
                    int page = leafIndex * LEAF_PAGES + first;
                    PageAccess access = ACCESSES[alike & ACCESS_MASK];
                    if (access == PageAccess.NONE) {
                        target.setAccess(page, end - first, PageAccess.READ);
                    }
                    target.setAccess(page, end - first, access);
                    copyOctets(leaf, leafIndex, first, end, target);
                }
                first = end;
            }
        }
        target.setHeap(heapTop, heapLimit);
    }

    private static void copyOctets(
            Leaf leaf, int leafIndex, int first, int end, MachineMemory target) {
        for (int index = first; index < end; index++) {
            byte[] data = leaf.data[index];
            if (data != null) {
                target.write(
                        Integer.toUnsignedLong(leafIndex << LEAF_SHIFT | index << 12),
                        data,
                        0,
                        PAGE_SIZE);
            }
        }
    }

    @Override
    public boolean isReadable(long address, long length) {
        return isAccessible(address, length, PageAccess.READ);
    }

    @Override
    public boolean isWritable(long address, long length) {
        return isAccessible(address, length, PageAccess.WRITE);
    }

    private boolean isAccessible(long address, long length, PageAccess access) {
        if (length == 0) {
            return true;
        }
        long last = address + length - 1;
        if ((address | length - 1 | last) >>> 32 != 0) {
            return false;
        }
        int page = (int) (address >>> 12);
        int lastPage = (int) (last >>> 12);
        while (page <= lastPage) {
            if (!isAccessible(page, access)) {
                return false;
            }
            // All pages of a shared leaf are alike.
            page += leaves[page >>> 10].shared ? LEAF_PAGES - (page & LEAF_MASK) : 1;
        }
        return true;
    }

    private static void checkRange(long address, int length) {
        if (address < 0 || length < 0 || address > (1L << 32) - length) {
            throw new IndexOutOfBoundsException("octets " + address + " + " + length);
        }
    }

    @Override
    public void read(long address, byte[] into, int offset, int length) {
        checkRange(address, length);
        int done = 0;
        while (done < length) {
            int at = (int) (address + done);
            int part = Math.min(length - done, PAGE_SIZE - (at & OFFSET_MASK));
            byte[] data = leaves[at >>> LEAF_SHIFT].data[at >>> 12 & LEAF_MASK];
            if (data == null) {
                Arrays.fill(into, offset + done, offset + done + part, (byte) 0);
            } else {
                System.arraycopy(data, at & OFFSET_MASK, into, offset + done, part);
            }
            done += part;
        }
    }

    @Override
    public void write(long address, byte[] from, int offset, int length) {
        checkRange(address, length);
        int done = 0;
        while (done < length) {
            int at = (int) (address + done);
            int part = Math.min(length - done, PAGE_SIZE - (at & OFFSET_MASK));
            System.arraycopy(from, offset + done, ownPage(at >>> 12), at & OFFSET_MASK, part);
            done += part;
        }
    }

    @Override
    public void copyFrom(long address, GuestMemory source, long sourceAddress, int length) {
        checkRange(address, length);
        int done = 0;
        while (done < length) {
            int at = (int) (address + done);
            int part = Math.min(length - done, PAGE_SIZE - (at & OFFSET_MASK));
            source.read(sourceAddress + done, ownPage(at >>> 12), at & OFFSET_MASK, part);
            done += part;
        }
    }

    /** Returns the page's octets to be written, this memory's own from now on. */
    private byte[] ownPage(int page) {
        Leaf leaf = leaves[page >>> 10];
        int index = page & LEAF_MASK;
        if ((leaf.flags[index] & OWNED) != 0) {
            return leaf.data[index];
        }
        if ((leaf.flags[index] & MAPPED) == 0) {
            throw new IllegalStateException("page " + page + " was never mapped");
        }
        leaf = ownLeaf(page >>> 10);
        byte[] data = leaf.data[index];
        data = data == null ? new byte[PAGE_SIZE] : data.clone();
        leaf.data[index] = data;
        leaf.flags[index] |= OWNED;
        publish(leaf, page >>> 10, index);
        return data;
    }

    @Override
    public boolean canLoad(int address, int length) {
        return readable[address >>> LEAF_SHIFT][address >>> 12 & LEAF_MASK] != null
                && (address & OFFSET_MASK) <= PAGE_SIZE - length;
    }

    @Override
    public boolean canStore(int address, int length) {
        return writable[address >>> LEAF_SHIFT][address >>> 12 & LEAF_MASK] != null
                && (address & OFFSET_MASK) <= PAGE_SIZE - length;
    }

    @Override
    public byte getByte(int address) {
        return readable[address >>> LEAF_SHIFT][address >>> 12 & LEAF_MASK][address & OFFSET_MASK];
    }

    @Override
    public short getShort(int address) {
        byte[] page = readable[address >>> LEAF_SHIFT][address >>> 12 & LEAF_MASK];
        return (short) SHORT.get(page, address & OFFSET_MASK);
    }

    @Override
    public int getInt(int address) {
        byte[] page = readable[address >>> LEAF_SHIFT][address >>> 12 & LEAF_MASK];
        return (int) INT.get(page, address & OFFSET_MASK);
    }

    @Override
    public long getLong(int address) {
        byte[] page = readable[address >>> LEAF_SHIFT][address >>> 12 & LEAF_MASK];
        return (long) LONG.get(page, address & OFFSET_MASK);
    }

    @Override
    public void putByte(int address, byte value) {
        writable[address >>> LEAF_SHIFT][address >>> 12 & LEAF_MASK][address & OFFSET_MASK] = value;
    }

    @Override
    public void putShort(int address, short value) {
        byte[] page = writable[address >>> LEAF_SHIFT][address >>> 12 & LEAF_MASK];
        SHORT.set(page, address & OFFSET_MASK, value);
    }

    @Override
    public void putInt(int address, int value) {
        byte[] page = writable[address >>> LEAF_SHIFT][address >>> 12 & LEAF_MASK];
        INT.set(page, address & OFFSET_MASK, value);
    }

    @Override
    public void putLong(int address, long value) {
        byte[] page = writable[address >>> LEAF_SHIFT][address >>> 12 & LEAF_MASK];
        LONG.set(page, address & OFFSET_MASK, value);
    }

    @Override
    public long firstInaccessible(long address, int length, PageAccess access) {
        int first = (int) address;
        if (!isAccessible(first >>> 12, access)) {
            return Integer.toUnsignedLong(first);
        }
        int last = first + length - 1;
        if (last >>> 12 != first >>> 12 && !isAccessible(last >>> 12, access)) {
            return Integer.toUnsignedLong(last & -PAGE_SIZE);
        }
        return -1;
    }

    private boolean isAccessible(int page, PageAccess access) {
        return page >= INACCESSIBLE_PAGES && (flags(page) & ACCESS_MASK) >= access.ordinal();
    }

    @Override
    public long load(long address, int length) {
        int at = (int) address;
        int offset = at & OFFSET_MASK;
        if (offset <= PAGE_SIZE - 8) {
            byte[] page = readable[at >>> LEAF_SHIFT][at >>> 12 & LEAF_MASK];
            return (long) LONG.get(page, offset) & -1L >>> (64 - 8 * length);
        }
        long value = 0;
        for (int octet = length - 1; octet >= 0; octet--) {
            int of = at + octet;
            byte[] page = readable[of >>> LEAF_SHIFT][of >>> 12 & LEAF_MASK];
            value = value << 8 | (page[of & OFFSET_MASK] & 0xff);
        }
        return value;
    }

    @Override
    public void store(long address, int length, long value) {
        int at = (int) address;
        for (int octet = 0; octet < length; octet++) {
            int of = at + octet;
            byte[] page = writable[of >>> LEAF_SHIFT][of >>> 12 & LEAF_MASK];
            if (page == null) {
                page = ownPage(of >>> 12);
            }
            page[of & OFFSET_MASK] = (byte) (value >>> (8 * octet));
        }
    }

    @Override
    public long heapTop() {
        return heapTop;
    }

    @Override
    public long heapLimit() {
        return heapLimit;
    }

    @Override
    public void setHeap(long top, long limit) {
        if (top < 0 || top > limit || limit > 1L << 32 || (limit & OFFSET_MASK) != 0) {
            throw new IllegalArgumentException("heap up to " + top + " of " + limit);
        }
        heapTop = top;
        heapLimit = limit;
    }

    @Override
    public long mappedBytes() {
        return mappedPages * PAGE_SIZE;
    }
}
