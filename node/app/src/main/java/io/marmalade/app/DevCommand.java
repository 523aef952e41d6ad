package io.marmalade.app;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Block;
import io.marmalade.block.Extrinsic;
import io.marmalade.block.Header;
import io.marmalade.chain.ImportResult;
import io.marmalade.chain.Importer;
import io.marmalade.chain.authoring.BlockAuthor;
import io.marmalade.chain.authoring.DevelopmentChain;
import io.marmalade.chain.authoring.TicketMaker;
import io.marmalade.conformance.Nodes;
import io.marmalade.conformance.traces.Timings;
import io.marmalade.conformance.traces.TraceWriter;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.SealKeys;
import io.marmalade.state.State;
import io.marmalade.store.ChainState;
import io.marmalade.transition.rules.Cryptography;
import io.marmalade.transition.rules.StandardCryptography;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Runs a chain of development validators. */
@Command(
        name = "dev",
        description =
                "Runs a chain of development validators in this process: authors a block every"
                        + " slot,%nimports it like anyone else's, and shows one line a block.",
        footer =
                "%nThe validators' keys come from the trivial seeds of JIP-5; there are six with"
                        + " --chain tiny.%nTheir tickets seal the blocks from the second epoch on.")
final class DevCommand implements Callable<Integer> {
    /** The beginning of time slot 0. */
    private static final Instant COMMON_ERA = Instant.parse("2025-01-01T12:00:00Z");

    @ParentCommand private Marmalade root = new Marmalade();

    @Option(names = "--fast", description = "do not wait for the slots")
    private boolean fast;

    @Option(names = "--blocks", paramLabel = "N", description = "stop after so many blocks")
    private long blocks = Long.MAX_VALUE;

    @Option(
            names = "--no-tickets",
            description = "submit no tickets, so that all blocks are sealed by key (fallback)")
    private boolean noTickets;

    @Option(
            names = "--trace",
            paramLabel = "DIR",
            description = "write the chain down as a trace that replay reads")
    private @Nullable Path trace;

    private final Clock clock = Clock.systemUTC();
    private final Timings timings = new Timings();

    @Override
    public Integer call() throws IOException {
        ProtocolConfig config =
                root.options.config(root.options.version().orElse(ProtocolVersion.V0_8_0));
        Cryptography cryptography = new StandardCryptography();
        Results results = root.results("dev");
        DevelopmentChain chain = DevelopmentChain.of(config, cryptography);
        TicketMaker tickets =
                noTickets ? null : new TicketMaker(config, chain.validators(), provers());
        BlockAuthor author = new BlockAuthor(config, cryptography, chain.validators(), tickets);
        Importer importer = Nodes.importer(config, root.options.engine(), Nodes.checkers());
        Hash parent = chain.header().hash(config);
        importer.initialize(parent, chain.state(), Optional.empty());
        results.line(
                String.format(
                        Locale.ROOT,
                        "%d development validators, protocol %s, genesis %s",
                        config.validatorCount(),
                        config.version(),
                        cut(parent)));
        TraceWriter writer = trace == null ? null : new TraceWriter(config, trace);
        long done = 0;
        long byTicket = 0;
        long submitted = 0;
        long slot = 0;
        try {
            while (done < blocks) {
                slot = fast ? slot + 1 : nextSlot(config, slot);
                ChainState state = importer.chainState(parent).orElseThrow();
                Block block =
                        author.author(parent, state, slot, Extrinsic.EMPTY)
                                .orElseThrow(
                                        () -> new IllegalStateException("a slot without author"));
                byte[] octets = block.encoded(config).toArray();
                long begun = System.nanoTime();
                ImportResult result = importer.importBlock(octets);
                long took = System.nanoTime() - begun;
                switch (result) {
                    case ImportResult.Refused(String reason) ->
                            throw new IllegalStateException("our own block is refused: " + reason);
                    case ImportResult.Imported(Hash hash, Hash stateRoot) -> {
                        done++;
                        timings.add(took);
                        ChainState posterior = importer.chainState(hash).orElseThrow();
                        boolean ticket = isSealedByTicket(posterior.state());
                        byTicket += ticket ? 1 : 0;
                        submitted += block.extrinsic().tickets().size();
                        if (writer != null) {
                            writer.add(state.trie().toMap(), octets, posterior.trie().toMap());
                        }
                        results.line(line(config, done, block, ticket, stateRoot, took));
                        parent = hash;
                    }
                }
                if (Thread.interrupted() || Interruption.requested()) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            // Asked to end while waiting for a slot: what was done is reported below.
            Thread.currentThread().interrupt();
        } finally {
            if (tickets != null) {
                tickets.close();
            }
            chain.validators().forEach(each -> each.close());
        }
        Timings.Summary times = timings.summary();
        results.line(
                String.format(
                        Locale.ROOT,
                        "%d blocks, %d sealed by ticket and %d by key, %d tickets submitted; import"
                                + " %.3f ms mean, %.3f ms at most",
                        done,
                        byTicket,
                        done - byTicket,
                        submitted,
                        times.mean(),
                        times.max()));
        results.put("blocks", done);
        results.put("sealed_by_ticket", byTicket);
        results.put("sealed_by_key", done - byTicket);
        results.put("tickets", submitted);
        results.put("head", parent.toString());
        results.put("stats", Results.stats(done, times));
        results.finish();
        return Main.AGREES;
    }

    /** Waits for the next slot that is after another one. */
    private long nextSlot(ProtocolConfig config, long previous) throws InterruptedException {
        long slotMillis = config.slotSeconds() * 1000L;
        long elapsedMillis = Duration.between(COMMON_ERA, clock.instant()).toMillis();
        long slot = elapsedMillis / slotMillis;
        if (slot > previous) {
            return slot;
        }
        Thread.sleep((previous + 1) * slotMillis - elapsedMillis);
        return previous + 1;
    }

    /** Returns whether the last block's seal is that of a ticket, not of a key in its place. */
    private static boolean isSealedByTicket(State posterior) {
        return switch (posterior.safrole().sealTickets()) {
            case SealKeys.Tickets tickets -> true;
            case SealKeys.Keys keys -> false;
        };
    }

    /** Makes proofs of tickets beside the thread that authors and imports. */
    private static Executor provers() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        return Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("tickets-", 0).daemon().factory());
    }

    private static String line(
            ProtocolConfig config,
            long number,
            Block block,
            boolean byTicket,
            Hash stateRoot,
            long nanos) {
        Header header = block.header();
        int tickets = block.extrinsic().tickets().size();
        return String.format(
                Locale.ROOT,
                "block %5d  slot %d (epoch %d, phase %2d)  author %d by %-6s  root %s  %7.3f"
                        + " ms%s%s",
                number,
                header.timeslot(),
                config.epoch(header.timeslot()),
                config.phase(header.timeslot()),
                header.authorIndex(),
                byTicket ? "ticket" : "key",
                cut(stateRoot),
                nanos / 1e6,
                header.epochMark() != null ? "  new epoch" : "",
                tickets > 0 ? "  tickets " + tickets : "");
    }

    private static String cut(Hash hash) {
        return hash.toString().substring(0, 18);
    }
}
