package io.marmalade.app;

import io.marmalade.conformance.json.JsonShapeException;
import io.marmalade.conformance.traces.Recording;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Map;

/** Where the program starts. */
public final class Main {
    /** What the status of the process says. */
    static final int AGREES = 0;

    static final int DIFFERS = 1;
    static final int USAGE = 2;
    static final int MACHINE = 3;
    static final int INTERRUPTED = 130;

    private Main() {}

    /**
     * Runs a command and ends the process with its status.
     *
     * @param arguments as a shell gives them
     */
    public static void main(String[] arguments) {
        Interruption.install();
        String[] all = FuzzEnvironment.asArguments(arguments, System.getenv());
        int status = run(all);
        Interruption.finished();
        System.exit(status);
    }

    /**
     * Runs a command.
     *
     * @param arguments as a shell gives them
     * @return the status that the process should end with
     */
    public static int run(String... arguments) {
        Marmalade root = new Marmalade();
        CommandLine line = new CommandLine(root);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.setExpandAtFiles(false);
        line.setExecutionStrategy(parsed -> {
            root.options.apply();
            return new CommandLine.RunLast().execute(parsed);
        });
        line.setParameterExceptionHandler((wrong, words) -> {
            String name = wrong.getCommandLine().getCommandName();
            String about = name.equals("marmalade") ? "" : " " + name;
            return fail(USAGE, wrong.getMessage() + " (`marmalade help" + about + "` says more)");
        });
        line.setExecutionExceptionHandler((thrown, command, parsed) -> explain(thrown));
        int status = line.execute(arguments);
        return Interruption.requested() ? INTERRUPTED : status;
    }

    /** Says what went wrong in one line; only a bug of ours is shown with its trace. */
    private static int explain(Exception thrown) {
        return switch (thrown) {
            case MachineException machine -> fail(MACHINE, machine.getMessage());
            case Recording.UnreadableException input -> fail(USAGE, input.getMessage());
            case JsonShapeException json -> fail(USAGE, json.getMessage());
            case FileSystemException file -> fail(USAGE, describe(file));
            case FileNotFoundException file -> fail(USAGE, file.getMessage());
            case IOException io when Interruption.requested() -> INTERRUPTED;
            case IOException io -> fail(MACHINE, String.valueOf(io.getMessage()));
            default -> {
                System.err.println("marmalade: a bug, please report it with these lines:");
                thrown.printStackTrace();
                yield DIFFERS;
            }
        };
    }

    private static int fail(int status, @Nullable String message) {
        System.err.println("marmalade: " + message);
        return status;
    }

    private static String describe(FileSystemException thrown) {
        Map<String, String> reasons =
                Map.of(
                        "NoSuchFileException", "no such file",
                        "AccessDeniedException", "access denied",
                        "NotDirectoryException", "not a folder");
        String reason = reasons.get(thrown.getClass().getSimpleName());
        return thrown.getFile()
                + ": "
                + (reason != null ? reason : String.valueOf(thrown.getReason()));
    }
}
