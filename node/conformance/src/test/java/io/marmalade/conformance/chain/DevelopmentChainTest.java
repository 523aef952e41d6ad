package io.marmalade.conformance.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Block;
import io.marmalade.block.Extrinsic;
import io.marmalade.chain.ImportResult;
import io.marmalade.chain.Importer;
import io.marmalade.chain.authoring.BlockAuthor;
import io.marmalade.chain.authoring.DevelopmentChain;
import io.marmalade.chain.authoring.TicketMaker;
import io.marmalade.conformance.Nodes;
import io.marmalade.conformance.traces.Recording;
import io.marmalade.conformance.traces.Replay;
import io.marmalade.conformance.traces.TraceWriter;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.state.SealKeys;
import io.marmalade.transition.rules.StandardCryptography;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Chains of development validators, authored and imported. */
class DevelopmentChainTest {
    /** One chain with its author. */
    private static final class Fixture {
        final ProtocolConfig config;
        final BlockAuthor author;
        final Importer importer;
        final Hash genesis;

        Fixture(ProtocolVersion version) {
            this(version, null);
        }

        Fixture(ProtocolVersion version, @Nullable Executor provers) {
            config = ProtocolConfig.tiny(version);
            StandardCryptography cryptography = new StandardCryptography();
            DevelopmentChain chain = DevelopmentChain.of(config, cryptography);
            TicketMaker tickets =
                    provers == null ? null : new TicketMaker(config, chain.validators(), provers);
            author = new BlockAuthor(config, cryptography, chain.validators(), tickets);
            importer = Nodes.importer(config, new InterpreterEngine(), Runnable::run);
            genesis = chain.header().hash(config);
            importer.initialize(genesis, chain.state(), Optional.empty());
        }

        Block author(Hash parent, long slot) {
            return author.author(
                            parent,
                            importer.chainState(parent).orElseThrow(),
                            slot,
                            Extrinsic.EMPTY)
                    .orElseThrow();
        }

        Hash root(Hash headerHash) {
            return importer.chainState(headerHash).orElseThrow().root();
        }

        Hash extend(Block block) {
            ImportResult result = importer.importBlock(block.encoded(config).toArray());
            return assertInstanceOf(ImportResult.Imported.class, result).headerHash();
        }

        Hash extend(Hash parent, long slot) {
            ImportResult result = importer.importBlock(author(parent, slot));
            return assertInstanceOf(ImportResult.Imported.class, result).headerHash();
        }
    }

    @ParameterizedTest
    @EnumSource
    void importsWhatItAuthorsOverEpochs(ProtocolVersion version) {
        Fixture chain = new Fixture(version);
        Hash head = chain.genesis;
        for (long slot = 1; slot <= 40; slot++) {
            head = chain.extend(head, slot);
        }
        assertEquals(40, chain.importer.chainState(head).orElseThrow().state().timeslot());
    }

    @ParameterizedTest
    @EnumSource
    void sealsWithTicketsFromTheSecondEpochOn(ProtocolVersion version, @TempDir Path folder)
            throws IOException {
        int epoch = ProtocolConfig.tiny(version).epochLength();
        try (ExecutorService provers = Executors.newFixedThreadPool(2)) {
            Fixture chain = new Fixture(version, provers);
            TraceWriter trace = new TraceWriter(chain.config, folder);
            Hash head = chain.genesis;
            List<Hash> roots = new ArrayList<>();
            for (int slot = 1; slot < 3 * epoch; slot++) {
                var prior = chain.importer.state(head).orElseThrow();
                Block block = chain.author(head, slot);
                head = chain.extend(block);
                trace.add(
                        prior,
                        block.encoded(chain.config).toArray(),
                        chain.importer.state(head).orElseThrow());
                roots.add(chain.root(head));
                SealKeys keys =
                        chain.importer
                                .chainState(head)
                                .orElseThrow()
                                .state()
                                .safrole()
                                .sealTickets();
                assertEquals(slot >= epoch, keys instanceof SealKeys.Tickets, "slot " + slot);
                assertEquals(
                        slot == epoch - 2 || slot == 2 * epoch - 2 || slot == 3 * epoch - 2,
                        block.header().winningTicketsMark() != null,
                        "slot " + slot);
            }
            InterpreterEngine engine = new InterpreterEngine();
            Replay replay = Nodes.replay(chain.config, engine, step -> {});
            Replay.Result result = replay.run(Recording.find(folder).getFirst(), engine);
            assertEquals(List.of(), result.failures());
            assertEquals(roots.size(), result.imported());
        }
    }

    @Test
    void replaysAWrittenChainOf080WithTheSameRoots(@TempDir Path folder) throws IOException {
        Fixture chain = new Fixture(ProtocolVersion.V0_8_0);
        TraceWriter trace = new TraceWriter(chain.config, folder);
        Hash head = chain.genesis;
        for (long slot = 1; slot <= 200; slot++) {
            var prior = chain.importer.state(head).orElseThrow();
            Block block = chain.author(head, slot);
            head =
                    assertInstanceOf(ImportResult.Imported.class, chain.importer.importBlock(block))
                            .headerHash();
            trace.add(
                    prior,
                    block.encoded(chain.config).toArray(),
                    chain.importer.state(head).orElseThrow());
        }
        InterpreterEngine engine = new InterpreterEngine();
        Recording recording = Recording.find(folder).getFirst();
        Replay.Result result =
                Nodes.replay(chain.config, engine, step -> {}).run(recording, engine);
        assertEquals(List.of(), result.failures());
        assertEquals(200, result.imported());
        Replay underAnother =
                Nodes.replay(ProtocolConfig.tiny(ProtocolVersion.V0_7_2), engine, step -> {});
        assertThrows(
                Recording.UnreadableException.class, () -> underAnother.run(recording, engine));
    }

    @Test
    void runsChainsOfBothVersionsWithoutTouchingEachOther() {
        Fixture old = new Fixture(ProtocolVersion.V0_7_2);
        Fixture current = new Fixture(ProtocolVersion.V0_8_0);
        Hash oldHead = old.genesis;
        Hash currentHead = current.genesis;
        List<Block> oldBlocks = new ArrayList<>();
        List<Block> currentBlocks = new ArrayList<>();
        for (long slot = 1; slot <= 30; slot++) {
            oldBlocks.add(old.author(oldHead, slot));
            oldHead = old.extend(oldBlocks.getLast());
            currentBlocks.add(current.author(currentHead, slot));
            currentHead = current.extend(currentBlocks.getLast());
        }
        assertEquals(old.root(oldHead), rootOf(ProtocolVersion.V0_7_2, oldBlocks));
        assertEquals(current.root(currentHead), rootOf(ProtocolVersion.V0_8_0, currentBlocks));
        assertInstanceOf(
                ImportResult.Refused.class,
                old.importer.importBlock(
                        currentBlocks.getLast().encoded(current.config).toArray()));
    }

    /** Returns the root after some blocks on an importer that runs nothing else. */
    private static Hash rootOf(ProtocolVersion version, List<Block> blocks) {
        Fixture chain = new Fixture(version);
        Hash head = chain.genesis;
        for (Block block : blocks) {
            head = chain.extend(block);
        }
        return chain.root(head);
    }

    @Test
    void skipsSlotsAndWholeEpochs() {
        Fixture chain = new Fixture(ProtocolVersion.V0_7_2);
        Hash head = chain.genesis;
        for (long slot : new long[] {3, 11, 13, 40, 41, 1000, 0xffff_ffffL}) {
            head = chain.extend(head, slot);
        }
    }

    @Test
    void importsSiblingsAndBuildsOnEither() {
        Fixture chain = new Fixture(ProtocolVersion.V0_7_2);
        Hash parent = chain.extend(chain.genesis, 1);
        Hash left = chain.extend(parent, 2);
        Hash right = chain.extend(parent, 2);
        assertNotEquals(left, right);
        chain.extend(left, 3);
        chain.extend(right, 4);
        assertTrue(chain.importer.knows(parent));
    }

    @Test
    void refusesABlockOnAnUnknownParent() {
        Fixture chain = new Fixture(ProtocolVersion.V0_7_2);
        Fixture other = new Fixture(ProtocolVersion.V0_7_2);
        Hash unknown = other.extend(other.genesis, 1);
        Block block = other.author(unknown, 2);
        assertInstanceOf(ImportResult.Refused.class, chain.importer.importBlock(block));
    }

    @Test
    void forgetsStatesThatAreFarBehind() {
        Fixture chain = new Fixture(ProtocolVersion.V0_7_2);
        Hash head = chain.genesis;
        Hash fork = chain.extend(chain.genesis, 1);
        for (long slot = 1; slot <= 160; slot++) {
            head = chain.extend(head, slot);
        }
        assertFalse(chain.importer.knows(chain.genesis));
        assertFalse(chain.importer.knows(fork));
        assertTrue(chain.importer.knows(head));
    }

    @Test
    void refusesEveryDamagedBlockAndKeepsTheStateBitForBit() {
        long seed = Long.getLong("marmalade.seed", System.nanoTime());
        System.out.println("damaged blocks: -Dmarmalade.seed=" + seed);
        Random random = new Random(seed);
        Fixture chain = new Fixture(ProtocolVersion.V0_7_2);
        Hash parent = chain.extend(chain.genesis, 12);
        var before = chain.importer.state(parent).orElseThrow();
        Hash root = chain.importer.chainState(parent).orElseThrow().root();
        byte[] block = chain.author(parent, 24).encoded(chain.config).toArray();
        for (int i = 0; i < 400; i++) {
            byte[] damaged = block.clone();
            if (i % 4 == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(block.length));
            } else {
                damaged[random.nextInt(block.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertInstanceOf(
                    ImportResult.Refused.class, chain.importer.importBlock(damaged), "case " + i);
        }
        assertEquals(before, chain.importer.state(parent).orElseThrow());
        assertEquals(root, chain.importer.chainState(parent).orElseThrow().root());
        assertInstanceOf(ImportResult.Imported.class, chain.importer.importBlock(block));
    }
}
