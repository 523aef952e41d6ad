package io.marmalade.state;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Hash;
import java.util.SortedSet;

/**
 * What came of disputes (ψ).
 *
 * @param good ψ_G: reports judged valid
 * @param bad ψ_B: reports judged invalid
 * @param wonky ψ_W: reports on which judgement is split
 * @param offenders ψ_O: validators that misbehaved
 * @gp eq:disputesstatecomposition
 */
public record DisputeRecords(
        SortedSet<Hash> good,
        SortedSet<Hash> bad,
        SortedSet<Hash> wonky,
        SortedSet<Ed25519Key> offenders) {}
