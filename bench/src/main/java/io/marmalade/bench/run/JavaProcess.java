package io.marmalade.bench.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of this machine's JDK with this program's classes. */
record JavaProcess(List<String> flags) {
    private ProcessBuilder builder(List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.addAll(words);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    /** Starts it; its output is thrown away. */
    Process start(List<String> words) throws IOException {
        return builder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /**
     * Runs it to its end.
     *
     * @return the lines that it printed
     * @throws IOException if it fails
     */
    List<String> run(List<String> words) throws IOException, InterruptedException {
        Process process = builder(words).start();
        try (InputStream in = process.getInputStream()) {
            String said = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(
                        String.join(" ", words) + " ends with status " + process.exitValue());
            }
            return said.lines().toList();
        } finally {
            process.destroy();
        }
    }
}
