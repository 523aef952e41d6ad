package io.marmalade.pvm.diff;

import io.marmalade.pvm.diff.LineSubject.Backend;

import java.util.Optional;

/**
 * Something that runs cases: one of our engines, or a program that answers a line protocol. Not
 * thread-safe; what was submitted is taken in the same order.
 */
public interface Subject extends AutoCloseable {
    /** {@return what the subject is called in results} */
    String name();

    /**
     * {@return which of PolkaVM's engines it is, to which {@link ExpectedDifference}s apply;
     * nothing if it is none}
     */
    Optional<Backend> polkaVm();

    /**
     * Returns whether it can run a case: it knows the dialect, and can lay out the memory so. It
     * must not be asked to run others.
     *
     * @param start the case
     * @return true if it can be asked
     */
    boolean runs(DiffCase start);

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
