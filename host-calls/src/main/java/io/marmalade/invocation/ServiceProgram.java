package io.marmalade.invocation;

import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;
import org.jspecify.annotations.Nullable;

/**
 * The code of a service or an authorizer, decoded: a standard program, or something that is none and panics when it is
 * run. Immutable and safe to share.
 *
 * @gp sec:standardprograminit
 */
public final class ServiceProgram {
    private static final long ZONE = 1 << 16;
    private static final long MAX_ARGUMENTS = 1 << 24;

    private final int size;
    private final @Nullable StandardProgram standard;
    private final int heapEnd;
    private final int heapLimit;

    private ServiceProgram(int size, @Nullable StandardProgram standard, int heapEnd, int heapLimit) {
        this.size = size;
        this.standard = standard;
        this.heapEnd = heapEnd;
        this.heapLimit = heapLimit;
    }

    /**
     * Decodes code.
     *
     * @param code without metadata; it is not kept
     */
    public static ServiceProgram decode(byte[] code, ProtocolVersion version) {
        StandardProgram standard = StandardProgram.decode(code, version).orElse(null);
        if (standard == null) {
            return new ServiceProgram(code.length, null, 0, 0);
        }
        long readOnly = natural(code, 0, 3);
        long readWrite = natural(code, 3, 3);
        long heapPages = natural(code, 6, 2);
        long stack = natural(code, 8, 3);
        long start = 2 * ZONE + roundUp(readOnly, ZONE);
        long end = start + roundUp(readWrite, GuestMemory.PAGE_SIZE) + heapPages * GuestMemory.PAGE_SIZE;
        long limit = (1L << 32) - 3 * ZONE - MAX_ARGUMENTS - roundUp(stack, ZONE);
        return new ServiceProgram(
                code.length,
                standard,
                (int) (end / GuestMemory.PAGE_SIZE),
                (int) (limit / GuestMemory.PAGE_SIZE));
    }

    /** Returns the octets of the code. */
    public int size() {
        return size;
    }

    /** Returns the program, or null if the code is not one. */
    public @Nullable StandardProgram standard() {
        return standard;
    }

    /** Returns the heap that a run of the program starts with. */
    Heap newHeap() {
        return new Heap(heapEnd, heapLimit);
    }

    private static long natural(byte[] octets, int offset, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | octets[offset + i] & 0xff;
        }
        return value;
    }

    private static long roundUp(long value, long unit) {
        return (value + unit - 1) / unit * unit;
    }
}
