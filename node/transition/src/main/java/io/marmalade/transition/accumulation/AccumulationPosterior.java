package io.marmalade.transition.accumulation;

import io.marmalade.base.Hash;
import io.marmalade.state.AccumulationOutput;
import io.marmalade.state.Privileges;
import io.marmalade.state.ReadyRecord;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.ValidatorSet;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What accumulation gives.
 *
 * @param services δ‡: changes on top of the prior accounts, last accumulation slots included; the
 *     receiver may change them further (preimages of the extrinsic come next)
 * @param stagingSet ι′
 * @param authorizerQueues φ′
 * @param privileges χ′
 * @param readyQueue ω′: E entries; one in which nothing changed is the same object as before
 * @param accumulatedPackages ξ′: E entries, the latest last
 * @param outputs θ′: in ascending order of service, then hash
 * @param statistics S: by service, of those that did anything
 * @param accumulatedReports n: how many reports were accumulated
 * @gp sec:accumulation
 */
public record AccumulationPosterior(
        ServiceChanges services,
        ValidatorSet stagingSet,
        List<List<Hash>> authorizerQueues,
        Privileges privileges,
        List<List<ReadyRecord>> readyQueue,
        List<SortedSet<Hash>> accumulatedPackages,
        List<AccumulationOutput> outputs,
        SortedMap<Long, AccumulationRecord> statistics,
        int accumulatedReports) {}
