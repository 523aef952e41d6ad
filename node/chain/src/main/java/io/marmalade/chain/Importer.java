package io.marmalade.chain;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.block.Block;
import io.marmalade.block.Header;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.Decoder;
import io.marmalade.state.RecentBlock;
import io.marmalade.state.State;
import io.marmalade.store.ChainState;
import io.marmalade.store.MemoryStateStore;
import io.marmalade.store.StateStore;
import io.marmalade.transition.BlockTransition;
import io.marmalade.transition.reports.Ancestry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Imports blocks over the transition, keeping the states of recent blocks, siblings included.
 *
 * <p>Invariant: of every block whose state is kept, the ancestors are known, unless ancestors are
 * not checked at all. A block that is refused leaves everything as it was. No verdict is
 * remembered: a block that comes again is verified again.
 */
public final class Importer implements BlockImporter {
    /**
     * How many ancestors of the latest block keep their states, and with them the forks that part
     * there.
     */
    private static final int KEPT_ANCESTORS = 64;

    private final ProtocolConfig config;
    private final BlockTransition transition;
    private final StateStore states = new MemoryStateStore();
    private final Map<Hash, Ancestors> ancestors = new HashMap<>();
    private boolean checksAncestors;
    private int sincePruning;

    /**
     * @param config the chain's parameters and protocol version
     * @param transition of the same chain
     */
    public Importer(ProtocolConfig config, BlockTransition transition) {
        this.config = config;
        this.transition = transition;
    }

    @Override
    public Hash initialize(
            Hash headerHash, SortedMap<StateKey, Bytes> state, Optional<List<Ancestor>> ancestry) {
        ChainState start = ChainState.of(config, state);
        states.clear();
        ancestors.clear();
        sincePruning = 0;
        states.put(headerHash, Hash.ZERO, start);
        checksAncestors = ancestry.isPresent();
        Ancestor self = new Ancestor(start.state().timeslot(), headerHash);
        ancestors.put(
                headerHash,
                Ancestors.of(
                                config.maxLookupAnchorAge(),
                                ancestry.orElse(List.of()),
                                recentRoots(start.state()))
                        .and(self, start.root()));
        transition.prepareForNextEpoch(start.state());
        return start.root();
    }

    /**
     * Returns what a state knows of the states before: the root after each of its recent blocks.
     */
    private static Map<Hash, Hash> recentRoots(State state) {
        Map<Hash, Hash> roots = new HashMap<>();
        List<RecentBlock> recent = state.recentHistory().blocks();
        // The last block's is that of this state, which it cannot hold.
        for (int i = 0; i < recent.size() - 1; i++) {
            roots.put(recent.get(i).headerHash(), recent.get(i).stateRoot());
        }
        return roots;
    }

    @Override
    public ImportResult importBlock(byte[] octets) {
        Block block;
        try {
            block = Decoder.decode(config, octets, Block::decode);
        } catch (DecodeException e) {
            return new ImportResult.Refused("does not decode: " + e.getMessage());
        }
        return importBlock(block);
    }

    /**
     * Imports a block onto its parent.
     *
     * @param block the block
     * @return its posterior state's root, or why it is refused
     */
    public ImportResult importBlock(Block block) {
        Header header = block.header();
        Hash parentHash = header.parentHash();
        ChainState parent = states.find(parentHash);
        Ancestors before = ancestors.get(parentHash);
        if (parent == null || before == null) {
            return new ImportResult.Refused("the state of its parent is not known: " + parentHash);
        }
        Ancestry ancestry = checksAncestors ? before : Ancestry.UNKNOWN;
        return switch (transition.apply(parent.state(), parent.root(), block, ancestry)) {
            case BlockTransition.Result.Refused(var reason) ->
                    new ImportResult.Refused(reason.toString());
            case BlockTransition.Result.Applied(var headerHash, var posterior, var changes) -> {
                ChainState state = parent.next(posterior, changes);
                states.put(headerHash, parentHash, state);
                ancestors.put(
                        headerHash,
                        before.and(new Ancestor(header.timeslot(), headerHash), state.root()));
                forgetBefore(headerHash);
                if (!posterior.stagingSet().equals(parent.state().stagingSet())
                        || !posterior
                                .disputes()
                                .offenders()
                                .equals(parent.state().disputes().offenders())) {
                    transition.prepareForNextEpoch(posterior);
                }
                yield new ImportResult.Imported(headerHash, state.root());
            }
        };
    }

    private void forgetBefore(Hash headerHash) {
        if (++sincePruning >= KEPT_ANCESTORS) {
            sincePruning = 0;
            states.prune(headerHash, KEPT_ANCESTORS);
            ancestors.keySet().removeIf(each -> states.find(each) == null);
        }
    }

    @Override
    public boolean knows(Hash headerHash) {
        return states.find(headerHash) != null;
    }

    @Override
    public Optional<SortedMap<StateKey, Bytes>> state(Hash headerHash) {
        return chainState(headerHash).map(state -> state.trie().toMap());
    }

    /**
     * Returns the posterior state of a block, typed.
     *
     * @param headerHash the hash of the block's header
     * @return nothing if the block is not known, or no longer
     */
    public Optional<ChainState> chainState(Hash headerHash) {
        return Optional.ofNullable(states.find(headerHash));
    }
}
