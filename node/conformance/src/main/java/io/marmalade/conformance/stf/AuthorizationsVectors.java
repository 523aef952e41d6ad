package io.marmalade.conformance.stf;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.transition.authorizations.Authorizations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Vectors of the authorizer pools. */
public final class AuthorizationsVectors {
    private AuthorizationsVectors() {}

    private record Pools(List<List<Hash>> pools, List<List<Hash>> queues) {
        static Pools decode(Decoder in) {
            int cores = in.config().coreCount();
            return new Pools(
                    in.fixed(cores, i -> i.sequence(Hash.SIZE, Decoder::hash)),
                    in.fixed(cores, i -> i.fixed(i.config().authQueueSize(), Decoder::hash)));
        }
    }

    /**
     * Runs a folder.
     *
     * @throws IOException if a file cannot be read
     */
    public static FamilyResult run(ProtocolConfig config, Path folder) throws IOException {
        return StfVectors.run(config, folder, AuthorizationsVectors::run);
    }

    private static Optional<String> run(ProtocolConfig config, Decoder in) {
        long timeslot = in.u32();
        Map<Integer, Hash> used = new HashMap<>();
        int count = in.count(2 + Hash.SIZE);
        for (int i = 0; i < count; i++) {
            used.put(in.u16(), in.hash());
        }
        Pools prior = Pools.decode(in);
        Pools posterior = Pools.decode(in);
        in.finish();
        return StfVectors.compare(
                "pools",
                posterior.pools,
                Authorizations.apply(config, prior.pools, prior.queues, timeslot, used));
    }
}
