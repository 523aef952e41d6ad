package io.marmalade.conformance.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.RingRoot;
import io.marmalade.base.RingSignature;
import io.marmalade.base.StateKey;
import io.marmalade.block.Extrinsic;
import io.marmalade.chain.ImportResult;
import io.marmalade.chain.Importer;
import io.marmalade.chain.authoring.BlockAuthor;
import io.marmalade.chain.authoring.DevelopmentChain;
import io.marmalade.chain.authoring.ValidatorSecrets;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.conformance.traces.Recording;
import io.marmalade.conformance.traces.Replay;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.accumulate.PvmAccumulateInvocation;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.state.State;
import io.marmalade.state.StateCodec;
import io.marmalade.state.ValidatorKeys;
import io.marmalade.state.ValidatorSet;
import io.marmalade.store.ChainState;
import io.marmalade.transition.BlockTransition;
import io.marmalade.transition.accumulation.Accumulation;
import io.marmalade.transition.rules.Cryptography;
import io.marmalade.transition.rules.StandardCryptography;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The ring of the next epoch is expected before the block comes that needs its root. */
class NextRingTest {
    /** Writes down which rings were expected and which were asked for. */
    private static final class Watched implements Cryptography {
        private final Cryptography standard;
        final Set<List<BandersnatchKey>> expected = new HashSet<>();
        final List<List<BandersnatchKey>> asked = new ArrayList<>();
        int unexpected;

        Watched(Cryptography standard) {
            this.standard = standard;
        }

        @Override
        public boolean[] verifyEd25519(List<Ed25519Claim> claims) {
            return standard.verifyEd25519(claims);
        }

        @Override
        public Hash output(BandersnatchSignature signature) {
            return standard.output(signature);
        }

        @Override
        public Hash output(RingSignature signature) {
            return standard.output(signature);
        }

        @Override
        public boolean verifyVrf(
                BandersnatchKey key,
                byte[] context,
                byte[] message,
                BandersnatchSignature signature) {
            return standard.verifyVrf(key, context, message, signature);
        }

        @Override
        public boolean[] verifyRing(RingRoot root, int ringSize, List<RingClaim> claims) {
            return standard.verifyRing(root, ringSize, claims);
        }

        @Override
        public RingRoot ringRoot(List<BandersnatchKey> ring) {
            asked.add(ring);
            unexpected += expected.contains(ring) ? 0 : 1;
            return standard.ringRoot(ring);
        }

        @Override
        public void expectRing(List<BandersnatchKey> ring) {
            expected.add(List.copyOf(ring));
            standard.expectRing(ring);
        }
    }

    private static Importer importer(ProtocolConfig config, Cryptography cryptography) {
        return new Importer(
                config,
                new BlockTransition(
                        config,
                        new Accumulation(
                                config,
                                new PvmAccumulateInvocation(
                                        config,
                                        new InterpreterEngine(),
                                        new ProgramCache(config.version(), 1 << 20),
                                        HostLog.NONE)),
                        cryptography,
                        Runnable::run));
    }

    @ParameterizedTest
    @EnumSource
    void expectsTheStagingSetsRing(ProtocolVersion version) {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        DevelopmentChain chain = DevelopmentChain.of(config, new StandardCryptography());
        State state = ChainState.of(config, chain.state()).state();
        List<ValidatorKeys> reversed = state.stagingSet().validators().reversed();
        State staged = state.toBuilder().stagingSet(new ValidatorSet(reversed)).build();
        SortedMap<StateKey, Bytes> entries = new TreeMap<>();
        StateCodec.encodeChanged(config, null, staged, entries);

        Watched watched = new Watched(new StandardCryptography(Runnable::run));
        Importer ahead = importer(config, watched);
        Importer without = importer(config, new StandardCryptography());
        Hash parent = chain.header().hash(config);
        ahead.initialize(parent, entries, Optional.empty());
        without.initialize(parent, entries, Optional.empty());
        List<BandersnatchKey> next = reversed.stream().map(ValidatorKeys::bandersnatch).toList();
        assertEquals(Set.of(next), watched.expected);
        assertEquals(List.of(), watched.asked);

        BlockAuthor author =
                new BlockAuthor(config, new StandardCryptography(), chain.validators());
        for (long slot : new long[] {11, 12, 13}) {
            var block =
                    author.author(
                                    parent,
                                    ahead.chainState(parent).orElseThrow(),
                                    slot,
                                    Extrinsic.EMPTY)
                            .orElseThrow();
            ImportResult result = ahead.importBlock(block);
            assertEquals(without.importBlock(block), result);
            parent = block.header().hash(config);
            assertTrue(ahead.knows(parent));
        }
        assertEquals(List.of(next), watched.asked);
        assertEquals(0, watched.unexpected);
        chain.validators().forEach(ValidatorSecrets::close);
    }

    /** There, validators misbehave and staging sets change. */
    @ParameterizedTest
    @ValueSource(strings = {"fuzz-traces", "traces/fuzzy_light"})
    void expectsEveryRingOfRealChains(String folder) throws IOException {
        ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
        int asked = 0;
        for (Recording recording : Recording.find(VectorFolder.require(folder))) {
            Watched watched = new Watched(new StandardCryptography());
            Replay replay =
                    new Replay(
                            config,
                            () -> importer(config, watched),
                            () -> {
                                throw new AssertionError("no session");
                            },
                            () -> {
                                throw new AssertionError("no machines");
                            },
                            each -> {});
            Replay.Result result = replay.run((Recording.Trace) recording);
            assertEquals(List.of(), result.failures());
            assertEquals(0, watched.unexpected, recording.name());
            asked += watched.asked.size();
        }
        assertNotEquals(0, asked);
    }
}
