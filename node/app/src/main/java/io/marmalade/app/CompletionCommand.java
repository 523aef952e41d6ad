package io.marmalade.app;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        description = "Writes a script for bash or zsh: source <(./marmalade completion)")
final class CompletionCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        System.out.print(AutoComplete.bash("marmalade", spec.root().commandLine()));
    }
}
