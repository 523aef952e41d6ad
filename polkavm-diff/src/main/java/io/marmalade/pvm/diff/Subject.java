package io.marmalade.pvm.diff;

import io.marmalade.pvm.Dialect;

/**
 * Something that runs cases: one of our engines, or a program that answers a line protocol. Not
 * thread-safe; what was submitted is taken in the same order.
 */
public interface Subject extends AutoCloseable {
    /** {@return what the subject is called in results} */
    String name();

    /** {@return whether it is PolkaVM, to which the {@link ExpectedDifference}s apply} */
    boolean isPolkaVm();

    /**
     * Returns whether it knows programs of a dialect; it must not be asked to run others.
     *
     * @param dialect of the programs
     * @return true if it can be asked
     */
    boolean runs(Dialect dialect);

    /**
     * Begins a run. It may already be over on return.
     *
     * @param start what to run
     */
    void submit(DiffCase start);

    /** {@return the outcome of the oldest run that was not taken yet} */
    Outcome take();

    /**
     * Runs a case alone; nothing may be waiting to be taken.
     *
     * @param start what to run
     * @return what was seen
     */
    default Outcome run(DiffCase start) {
        submit(start);
        return take();
    }

    @Override
    void close();
}
