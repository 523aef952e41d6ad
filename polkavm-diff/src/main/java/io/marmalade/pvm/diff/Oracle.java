package io.marmalade.pvm.diff;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The program that answers for PolkaVM, as a process: a line of JSON in, a line out, in the same
 * order. Not thread-safe.
 */
public final class Oracle implements AutoCloseable {
    private static final String NAME = "marmalade-oracle";

    private final Path program;
    private Process process;
    private BufferedWriter in;
    private BufferedReader out;

    /**
     * Starts the process.
     *
     * @param program what {@link #find} found
     * @throws IOException if it does not start
     */
    public Oracle(Path program) throws IOException {
        this.program = program;
        this.process = start();
        this.in = input();
        this.out = output();
    }

    /**
     * Looks for the program where the environment variable {@code MARMALADE_ORACLE} says, or else
     * where {@link #build} puts it.
     *
     * @param sources the folder of its sources
     * @return nothing if it was never built
     */
    public static Optional<Path> find(Path sources) {
        String given = System.getenv("MARMALADE_ORACLE");
        Path built = given == null ? sources.resolve("target/release/" + NAME) : Path.of(given);
        return Files.isExecutable(built) ? Optional.of(built) : Optional.empty();
    }

    /**
     * Builds the program with cargo.
     *
     * @param sources the folder of its sources
     * @return where it is
     * @throws IOException if there is no cargo, or it fails; the message says what to do
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public static Path build(Path sources) throws IOException, InterruptedException {
        Process cargo;
        try {
            ProcessBuilder builder =
                    new ProcessBuilder("cargo", "build", "--release", "--locked")
                            .directory(sources.toFile())
                            .redirectErrorStream(true);
            builder.environment().put("CARGO_TARGET_DIR", sources.resolve("target").toString());
            cargo = builder.start();
        } catch (IOException e) {
            throw new IOException(
                    "cargo is needed to build the oracle: install Rust (https://rustup.rs) so that"
                            + " cargo is on the PATH",
                    e);
        }
        String said = new String(cargo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        cargo.waitFor();
        Optional<Path> built = find(sources);
        if (cargo.exitValue() != 0 || built.isEmpty()) {
            throw new IOException("cargo could not build the oracle:\n" + said.strip());
        }
        return built.get();
    }

    private Process start() throws IOException {
        return new ProcessBuilder(program.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private BufferedWriter input() {
        return new BufferedWriter(
                new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), 1 << 16);
    }

    private BufferedReader output() {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
    }

    /**
     * Sends a request; it may stay in a buffer until {@link #flush} or {@link #receive}.
     *
     * @param request JSON without line ends
     * @throws IOException if the process is gone
     */
    void send(CharSequence request) throws IOException {
        in.append(request).append('\n');
    }

    void flush() throws IOException {
        in.flush();
    }

    /**
     * Waits for the oldest answer.
     *
     * @return its fields
     * @throws IOException if the process is gone or does not answer as it should
     */
    Map<?, ?> receive() throws IOException {
        in.flush();
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the oracle ended with status " + status());
        }
        if (Json.parse(line) instanceof Map<?, ?> answer) {
            return answer;
        }
        throw new IOException("the oracle answered with something else: " + line);
    }

    private String status() {
        try {
            return process.waitFor(1, TimeUnit.SECONDS) ? "" + process.exitValue() : "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    /** Starts the process anew; what it was asked before is forgotten. */
    void restart() throws IOException {
        close();
        process = start();
        in = input();
        out = output();
    }

    /**
     * Links a relocatable RISC-V object.
     *
     * @param object an ELF file
     * @param isa {@code jam_v1} or {@code revive_v1}
     * @param entries exports that stand at 0, 5, 10, ... in this order
     * @return the fields of the answer
     * @throws IOException if the process is gone, or the object does not link: the message is the
     *     linker's
     */
    public Map<?, ?> link(byte[] object, String isa, Iterable<String> entries) throws IOException {
        StringBuilder request = new StringBuilder("{\"id\":0,\"operation\":\"link\",\"isa\":\"");
        request.append(isa).append("\",\"object\":\"");
        request.append(java.util.HexFormat.of().formatHex(object)).append("\",\"entries\":[");
        String between = "";
        for (String entry : entries) {
            request.append(between).append(Json.quoted(entry));
            between = ",";
        }
        send(request.append("]}"));
        Map<?, ?> answer = receive();
        @Nullable Object error = answer.get("error");
        if (error != null) {
            throw new IOException(error.toString());
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            in.close();
        } catch (IOException e) {
            // The process is gone; what was not sent is not wanted any more.
            process.destroyForcibly();
        }
    }
}
