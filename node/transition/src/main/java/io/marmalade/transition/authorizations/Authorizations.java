package io.marmalade.transition.authorizations;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Moves authorizers from the queues to the pools.
 *
 * @gp sec:authorization
 */
public final class Authorizations {
    private Authorizations() {}

    /**
     * Returns the pools after a block (α').
     *
     * @param config the chain's parameters
     * @param pools α
     * @param queues φ'
     * @param timeslot H_T
     * @param used the authorizer hash of each core that a report was guaranteed on in the block
     */
    public static List<List<Hash>> apply(
            ProtocolConfig config,
            List<List<Hash>> pools,
            List<List<Hash>> queues,
            long timeslot,
            Map<Integer, Hash> used) {
        int slot = (int) (timeslot % config.authQueueSize());
        List<List<Hash>> posterior = new ArrayList<>(pools.size());
        for (int core = 0; core < pools.size(); core++) {
            List<Hash> pool = new ArrayList<>(pools.get(core));
            Hash authorizer = used.get(core);
            if (authorizer != null) {
                pool.remove(authorizer);
            }
            pool.add(queues.get(core).get(slot));
            int surplus = pool.size() - config.authPoolSize();
            posterior.add(List.copyOf(surplus > 0 ? pool.subList(surplus, pool.size()) : pool));
        }
        return List.copyOf(posterior);
    }
}
