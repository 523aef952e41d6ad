package io.marmalade.app;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.Engines;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Stack;

/** The options that every command has, before or after its name. */
final class GlobalOptions {
    @Option(
            names = "--chain",
            paramLabel = "tiny|full|FILE",
            defaultValue = "tiny",
            scope = ScopeType.INHERIT,
            description = "chain parameters; FILE is a chain specification (JIP-4)")
    private String chain = "tiny";

    @Option(
            names = "--pvm",
            paramLabel = "ENGINE",
            defaultValue = "interpreter",
            scope = ScopeType.INHERIT,
            converter = EngineName.class,
            description =
                    "what runs PVM programs: interpreter, jit (all compiled first), tiered (what is"
                            + " hot compiled in the background), checked (tiered and interpreter"
                            + " compared) or reference")
    private Engine engine = new InterpreterEngine();

    @Option(
            names = "--protocol",
            paramLabel = "0.7.2|0.8.0",
            scope = ScopeType.INHERIT,
            converter = VersionName.class,
            description =
                    "version of the protocol; else what the chain's file or the other side says,"
                            + " else 0.8.0 for dev and 0.7.2 for all others")
    private @Nullable ProtocolVersion version;

    @Option(
            names = "--data-path",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "where a command may keep data")
    private @Nullable Path dataPath;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "no progress, and no log but errors")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            paramLabel = "PART",
            arity = "0..*",
            scope = ScopeType.INHERIT,
            parameterConsumer = Parts.class,
            description = "more log; -v PART of one part only (${COMPLETION-CANDIDATES})",
            completionCandidates = Parts.class)
    private List<String> verbose = new ArrayList<>();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "one JSON object on the last line of stdout instead of text")
    private boolean json;

    /** Sets up what hangs on the options before a command runs. */
    void apply() {
        Logging.configure(quiet, verbose);
    }

    boolean quiet() {
        return quiet;
    }

    boolean verbose() {
        return !verbose.isEmpty();
    }

    boolean json() {
        return json;
    }

    Engine engine() {
        return engine;
    }

    Optional<Path> dataPath() {
        return Optional.ofNullable(dataPath);
    }

    /** Returns the version that was asked for, or that the chain's file is of, if either is so. */
    Optional<ProtocolVersion> version() throws IOException {
        if (version != null) {
            return Optional.of(version);
        }
        return switch (chain) {
            case "tiny", "full" -> Optional.empty();
            default -> Optional.of(ChainSpecification.versionOf(Path.of(chain)));
        };
    }

    /** Returns the chain's parameters, under {@link #version()} or else 0.7.2. */
    ProtocolConfig config() throws IOException {
        return config(version().orElse(ProtocolVersion.V0_7_2));
    }

    /** Returns the chain's parameters under a version. */
    ProtocolConfig config(ProtocolVersion version) throws IOException {
        return switch (chain) {
            case "tiny" -> ProtocolConfig.tiny(version);
            case "full" -> ProtocolConfig.full(version);
            default -> ChainSpecification.read(Path.of(chain), version).config();
        };
    }

    static final class EngineName implements ITypeConverter<Engine> {
        @Override
        public Engine convert(String name) {
            return Engines.named(name, Path.of("divergences"))
                    .orElseThrow(() ->
                            new TypeConversionException(
                                    "no engine is called "
                                            + name
                                            + ": "
                                            + String.join(", ", Engines.NAMES)));
        }
    }

    static final class VersionName implements ITypeConverter<ProtocolVersion> {
        @Override
        public ProtocolVersion convert(String name) {
            try {
                return ProtocolVersion.parse(name);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * Takes the next word for a part only if it is one: {@code -v dev} is more log for the command
     * {@code dev}.
     */
    static final class Parts extends ArrayList<String>
            implements picocli.CommandLine.IParameterConsumer {
        private static final long serialVersionUID = 1;

        Parts() {
            super(Logging.PARTS);
        }

        @Override
        public void consumeParameters(Stack<String> words, ArgSpec argument, CommandSpec command) {
            List<String> parts = argument.getValue();
            boolean named = !words.isEmpty() && Logging.PARTS.contains(words.peek());
            parts.add(named ? words.pop() : "");
        }
    }
}
