package io.marmalade.pvm.jit;

import io.marmalade.pvm.MachineMemory;

/**
 * A guest memory that compiled code reads and writes directly.
 *
 * <p>Two ranges of writable octets are kept at hand, the lower usually the heap and the upper the
 * stack: an access within one of them needs no look at its pages. Invariants: every octet of a
 * range is writable by the guest and lies {@code delta} behind its address in what holds the
 * octets; the lower range ends at or below the start of the upper. Not thread-safe.
 */
abstract class RangedMemory extends MachineMemory {
    /** Pages below this one are never accessible to the guest, whatever their access. */
    static final int NO_ACCESS_BELOW = 16;

    /** The lower range of writable octets, and the upper one; read by compiled code. */
    long lowStart;

    long lowEnd;
    long highStart;
    long highEnd;

    /** What is to be added to the addresses of a range; read by compiled code. */
    long lowDelta;

    long highDelta;

    private long heapTop;
    private long heapLimit;

    /** Gives the memory back. */
    abstract void close();

    /** Takes note of writable octets, all of which lie as far behind their address. */
    final void widen(long start, long end, long delta) {
        if (start <= lowEnd && end >= lowStart && lowStart < lowEnd && delta == lowDelta) {
            lowStart = Math.min(start, lowStart);
            lowEnd = Math.max(end, lowEnd);
        } else if (start <= highEnd
                && end >= highStart
                && highStart < highEnd
                && delta == highDelta) {
            highStart = Math.min(start, highStart);
            highEnd = Math.max(end, highEnd);
        } else if (lowStart >= lowEnd) {
            setLow(start, end, delta);
        } else if (highStart >= highEnd || highEnd - highStart < end - start) {
            setHigh(start, end, delta);
        }
        if (highStart < highEnd && (lowStart >= lowEnd || highStart < lowStart)) {
            long formerStart = lowStart;
            long formerEnd = lowEnd;
            long formerDelta = lowDelta;
            setLow(highStart, highEnd, highDelta);
            setHigh(formerStart, formerEnd, formerDelta);
        }
        if (highStart < highEnd && highStart <= lowEnd && lowDelta == highDelta) {
            lowEnd = Math.max(lowEnd, highEnd);
            setHigh(0, 0, 0);
        }
    }

    private void setLow(long start, long end, long delta) {
        lowStart = start;
        lowEnd = end;
        lowDelta = delta;
    }

    private void setHigh(long start, long end, long delta) {
        highStart = start;
        highEnd = end;
        highDelta = delta;
    }

    /** Takes note of octets that are not writable, or not where they were. */
    final void cut(long start, long end) {
        if (start < lowEnd && end > lowStart) {
            if (start - lowStart >= lowEnd - end) {
                lowEnd = Math.max(lowStart, start);
            } else {
                lowStart = Math.min(lowEnd, end);
            }
        }
        if (start < highEnd && end > highStart) {
            if (start - highStart >= highEnd - end) {
                highEnd = Math.max(highStart, start);
            } else {
                highStart = Math.min(highEnd, end);
            }
        }
    }

    /** Returns whether one of the two ranges holds all octets from an address on. */
    final boolean isInRange(long address, long length) {
        return address >= lowStart && address + length <= lowEnd
                || address >= highStart && address + length <= highEnd;
    }

    @Override
    public final long heapTop() {
        return heapTop;
    }

    @Override
    public final long heapLimit() {
        return heapLimit;
    }

    @Override
    public final void setHeap(long top, long limit) {
        if (top < 0 || top > limit || limit > 1L << 32 || (limit & PAGE_SIZE - 1) != 0) {
            throw new IllegalArgumentException("heap up to " + top + " of " + limit);
        }
        heapTop = top;
        heapLimit = limit;
    }

    static void checkPages(int firstPage, int pages) {
        if (firstPage < 0 || pages < 0 || pages > (1 << 20) - firstPage) {
            throw new IndexOutOfBoundsException(pages + " pages from " + firstPage + " on");
        }
    }

    static void checkRange(long address, int length) {
        if (address < 0 || length < 0 || address > (1L << 32) - length) {
            throw new IndexOutOfBoundsException(
                    length + " octets at " + Long.toUnsignedString(address));
        }
    }
}
