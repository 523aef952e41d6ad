package io.marmalade.app;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.chain.Importer;
import io.marmalade.conformance.Nodes;
import io.marmalade.conformance.fuzz.FuzzSession;
import io.marmalade.conformance.fuzz.FuzzTarget;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Serves a fuzzer. */
@Command(
        name = "fuzz-target",
        description = "Serves the conformance protocol on a Unix socket until it is interrupted.",
        footer =
                "%nJAM_FUZZ=1 in the environment starts it without arguments: JAM_FUZZ_SOCK_PATH is"
                        + " the socket, JAM_FUZZ_SPEC the chain, JAM_FUZZ_DATA_PATH the folder for"
                        + " data, JAM_FUZZ_LOG_LEVEL error, warn, info, debug or trace.")
final class FuzzTargetCommand implements Callable<Integer> {
    @ParentCommand private Marmalade root = new Marmalade();

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            required = true,
            defaultValue = "${env:JAM_FUZZ_SOCK_PATH}",
            description = "where to listen (JAM_FUZZ_SOCK_PATH)")
    private Path socket = Path.of("");

    @Override
    public Integer call() throws IOException {
        Logger log = LoggerFactory.getLogger("fuzz");
        Engine engine = root.options.engine();
        Executor executor = Nodes.checkers();
        Map<ProtocolVersion, ProtocolConfig> configs = new EnumMap<>(ProtocolVersion.class);
        Optional<ProtocolVersion> only = root.options.version();
        for (ProtocolVersion version : ProtocolVersion.values()) {
            if (only.isEmpty() || only.get() == version) {
                configs.put(version, root.options.config(version));
            }
        }
        Function<ProtocolConfig, Importer> importers = Nodes.importers(engine, executor);
        FuzzSession.Options options =
                new FuzzSession.Options(
                        "marmalade",
                        About.numbers(),
                        only,
                        version -> Objects.requireNonNull(configs.get(version)));
        FuzzTarget target;
        try {
            target = FuzzTarget.bind(socket, () -> new FuzzSession(options, importers::apply));
        } catch (IOException e) {
            throw new MachineException(
                    "cannot listen on "
                            + socket
                            + ": "
                            + e.getMessage()
                            + "; is another target running there, or its folder missing?");
        }
        try (target) {
            log.info(
                    "listening on {} ({}, protocol {})",
                    socket,
                    engine.name(),
                    only.map(ProtocolVersion::toString).orElse("as the other side says"));
            target.serve();
        }
        return Main.AGREES;
    }
}
