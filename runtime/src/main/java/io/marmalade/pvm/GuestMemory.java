package io.marmalade.pvm;

/**
 * A guest's memory of 2³² octets in pages of 4096, as its host sees it.
 *
 * <p>Addresses and lengths are given as the 64-bit values that registers hold, unsigned; whatever
 * does not lie below 2³² as a whole is not accessible. A range of length 0 is accessible wherever
 * it is.
 *
 * @gp eq:pvmmemory
 */
public interface GuestMemory {
    /** The octets of a page. */
    int PAGE_SIZE = 4096;

    /** Returns what the guest may do with a page, 0..2²⁰−1. */
    PageAccess access(int page);

    /**
     * Sets what the guest may do with pages, keeping their contents.
     *
     * @param firstPage 0..2²⁰−1
     * @param pages how many, 0..2²⁰−firstPage
     */
    void setAccess(int firstPage, int pages, PageAccess access);

    /** Sets what the guest may do with pages, and their contents to zeroes. */
    void reset(int firstPage, int pages, PageAccess access);

    /**
     * Maps pages with given contents, as {@link #reset} and {@link #write} would.
     *
     * @param firstPage 0..2²⁰−pages
     * @param pages each of {@link #PAGE_SIZE} octets; they may be shared with this memory and must
     *     not be changed any more
     * @param access not {@link PageAccess#NONE}: such pages have no contents
     * @throws IllegalArgumentException if it is
     */
    default void map(int firstPage, byte[][] pages, PageAccess access) {
        if (access == PageAccess.NONE) {
            throw new IllegalArgumentException("contents without access");
        }
        reset(firstPage, pages.length, access);
        for (int index = 0; index < pages.length; index++) {
            write((long) (firstPage + index) * PAGE_SIZE, pages[index]);
        }
    }

    /**
     * Returns the end of the heap, from which it grows: an address of at most 2³², 0 where there is
     * no heap.
     */
    long heapTop();

    /** Returns the address that the heap can grow to, 0 where there is no heap. */
    long heapLimit();

    /**
     * Sets where the heap ends and how far it can grow; it maps nothing.
     *
     * @param top at most the limit
     * @param limit a multiple of {@link #PAGE_SIZE}, at most 2³²
     */
    void setHeap(long top, long limit);

    /**
     * Grows the heap and makes the pages up to its new end writable.
     *
     * @param octets by how much, unsigned
     * @return the end of the heap before, or 0 (and nothing changed) if it cannot grow so far
     */
    default long growHeap(long octets) {
        long top = heapTop();
        if (Long.compareUnsigned(octets, heapLimit() - top) > 0) {
            return 0;
        }
        int firstPage = (int) (top + PAGE_SIZE - 1 >>> 12);
        int endPage = (int) (top + octets + PAGE_SIZE - 1 >>> 12);
        setAccess(firstPage, endPage - firstPage, PageAccess.WRITE);
        setHeap(top + octets, heapLimit());
        return top;
    }

    /** Returns whether every octet of the range may be read. */
    boolean isReadable(long address, long length);

    /** Returns whether every octet of the range may be written. */
    boolean isWritable(long address, long length);

    /**
     * Copies octets out of memory, whatever the guest may do with them (those never mapped read as
     * zero).
     *
     * @param address unsigned; the range must lie below 2³²
     */
    void read(long address, byte[] into, int offset, int length);

    /**
     * Copies octets into memory, whatever the guest may do with them; the pages must have been
     * mapped.
     *
     * @param address unsigned; the range must lie below 2³²
     */
    void write(long address, byte[] from, int offset, int length);

    /** Returns a copy of a range, whatever the guest may do with it. */
    default byte[] read(long address, int length) {
        byte[] octets = new byte[length];
        read(address, octets, 0, length);
        return octets;
    }

    /** Copies all octets into memory, whatever the guest may do with them. */
    default void write(long address, byte[] from) {
        write(address, from, 0, from.length);
    }

    /**
     * Copies octets from another guest's memory into this one, whatever the guests may do with
     * them, as {@link #read} there and {@link #write} here would.
     *
     * @param address where they go, unsigned; the range must lie below 2³²
     * @param source another memory than this
     * @param sourceAddress where they are, unsigned; the range must lie below 2³²
     * @param length how many, 0..2³¹−1
     */
    default void copyFrom(long address, GuestMemory source, long sourceAddress, int length) {
        byte[] piece = new byte[Math.min(length, 1 << 16)];
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, piece.length);
            source.read(sourceAddress + done, piece, 0, part);
            write(address + done, piece, 0, part);
            done += part;
        }
    }

    /**
     * Returns the octets of all pages that were ever mapped and not reset to no access: what this
     * instance costs its host.
     */
    long mappedBytes();
}
