package io.marmalade.conformance;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.chain.Importer;
import io.marmalade.conformance.fuzz.FuzzSession;
import io.marmalade.conformance.fuzz.Message;
import io.marmalade.conformance.traces.Replay;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.accumulate.PvmAccumulateInvocation;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.transition.BlockTransition;
import io.marmalade.transition.accumulation.Accumulation;
import io.marmalade.transition.rules.StandardCryptography;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Puts importers together from their parts: an engine, a store in memory, the standard
 * cryptography.
 */
public final class Nodes {
    /** Code that is kept decoded, in octets. */
    private static final long PROGRAM_CACHE_OCTETS = 64L << 20;

    private Nodes() {}

    /**
     * Returns an importer without any state.
     *
     * @param config the chain's parameters and protocol version
     * @param engine runs services
     * @param executor runs signature checks beside the rest
     * @return an importer, owned by the caller
     */
    public static Importer importer(ProtocolConfig config, Engine engine, Executor executor) {
        return importers(engine, executor).apply(config);
    }

    /**
     * Returns a maker of importers without any state, which share the code that they decode and
     * what the engine makes of it, as long as their protocol version is the same.
     *
     * @param engine runs services
     * @param executor runs signature checks beside the rest
     * @return thread-safe; each importer is owned by the caller
     */
    public static Function<ProtocolConfig, Importer> importers(Engine engine, Executor executor) {
        Map<ProtocolVersion, ProgramCache> programs = new ConcurrentHashMap<>();
        return config ->
                importer(
                        config,
                        engine,
                        programs.computeIfAbsent(
                                config.version(),
                                version -> new ProgramCache(version, PROGRAM_CACHE_OCTETS)),
                        executor);
    }

    private static Importer importer(
            ProtocolConfig config, Engine engine, ProgramCache programs, Executor executor) {
        Accumulation accumulation =
                new Accumulation(
                        config,
                        new PvmAccumulateInvocation(config, engine, programs, HostLog.NONE));
        return new Importer(
                config,
                new BlockTransition(
                        config, accumulation, new StandardCryptography(executor), executor));
    }

    /**
     * Returns an executor for signature checks: a thread for each core, for whoever waits for the
     * last checks leaves a core free.
     *
     * @return an executor whose threads do not keep the process alive
     */
    public static Executor checkers() {
        int threads = Runtime.getRuntime().availableProcessors();
        return Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("checks-", 0).daemon().factory());
    }

    /**
     * Returns a replay on importers of this machine.
     *
     * @param config of the chain that was recorded
     * @param engine runs services
     * @param watcher is told of progress
     * @return a replay that makes a fresh importer for each recording
     */
    public static Replay replay(ProtocolConfig config, Engine engine, Replay.Watcher watcher) {
        Executor executor = checkers();
        Function<ProtocolConfig, Importer> importers = importers(engine, executor);
        FuzzSession.Options options =
                new FuzzSession.Options(
                        "marmalade",
                        new Message.Version(0, 1, 0),
                        Optional.of(config.version()),
                        (ProtocolVersion version) -> config);
        return new Replay(
                config,
                () -> importers.apply(config),
                () -> new FuzzSession(options, importers::apply),
                Engines::impatient,
                watcher);
    }
}
