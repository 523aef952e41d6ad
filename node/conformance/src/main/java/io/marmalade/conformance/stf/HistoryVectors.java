package io.marmalade.conformance.stf;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.state.RecentHistory;
import io.marmalade.transition.history.History;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Vectors of the recent history. */
public final class HistoryVectors {
    private HistoryVectors() {}

    /**
     * Runs a folder.
     *
     * @throws IOException if a file cannot be read
     */
    public static FamilyResult run(ProtocolConfig config, Path folder) throws IOException {
        return StfVectors.run(config, folder, HistoryVectors::run);
    }

    private static Optional<String> run(ProtocolConfig config, Decoder in) {
        Hash headerHash = in.hash();
        Hash parentStateRoot = in.hash();
        Hash accumulationRoot = in.hash();
        long timeslot =
                switch (config.version()) {
                    case V0_7_2 -> 0;
                    case V0_8_0 -> in.u32();
                };
        SortedMap<Hash, Hash> packages = new TreeMap<>();
        int count = in.count(2 * Hash.SIZE);
        for (int i = 0; i < count; i++) {
            packages.put(in.hash(), in.hash());
        }
        RecentHistory prior = RecentHistory.decode(in);
        RecentHistory posterior = RecentHistory.decode(in);
        in.finish();
        return StfVectors.compare(
                "history",
                posterior,
                new History(config)
                        .append(
                                History.withStateRoot(prior.blocks(), parentStateRoot),
                                prior.accumulationOutputLog(),
                                headerHash,
                                timeslot,
                                accumulationRoot,
                                packages));
    }
}
