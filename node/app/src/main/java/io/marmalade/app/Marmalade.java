package io.marmalade.app;

import io.marmalade.pvm.Deviation;
import io.marmalade.pvm.ProtocolVersion;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that has all others under it. */
@Command(
        name = "marmalade",
        description = "A JAM node for the JVM.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        subcommands = {
            DevCommand.class,
            ReplayCommand.class,
            VectorsCommand.class,
            FuzzTargetCommand.class,
            DecodeCommand.class,
            EncodeCommand.class,
            AsmCommand.class,
            DisasmCommand.class,
            LinkCommand.class,
            DiffCommand.class,
            BenchCommand.class,
            TestCommand.class,
            TrainCommand.class,
            HelpCommand.class,
            CompletionCommand.class
        })
final class Marmalade implements Runnable {
    @Mixin final GlobalOptions options = new GlobalOptions();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "what a command does and takes")
    @SuppressWarnings("unused") // picocli looks at the option itself
    private boolean help;

    @Option(names = "--version", description = "version, commit, protocol, JDK, processor")
    private boolean version;

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Returns a place for the results of a command. */
    Results results(String command) {
        return new Results(command, options.json(), System.out);
    }

    /** Returns whether nothing but results shall be said. */
    boolean isQuiet() {
        return options.quiet();
    }

    /** Returns whether more shall be said than otherwise. */
    boolean isVerbose() {
        return options.verbose();
    }

    /** Returns a line of progress for a command. */
    Progress progress(String what, long total) {
        return Progress.of(options.quiet(), what, total);
    }

    @Override
    public void run() {
        if (!version) {
            throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
        }
        Results results = results("version");
        About.describe(options.verbose()).forEach(results::line);
        results.put("protocol", About.PROTOCOL_VERSIONS);
        results.put(
                "deviations",
                ProtocolVersion.V0_8_0.deviations().stream().map(Deviation::toString).toList());
        results.finish();
    }
}
