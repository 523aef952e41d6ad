package io.marmalade.invocation;

import io.marmalade.pvm.ProtocolVersion;

/**
 * The host calls and the numbers that guests know them by.
 *
 * @gp sec:virtualmachineinvocations
 */
public enum HostCallName {
    /** The gas that is left (Ω_G). */
    GAS(0, 0),
    /** Grows the heap; since 0.8.0. */
    GROW_HEAP(HostCallName.ABSENT, 1),
    /** Reads the run's surroundings (Ω_Y). */
    FETCH(1, 2),
    /** Reads a preimage (Ω_L). */
    LOOKUP(2, 3),
    /** Reads storage (Ω_R). */
    READ(3, 4),
    /** Writes storage (Ω_W). */
    WRITE(4, 5),
    /** Reads an account (Ω_I). */
    INFO(5, 6),
    /** Reads a preimage as of the lookup anchor (Ω_H). */
    HISTORICAL_LOOKUP(6, 7),
    /** Exports a segment (Ω_E). */
    EXPORT(7, 8),
    /** Makes an inner machine (Ω_M). */
    MACHINE(8, 9),
    /** Reads an inner machine's memory (Ω_P). */
    PEEK(9, 10),
    /** Writes an inner machine's memory (Ω_O). */
    POKE(10, 11),
    /** Sets access to an inner machine's pages (Ω_Z). */
    PAGES(11, 12),
    /** Runs an inner machine (Ω_K). */
    INVOKE(12, 13),
    /** Removes an inner machine (Ω_X). */
    EXPUNGE(13, 14),
    /** Sets privileges (Ω_B). */
    BLESS(14, 15),
    /** Sets a core's authorization queue (Ω_A). */
    ASSIGN(15, 16),
    /** Sets the next validators (Ω_D). */
    DESIGNATE(16, 17),
    /** Keeps what was done so far (Ω_C). */
    CHECKPOINT(17, 18),
    /** Creates a service (Ω_N). */
    NEW(18, 19),
    /** Changes the service's code (Ω_U). */
    UPGRADE(19, 20),
    /** Transfers balance (Ω_T). */
    TRANSFER(20, 21),
    /** Removes another service (Ω_J). */
    EJECT(21, 22),
    /** Reads a preimage request (Ω_Q). */
    QUERY(22, 23),
    /** Requests a preimage (Ω_S). */
    SOLICIT(23, 24),
    /** Gives a preimage up (Ω_F). */
    FORGET(24, 25),
    /** Sets the accumulation output (Ω_♉). */
    YIELD(25, 26),
    /** Provides a preimage (Ω_♈). */
    PROVIDE(26, 27),
    /**
     * Says something to the node's operator (JIP-1); not in the paper, which takes it for a number
     * not known.
     */
    LOG(100, 100);

    /** Stands for the number of a call that a version does not have. */
    static final int ABSENT = -1;

    private final int number072;
    private final int number080;

    HostCallName(int number072, int number080) {
        this.number072 = number072;
        this.number080 = number080;
    }

    /** Returns whether a version has this call. */
    public boolean isIn(ProtocolVersion version) {
        return numberIn(version) != ABSENT;
    }

    /**
     * Returns the call's number.
     *
     * @return 0..100
     * @throws IllegalArgumentException if the version does not have this call
     */
    public int number(ProtocolVersion version) {
        int number = numberIn(version);
        if (number == ABSENT) {
            throw new IllegalArgumentException(this + " is not in " + version);
        }
        return number;
    }

    private int numberIn(ProtocolVersion version) {
        return switch (version) {
            case V0_7_2 -> number072;
            case V0_8_0 -> number080;
        };
    }
}
