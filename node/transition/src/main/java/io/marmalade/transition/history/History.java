package io.marmalade.transition.history;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.tree.MerkleTree;
import io.marmalade.state.AccumulationOutput;
import io.marmalade.state.MerkleMountainRange;
import io.marmalade.state.RecentBlock;
import io.marmalade.state.RecentHistory;
import io.marmalade.transition.rules.TransitionRules;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Remembers the latest blocks, and logs what accumulation put out.
 *
 * @gp sec:recenthistory
 */
public final class History {
    private final ProtocolConfig config;
    private final TransitionRules rules;

    /**
     * @param config the chain's parameters
     */
    public History(ProtocolConfig config) {
        this.config = config;
        this.rules = TransitionRules.of(config.version());
    }

    /**
     * Returns the recent blocks with the state root of the latest, which only its child knows (β†).
     *
     * @param prior β_H
     * @param priorStateRoot H_R
     * @gp eq:correctlaststateroot
     */
    public static List<RecentBlock> withStateRoot(List<RecentBlock> prior, Hash priorStateRoot) {
        if (prior.isEmpty()) {
            return prior;
        }
        RecentBlock last = prior.getLast();
        List<RecentBlock> corrected = new ArrayList<>(prior);
        corrected.set(
                prior.size() - 1,
                new RecentBlock(
                        last.headerHash(),
                        last.superPeak(),
                        priorStateRoot,
                        last.timeslot(),
                        last.reportedPackages()));
        return List.copyOf(corrected);
    }

    /**
     * Returns the root of a block's accumulation outputs, which is appended to the log.
     *
     * @param outputs θ', in ascending order of service
     */
    public Hash accumulationRoot(List<AccumulationOutput> outputs) {
        List<Bytes> leaves = new ArrayList<>(outputs.size());
        for (AccumulationOutput output : outputs) {
            Encoder leaf = new Encoder(config);
            leaf.u32(output.service()).octets(output.output());
            leaves.add(Bytes.of(leaf.toArray()));
        }
        return MerkleTree.KECCAK.wellBalancedRoot(leaves);
    }

    /**
     * Returns the recent history after a block (β').
     *
     * @param blocks β†
     * @param log β_B
     * @param headerHash of the block
     * @param timeslot of the block
     * @param accumulationRoot of the block's accumulation outputs
     * @param reportedPackages package hash to segment root of the reports in the block
     * @gp eq:recenthistorydef
     */
    public RecentHistory append(
            List<RecentBlock> blocks,
            MerkleMountainRange log,
            Hash headerHash,
            long timeslot,
            Hash accumulationRoot,
            SortedMap<Hash, Hash> reportedPackages) {
        MerkleMountainRange posteriorLog = log.append(accumulationRoot);
        RecentBlock latest =
                new RecentBlock(
                        headerHash,
                        posteriorLog.superPeak(),
                        Hash.ZERO,
                        rules.historyHasTimeslots() ? timeslot : 0,
                        reportedPackages);
        List<RecentBlock> posterior = new ArrayList<>(blocks);
        posterior.add(latest);
        int surplus = Math.max(0, posterior.size() - config.recentHistoryLength());
        return new RecentHistory(
                List.copyOf(posterior.subList(surplus, posterior.size())), posteriorLog);
    }
}
