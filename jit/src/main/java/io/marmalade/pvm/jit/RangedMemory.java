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

    /** Far beyond every address. */
    static final long NOWHERE = 1L << 62;

    /** A writable range that is alone is the upper one from here on: it is the stack. */
    private static final long UPPER = 1L << 31;

    /**
     * Where the lower range of writable octets starts and how many there are, and the same of the
     * upper one; read by compiled code. A range that is empty starts where no address is, so that
     * each may be taken to have at least a page.
     */
    long lowFrom = NOWHERE;

    long lowSize = PAGE_SIZE;
    long highFrom = NOWHERE;
    long highSize = PAGE_SIZE;

    /** The same ranges by their ends; empty where the end is not behind the start. */
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
        } else if (lowStart >= lowEnd && (start < UPPER || highStart < highEnd)) {
            setLow(start, end, delta);
        } else if (highStart >= highEnd || highEnd - highStart < end - start) {
            setHigh(start, end, delta);
        }
        if (lowStart < lowEnd && highStart < highEnd && highStart < lowStart) {
            long formerStart = lowStart;
            long formerEnd = lowEnd;
            long formerDelta = lowDelta;
            setLow(highStart, highEnd, highDelta);
            setHigh(formerStart, formerEnd, formerDelta);
        }
        if (lowStart < lowEnd
                && highStart < highEnd
                && highStart <= lowEnd
                && lowDelta == highDelta) {
            lowEnd = Math.max(lowEnd, highEnd);
            setHigh(0, 0, 0);
        }
        publish();
    }

    private void publish() {
        lowFrom = lowStart < lowEnd ? lowStart : NOWHERE;
        lowSize = lowStart < lowEnd ? lowEnd - lowStart : PAGE_SIZE;
        highFrom = highStart < highEnd ? highStart : NOWHERE;
        highSize = highStart < highEnd ? highEnd - highStart : PAGE_SIZE;
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
        publish();
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
