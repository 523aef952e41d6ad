package io.marmalade.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Runs what continuous integration runs; the launcher does the work, since it knows JDK and Maven.
 */
@Command(
        name = "test",
        description = "Builds, checks and tests everything, as continuous integration does.",
        footer =
                "%nPublic test vectors are found by MARMALADE_VECTORS; without them their tests are"
                        + " skipped.")
final class TestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "OPTION", arity = "0..*", description = "passed on to Maven")
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path launcher = Path.of(System.getProperty("marmalade.root", "."), "marmalade");
        if (!Files.isExecutable(launcher)) {
            throw new MachineException("the tests run from a checkout: ./marmalade test");
        }
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "test"));
        command.addAll(options);
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            return process.waitFor() == 0 ? Main.AGREES : Main.DIFFERS;
        } finally {
            process.destroy();
        }
    }
}
