package io.marmalade.pvm;

/**
 * A guest's memory of 2³² octets in pages of 4096, as its host sees it.
 *
 * <p>Addresses and lengths are given as the 64-bit values that registers hold, unsigned; whatever does not lie below
 * 2³² as a whole is not accessible. A range of length 0 is accessible wherever it is.
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

    /** Returns whether every octet of the range may be read. */
    boolean isReadable(long address, long length);

    /** Returns whether every octet of the range may be written. */
    boolean isWritable(long address, long length);

    /**
     * Copies octets out of memory, whatever the guest may do with them (those never mapped read as zero).
     *
     * @param address unsigned; the range must lie below 2³²
     */
    void read(long address, byte[] into, int offset, int length);

    /**
     * Copies octets into memory, whatever the guest may do with them; the pages must have been mapped.
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

    /** Returns the octets of all pages that were ever mapped and not reset to no access: what this instance costs its host. */
    long mappedBytes();
}
