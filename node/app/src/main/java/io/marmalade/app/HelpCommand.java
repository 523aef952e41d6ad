package io.marmalade.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a command does and takes. */
@Command(name = "help", description = "Says what a command does and takes.")
final class HelpCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "which command")
    private String name = "";

    @Override
    public void run() {
        CommandLine parent = spec.parent().commandLine();
        CommandLine command = name.isEmpty() ? parent : parent.getSubcommands().get(name);
        if (command == null) {
            throw new ParameterException(parent, "no command is called " + name);
        }
        command.usage(System.out);
    }
}
