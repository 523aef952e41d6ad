package io.marmalade.conformance.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.block.Block;
import io.marmalade.block.Extrinsic;
import io.marmalade.block.Header;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.accumulate.PvmAccumulateInvocation;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.store.ChainState;
import io.marmalade.transition.BlockTransition;
import io.marmalade.transition.accumulation.Accumulation;
import io.marmalade.transition.reports.Ancestry;
import io.marmalade.transition.rules.InvalidReason;
import io.marmalade.transition.rules.StandardCryptography;
import io.marmalade.transition.rules.Violation;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Real blocks with something changed. */
class BlockMutationTest {
    private static final ProtocolConfig TINY = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
    private static final Accumulation ACCUMULATION =
            new Accumulation(
                    TINY,
                    new PvmAccumulateInvocation(
                            TINY,
                            new InterpreterEngine(),
                            new ProgramCache(TINY.version(), 16 << 20),
                            HostLog.NONE));

    @Test
    void anyFlippedBitIsRefusedForOneReasonAndLeavesTheStateAsItWas() throws IOException {
        List<Path> files = stepFiles();
        long seed = new Random().nextLong();
        System.out.println("BlockMutationTest seed " + seed);
        Random random = new Random(seed);
        Map<Violation, Integer> seen = new EnumMap<>(Violation.class);
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (int run = 0; run < 25; run++) {
                TraceStep step = TraceStep.read(TINY, files.get(random.nextInt(files.size())));
                SortedMap<StateKey, Bytes> entries = step.preState(TINY).entries();
                ChainState prior = ChainState.of(TINY, entries);
                for (int flip = 0; flip < 6; flip++) {
                    byte[] octets = step.block().toArray();
                    int bit = random.nextInt(8 * octets.length);
                    octets[bit / 8] ^= (byte) (1 << (bit % 8));
                    Block block;
                    try {
                        block = Decoder.decode(TINY, octets, Block::decode);
                    } catch (DecodeException e) {
                        continue;
                    }
                    // The first again with its extrinsic committed to, so that later parts see it.
                    for (Block mutant : List.of(block, committed(block))) {
                        if (mutant.encoded(TINY).equals(step.block())) {
                            continue; // The commitment itself was flipped, and is mended.
                        }
                        InvalidReason reason = refusal(prior, mutant, Runnable::run, step, bit);
                        assertEquals(reason, refusal(prior, mutant, pool, step, bit));
                        assertEquals(reason, refusal(prior, mutant, task -> {}, step, bit));
                        seen.merge(reason.violation(), 1, Integer::sum);
                    }
                }
                assertEquals(step.preRoot(), prior.root());
                assertEquals(entries, prior.trie().toMap());
            }
        }
        System.out.println("BlockMutationTest saw " + seen);
        assertTrue(seen.size() > 2);
    }

    @Test
    void validBlockGivesTheSameStateOnAnyExecutor() throws IOException {
        List<Path> files = stepFiles();
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < files.size(); i += 40) {
                TraceStep step = TraceStep.read(TINY, files.get(i));
                ChainState prior = ChainState.of(TINY, step.preState(TINY).entries());
                Block block = Decoder.decode(TINY, step.block().octets(), Block::decode);
                for (Executor executor : List.<Executor>of(Runnable::run, pool, task -> {})) {
                    BlockTransition.Result.Applied applied =
                            assertInstanceOf(
                                    BlockTransition.Result.Applied.class,
                                    apply(prior, block, executor));
                    assertEquals(step.headerHash(), applied.headerHash());
                    assertEquals(
                            step.postRoot(),
                            prior.next(applied.posterior(), applied.changes()).root());
                }
            }
        }
    }

    private static InvalidReason refusal(
            ChainState prior, Block block, Executor executor, TraceStep step, int bit) {
        return switch (apply(prior, block, executor)) {
            case BlockTransition.Result.Refused(InvalidReason reason) -> reason;
            case BlockTransition.Result.Applied ignored ->
                    throw new AssertionError(
                            step.file() + " is valid with bit " + bit + " flipped");
        };
    }

    private static BlockTransition.Result apply(ChainState prior, Block block, Executor executor) {
        return new BlockTransition(TINY, ACCUMULATION, new StandardCryptography(), executor)
                .apply(prior.state(), prior.root(), block, Ancestry.UNKNOWN);
    }

    private static Block committed(Block block) {
        Header header = block.header();
        Extrinsic extrinsic = block.extrinsic();
        return new Block(
                new Header(
                        header.parentHash(),
                        header.priorStateRoot(),
                        extrinsic.hash(TINY),
                        header.timeslot(),
                        header.epochMark(),
                        header.winningTicketsMark(),
                        header.authorIndex(),
                        header.entropySignature(),
                        header.offendersMark(),
                        header.seal()),
                extrinsic);
    }

    private static List<Path> stepFiles() throws IOException {
        Path folder = VectorFolder.require("traces");
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\d+\\.bin")).sorted().toList();
        }
    }
}
