package io.marmalade.pvm;

/**
 * A guest memory as its engine accesses it. Addresses are 32 bits, accesses are little-endian, of
 * 1, 2, 4 or 8 octets, and go around at 2³².
 *
 * <p>The quick accesses ({@link #canLoad} with {@code getInt} and the like) say no wherever they
 * would have to think: at the border of two pages, on pages that were never written. What they
 * refuse is for the careful ones to decide.
 */
public abstract class MachineMemory implements GuestMemory {
    /** For implementations. */
    protected MachineMemory() {}

    /**
     * Returns whether the guest may read all octets of an access and the quick accesses can do it.
     *
     * @param length 1, 2, 4 or 8
     */
    public abstract boolean canLoad(int address, int length);

    /**
     * Returns whether the guest may write all octets of an access and the quick accesses can do it.
     *
     * @param length 1, 2, 4 or 8
     */
    public abstract boolean canStore(int address, int length);

    /** Reads one octet where {@link #canLoad} said yes. */
    public abstract byte getByte(int address);

    /** Reads two octets where {@link #canLoad} said yes. */
    public abstract short getShort(int address);

    /** Reads four octets where {@link #canLoad} said yes. */
    public abstract int getInt(int address);

    /** Reads eight octets where {@link #canLoad} said yes. */
    public abstract long getLong(int address);

    /** Writes one octet where {@link #canStore} said yes. */
    public abstract void putByte(int address, byte value);

    /** Writes two octets where {@link #canStore} said yes. */
    public abstract void putShort(int address, short value);

    /** Writes four octets where {@link #canStore} said yes. */
    public abstract void putInt(int address, int value);

    /** Writes eight octets where {@link #canStore} said yes. */
    public abstract void putLong(int address, long value);

    /**
     * Returns the first octet that the guest cannot access, going up from an address and around at
     * 2³².
     *
     * @param address the lowest 32 bits count
     * @param length 1..8
     * @param access {@link PageAccess#READ} or {@link PageAccess#WRITE}
     * @return an address of 32 bits, or -1 if all can be accessed
     */
    public abstract long firstInaccessible(long address, int length, PageAccess access);

    /**
     * Reads a little-endian number, around at 2³².
     *
     * @param address the lowest 32 bits count; every octet must be readable by the guest
     * @param length 1, 2, 4 or 8
     * @return the number, zero-extended
     */
    public abstract long load(long address, int length);

    /**
     * Writes a little-endian number, around at 2³².
     *
     * @param address the lowest 32 bits count; every octet must be writable by the guest
     * @param length 1, 2, 4 or 8
     * @param value its lowest octets count
     */
    public abstract void store(long address, int length, long value);
}
