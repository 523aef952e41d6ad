package io.marmalade.invocation;

/**
 * What host calls answer in φ₇, unsigned.
 *
 * @gp sec:virtualmachineinvocations
 */
public final class ResultCode {
    /** Success. */
    public static final long OK = 0;

    /** There is no such item. */
    public static final long NONE = -1;

    /** There is no such call. */
    public static final long WHAT = -2;

    /** The inner machine's memory is not accessible there. */
    public static final long OOB = -3;

    /** There is no such index. */
    public static final long WHO = -4;

    /** Storage is full, or the thing is taken. */
    public static final long FULL = -5;

    /** There is no such core. */
    public static final long CORE = -6;

    /** The balance does not suffice. */
    public static final long CASH = -7;

    /** The gas limit is too low. */
    public static final long LOW = -8;

    /** The operation is not valid, or not this service's to do. */
    public static final long HUH = -9;

    private ResultCode() {}

    /** How an inner machine stopped. */
    public static final class Inner {
        /** Regularly. */
        public static final long HALT = 0;

        /** With a panic. */
        public static final long PANIC = 1;

        /** With a page fault. */
        public static final long FAULT = 2;

        /** With a host call. */
        public static final long HOST = 3;

        /** Out of gas. */
        public static final long OOG = 4;

        private Inner() {}
    }
}
