package io.marmalade.conformance.traces;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.chain.BlockImporter;
import io.marmalade.chain.ImportResult;
import io.marmalade.codec.DecodeException;
import io.marmalade.conformance.fuzz.FuzzSession;
import io.marmalade.conformance.fuzz.RawState;
import io.marmalade.conformance.json.Structures;
import io.marmalade.conformance.pvm.EcalliTraces;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.MachineRecording;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.pvm.interpreter.ReferenceEngine;
import io.marmalade.pvm.jit.JitEngine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Plays recordings against importers and compares everything that they state.
 *
 * <p>A block is timed from its octets to the root of its posterior state. Whoever wants to stop
 * early interrupts the thread; what was done so far is reported.
 */
public final class Replay {
    private static final int IMPORT_BLOCK = 3;
    private static final int STATE_ROOT = 2;

    private final ProtocolConfig config;
    private final Supplier<BlockImporter> importers;
    private final Supplier<FuzzSession> sessions;
    private final Supplier<Engine> compiling;
    private final Watcher watcher;
    private final EcalliTraces hostCalls = new EcalliTraces();

    /** Is told of each thing that was replayed. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * One more block, message or run is done.
         *
         * @param recording what it belongs to
         */
        void step(Recording recording);
    }

    /**
     * How a recording fared.
     *
     * @param name of the recording
     * @param steps how many blocks or messages were replayed
     * @param imported how many blocks were imported, as they should be
     * @param refused how many blocks were refused, as they should be
     * @param failures what differs: a text each, of one or more lines
     * @param timings of the blocks that were imported
     */
    public record Result(
            String name,
            int steps,
            int imported,
            int refused,
            List<String> failures,
            Timings timings) {}

    /**
     * @param config of the chain that the recordings are from
     * @param importers makes an importer without any state
     * @param sessions makes a session of the conformance protocol
     * @param compiling makes an engine that compiles early, to play recorded machines
     * @param watcher is told of progress
     */
    public Replay(
            ProtocolConfig config,
            Supplier<BlockImporter> importers,
            Supplier<FuzzSession> sessions,
            Supplier<Engine> compiling,
            Watcher watcher) {
        this.config = config;
        this.importers = importers;
        this.sessions = sessions;
        this.compiling = compiling;
        this.watcher = watcher;
    }

    /**
     * Replays whatever it is.
     *
     * @param recording what was recorded
     * @param engine runs programs that stand by themselves
     * @return what came of it
     * @throws IOException if a file cannot be read or is malformed
     */
    public Result run(Recording recording, Engine engine) throws IOException {
        return switch (recording) {
            case Recording.Trace trace -> run(trace);
            case Recording.Session session -> run(session);
            case Recording.HostCalls calls -> run(calls, engine);
            case Recording.Machines machines -> run(machines);
        };
    }

    /**
     * Replays steps from their own prior states on. A step whose parent is not known by then starts
     * from the prior state that its file gives; all others continue what was imported.
     *
     * @param trace the steps
     * @return what came of them
     * @throws IOException if a file cannot be read or is malformed
     */
    public Result run(Recording.Trace trace) throws IOException {
        List<TraceStep> steps = Recording.steps(config, trace);
        BlockImporter importer = importers.get();
        Timings timings = new Timings();
        List<String> failures = new ArrayList<>();
        int done = 0;
        int imported = 0;
        int refused = 0;
        for (TraceStep step : steps) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            String where = trace.name() + "/" + step.name() + ": ";
            done++;
            if (!importer.knows(step.parentHash())) {
                RawState state = step.preState(config);
                Hash root =
                        importer.initialize(step.parentHash(), state.entries(), Optional.empty());
                if (!root.equals(step.preRoot())) {
                    failures.add(
                            where
                                    + "the prior state's root is "
                                    + root
                                    + ", not "
                                    + step.preRoot());
                    continue;
                }
            }
            byte[] block = step.block().toArray();
            long begun = System.nanoTime();
            ImportResult result = importer.importBlock(block);
            long took = System.nanoTime() - begun;
            switch (result) {
                case ImportResult.Refused(String reason) -> {
                    if (step.mustBeRefused()) {
                        refused++;
                    } else {
                        failures.add(where + "refused, but is valid: " + reason);
                    }
                }
                case ImportResult.Imported(Hash headerHash, Hash stateRoot) -> {
                    if (step.mustBeRefused()) {
                        failures.add(where + "imported, but is invalid");
                    } else if (stateRoot.equals(step.postRoot())) {
                        imported++;
                        timings.add(took);
                    } else {
                        failures.add(where + explain(importer, step, headerHash, stateRoot));
                    }
                }
            }
            watcher.step(trace);
        }
        return new Result(trace.name(), done, imported, refused, failures, timings);
    }

    private String explain(BlockImporter importer, TraceStep step, Hash headerHash, Hash root)
            throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("root " + root + ", expected " + step.postRoot());
        RawState expected = step.postState(config);
        importer.state(headerHash)
                .ifPresent(actual ->
                        lines.addAll(StateDifference.lines(config, expected.entries(), actual)));
        return String.join(System.lineSeparator() + "  ", lines);
    }

    /**
     * Replays a session: answers must be the same octets, apart from who speaks and what an error
     * says.
     *
     * @param recorded the session
     * @return what came of it
     * @throws IOException if a file cannot be read
     */
    public Result run(Recording.Session recorded) throws IOException {
        FuzzSession session = sessions.get();
        Timings timings = new Timings();
        List<String> failures = new ArrayList<>();
        int done = 0;
        int imported = 0;
        int refused = 0;
        for (Recording.Exchange exchange : recorded.exchanges()) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            byte[] request = Files.readAllBytes(exchange.request());
            byte[] expected = Files.readAllBytes(exchange.answer());
            String where = recorded.name() + "/" + exchange.request().getFileName() + ": ";
            done++;
            try {
                long begun = System.nanoTime();
                byte[] answer = session.answer(request);
                long took = System.nanoTime() - begun;
                boolean block = request.length > 0 && request[0] == IMPORT_BLOCK;
                if (!agree(expected, answer)) {
                    failures.add(
                            where + "expected " + describe(expected) + ", not " + describe(answer));
                } else if (block && answer[0] == STATE_ROOT) {
                    imported++;
                    timings.add(took);
                } else if (block) {
                    refused++;
                }
            } catch (FuzzSession.ProtocolException e) {
                failures.add(where + "the session was closed: " + e.getMessage());
                break;
            }
            watcher.step(recorded);
        }
        return new Result(recorded.name(), done, imported, refused, failures, timings);
    }

    /**
     * Returns whether an answer is what a recording says.
     *
     * @param expected the recorded answer
     * @param answer another
     * @return whether they are the same octets, or both of a kind whose text is free
     */
    public static boolean agree(byte[] expected, byte[] answer) {
        boolean free = expected.length > 0 && (expected[0] == 0 || expected[0] == (byte) 255);
        return free
                ? answer.length > 0 && answer[0] == expected[0]
                : Arrays.equals(expected, answer);
    }

    /**
     * Replays recorded runs of services.
     *
     * @param calls the runs
     * @param engine runs their programs
     * @return what came of them; a run counts as imported, and its time is that of reading and
     *     running
     * @throws IOException if a file cannot be read or is malformed
     */
    public Result run(Recording.HostCalls calls, Engine engine) throws IOException {
        Timings timings = new Timings();
        List<String> failures = new ArrayList<>();
        int done = 0;
        int passed = 0;
        for (Path file : calls.files()) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            List<String> complaints = new ArrayList<>();
            long begun = System.nanoTime();
            try {
                hostCalls.play(file, engine, complaints);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new Recording.UnreadableException(
                        file, "not a host-call trace: " + e.getMessage());
            }
            long took = System.nanoTime() - begun;
            done++;
            if (complaints.isEmpty()) {
                passed++;
                timings.add(took);
            } else {
                failures.add(file.getFileName() + ": " + String.join("; ", complaints));
            }
            watcher.step(calls);
        }
        return new Result(calls.name(), done, passed, 0, failures, timings);
    }

    /**
     * Does to machines of every engine what was recorded, and compares them at each call and stop
     * with the reference's.
     *
     * @param machines the recordings
     * @return what came of them; a recording counts as imported where all engines agree
     * @throws IOException if a file cannot be read or is malformed
     */
    public Result run(Recording.Machines machines) throws IOException {
        List<Engine> engines =
                List.of(
                        new InterpreterEngine(),
                        compiling.get(),
                        JitEngine.eager(new InterpreterEngine()));
        Timings timings = new Timings();
        List<String> failures = new ArrayList<>();
        int done = 0;
        int passed = 0;
        for (Path file : machines.files()) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            long begun = System.nanoTime();
            List<String> expected = read(file).play(new ReferenceEngine());
            int before = failures.size();
            for (Engine engine : engines) {
                // Read anew, so that no engine meets what another made of the program.
                List<String> seen = read(file).play(engine);
                if (!seen.equals(expected)) {
                    failures.add(file.getFileName() + ": " + difference(expected, seen, engine));
                }
            }
            timings.add(System.nanoTime() - begun);
            done++;
            passed += failures.size() == before ? 1 : 0;
            watcher.step(machines);
        }
        return new Result(machines.name(), done, passed, 0, failures, timings);
    }

    private static MachineRecording read(Path file) throws IOException {
        try {
            return MachineRecording.read(file);
        } catch (IOException e) {
            throw new Recording.UnreadableException(file, String.valueOf(e.getMessage()));
        }
    }

    private static String difference(List<String> expected, List<String> seen, Engine engine) {
        int at = 0;
        while (at < Math.min(expected.size(), seen.size())
                && expected.get(at).equals(seen.get(at))) {
            at++;
        }
        return "stop or call "
                + (at + 1)
                + "\n  reference: "
                + (at < expected.size() ? expected.get(at) : "none")
                + "\n  "
                + engine.name()
                + ": "
                + (at < seen.size() ? seen.get(at) : "none");
    }

    private String describe(byte[] body) {
        try {
            String text =
                    Structures.named("fuzz_message").orElseThrow().decode(config, body).toString();
            return text.length() <= 200 ? text : text.substring(0, 200) + "...";
        } catch (DecodeException e) {
            return body.length + " octets";
        }
    }
}
