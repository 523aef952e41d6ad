package io.marmalade.conformance.traces;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.DecodeException;
import io.marmalade.pvm.MachineRecording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What stands at a path and can be replayed, recognized by looking. */
public sealed interface Recording {
    /**
     * Steps of one chain, forks included, in the order of their files' names.
     *
     * @param name of the set
     * @param files a file for each step
     */
    record Trace(String name, List<Path> files) implements Recording {}

    /**
     * A session of the conformance protocol, message by message.
     *
     * @param name of the session
     * @param exchanges what was sent and what was answered
     */
    record Session(String name, List<Exchange> exchanges) implements Recording {}

    /**
     * One message and its answer.
     *
     * @param request the file with what the fuzzer sent
     * @param answer the file with what the target answered
     */
    record Exchange(Path request, Path answer) {}

    /**
     * Host calls of PVM runs, with what their host did.
     *
     * @param name of the set
     * @param files a file for each run
     */
    record HostCalls(String name, List<Path> files) implements Recording {}

    /**
     * What hosts did to single PVM machines, as the engine {@code checked} writes it down.
     *
     * @param name of the set
     * @param files a file for each machine
     */
    record Machines(String name, List<Path> files) implements Recording {}

    /**
     * Input that cannot be read or is not what it should be: names the file, the place and the
     * reason.
     */
    final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1;

        /**
         * @param file what cannot be read
         * @param reason why, and at which offset
         */
        public UnreadableException(Path file, String reason) {
            super(file + ": " + reason);
        }
    }

    /** Returns what the recording is called. */
    String name();

    /** Returns how many single things are replayed. */
    default int size() {
        return switch (this) {
            case Trace trace -> trace.files.size();
            case Session session -> session.exchanges.size();
            case HostCalls calls -> calls.files.size();
            case Machines machines -> machines.files.size();
        };
    }

    /**
     * Finds all recordings at a path: a file, a folder of files, or a folder of such folders.
     *
     * @param path where to look
     * @return at least one
     * @throws IOException if nothing to replay is there, or it cannot be read
     */
    static List<Recording> find(Path path) throws IOException {
        List<Recording> found = new ArrayList<>();
        if (Files.isRegularFile(path)) {
            String name = path.getFileName().toString();
            if (name.endsWith(".log")) {
                found.add(new HostCalls(name, List.of(path)));
            } else if (name.endsWith(".bin")) {
                found.add(new Trace(name, List.of(path)));
            } else if (MachineRecording.isRecording(path)) {
                found.add(new Machines(name, List.of(path)));
            }
        } else if (Files.isDirectory(path)) {
            search(path, found);
        } else {
            throw new UnreadableException(path, "no such file or folder");
        }
        if (found.isEmpty()) {
            throw new UnreadableException(
                    path,
                    "nothing to replay: neither trace steps (*.bin), a recorded session"
                            + " (*_fuzzer_*.bin), host-call traces (*.log) nor recorded machines"
                            + " (*.txt)");
        }
        return found;
    }

    private static void search(Path folder, List<Recording> found) throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.sorted().toList();
        }
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        List<Path> blobs = ending(entries, ".bin");
        List<Path> requests =
                blobs.stream()
                        .filter(f -> f.getFileName().toString().contains("_fuzzer_"))
                        .toList();
        List<Path> logs = ending(entries, ".log");
        List<Path> steps =
                blobs.stream()
                        .filter(f -> !f.getFileName().toString().equals("genesis.bin"))
                        .toList();
        if (!requests.isEmpty()) {
            found.add(session(name, requests, blobs));
        } else if (!steps.isEmpty()) {
            found.add(new Trace(name, steps));
        } else if (!logs.isEmpty()) {
            found.add(new HostCalls(name, logs));
        }
        List<Path> machines =
                ending(entries, ".txt").stream().filter(MachineRecording::isRecording).toList();
        if (!machines.isEmpty()) {
            found.add(new Machines(name, machines));
        }
        for (Path entry : entries) {
            if (Files.isDirectory(entry)) {
                search(entry, found);
            }
        }
    }

    private static Session session(String name, List<Path> requests, List<Path> all)
            throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        for (Path request : requests) {
            String file = request.getFileName().toString();
            String number = file.substring(0, file.indexOf('_'));
            Path answer =
                    all.stream()
                            .filter(f -> f.getFileName().toString().startsWith(number + "_target_"))
                            .findFirst()
                            .orElseThrow(() -> new UnreadableException(request, "has no answer"));
            exchanges.add(new Exchange(request, answer));
        }
        return new Session(name, exchanges);
    }

    private static List<Path> ending(List<Path> entries, String suffix) {
        return entries.stream()
                .filter(Files::isRegularFile)
                .filter(file -> file.getFileName().toString().endsWith(suffix))
                .toList();
    }

    /** Reads all steps of a trace. */
    static List<TraceStep> steps(ProtocolConfig config, Trace trace) throws IOException {
        List<TraceStep> steps = new ArrayList<>();
        for (Path file : trace.files) {
            try {
                steps.add(TraceStep.read(config, file));
            } catch (DecodeException e) {
                throw new UnreadableException(file, String.valueOf(e.getMessage()));
            }
        }
        return steps;
    }
}
