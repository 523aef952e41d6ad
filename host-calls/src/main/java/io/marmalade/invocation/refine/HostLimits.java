package io.marmalade.invocation.refine;

import java.util.function.BooleanSupplier;

/**
 * How much of its host one refinement may take. These are the node's bounds, not the protocol's: a
 * refinement that reaches one is {@linkplain RefineInvocation.Outcome.Refused refused}, which says
 * nothing about the work item but that this node will not judge it.
 *
 * @param maxInnerMachines at one time; since 0.8.0 the protocol's own bound of 63 comes first
 * @param maxInnerOctets of memory and programs of all inner machines together; a program counts
 *     eightfold for what is made of it
 * @param stop asked at every host call and every {@value #GAS_BETWEEN_ASKING} gas of inner
 *     machines; once it says true the refinement is refused. This is how a node bounds time: host
 *     calls of 0.7.2 cost the same however much they move, and inner machines run on gas that
 *     nobody pays for
 */
public record HostLimits(int maxInnerMachines, long maxInnerOctets, BooleanSupplier stop) {
    /** How much gas an inner machine uses at most before {@link #stop} is asked again. */
    public static final long GAS_BETWEEN_ASKING = 20_000_000;

    /** How many octets an octet of a program's blob stands for, decoded and compiled. */
    static final int PROGRAM_FACTOR = 8;

    /** 1024 machines and 1 GiB, and no end. */
    public static final HostLimits DEFAULT = new HostLimits(1024, 1L << 30, () -> false);

    /** Returns these limits with another that says when to stop. */
    public HostLimits until(BooleanSupplier newStop) {
        return new HostLimits(maxInnerMachines, maxInnerOctets, newStop);
    }
}
