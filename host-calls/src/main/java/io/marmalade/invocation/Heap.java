package io.marmalade.invocation;

/**
 * Where the heap of a running program ends and how far it may grow, in pages. Since 0.8.0; before, a program grows its heap
 * by an instruction.
 *
 * @gp eq:memlayout
 */
public final class Heap {
    private int end;
    private final int limit;

    /**
     * @param end the first page behind the heap, 0..2²⁰
     * @param limit the greatest that the end may become, 0..2²⁰
     */
    public Heap(int end, int limit) {
        this.end = end;
        this.limit = limit;
    }

    /** Returns the first page behind the heap. */
    public int end() {
        return end;
    }

    /** Returns the greatest that {@link #end} may become. */
    public int limit() {
        return limit;
    }

    /** Sets the first page behind the heap, up to {@link #limit}. */
    public void setEnd(int end) {
        this.end = end;
    }
}
