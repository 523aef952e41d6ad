package io.marmalade.pvm.diff;

import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.diff.DiffCase.Answer;
import io.marmalade.pvm.diff.DiffCase.Chunk;
import io.marmalade.pvm.diff.DiffCase.Pages;
import io.marmalade.pvm.diff.Outcome.Call;
import io.marmalade.pvm.diff.Outcome.Status;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A program that answers the line protocol, which the head of {@code oracle/src/main.rs} describes:
 * PolkaVM through the oracle, or any other engine.
 */
public final class LineSubject implements Subject {
    /** PolkaVM's engines. */
    public enum Backend {
        /** Its interpreter. */
        INTERPRETER,
        /** Its recompiler, in the process that asks. */
        GENERIC,
        /** Its recompiler in a sandbox of its own, without dynamic paging. */
        LINUX
    }

    private final Oracle oracle;
    private final @Nullable Backend backend;
    private final String name;

    /** What was asked and not answered yet. */
    private final ArrayDeque<DiffCase> asked = new ArrayDeque<>();

    /**
     * Starts an oracle.
     *
     * @param program what {@link Oracle#find} found
     * @param backend which of PolkaVM's engines
     * @throws IOException if it does not start
     */
    public LineSubject(Path program, Backend backend) throws IOException {
        this.oracle = new Oracle(program);
        this.backend = backend;
        this.name = "polkavm-" + backend.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Starts another engine. It is asked as PolkaVM is, with {@code default} for a backend, and no
     * difference is expected of it.
     *
     * @param program answers the line protocol
     * @throws IOException if it does not start
     */
    public LineSubject(Path program) throws IOException {
        this.oracle = new Oracle(program);
        this.backend = null;
        this.name = program.getFileName().toString();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Backend> polkaVm() {
        return Optional.ofNullable(backend);
    }

    /**
     * Its recompiler cannot charge by the instruction, nothing of it knows the draft's numbering,
     * and without dynamic paging it has memory in one piece.
     */
    @Override
    public boolean runs(DiffCase start) {
        return switch (start.dialect()) {
            case V0_7_2 -> backend == null || backend == Backend.INTERPRETER;
            case PIPELINE_DRAFT -> false;
            case V0_8_0 -> backend != Backend.LINUX || start.isFlat();
        };
    }

    @Override
    public void submit(DiffCase start) {
        asked.add(start);
        try {
            oracle.send(request(start));
        } catch (IOException e) {
            // It is gone; taking the answers finds that out and asks again.
            return;
        }
    }

    @Override
    public Outcome take() {
        DiffCase start = asked.remove();
        try {
            return outcome(oracle.receive());
        } catch (IOException e) {
            try {
                oracle.restart();
                for (DiffCase waiting : asked) {
                    oracle.send(request(waiting));
                }
                oracle.flush();
            } catch (IOException again) {
                throw new UncheckedIOException(again);
            }
            return Outcome.failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        oracle.close();
    }

    private StringBuilder request(DiffCase start) {
        boolean unit = start.dialect() == Dialect.V0_7_2;
        byte[] blob =
                backend == null ? start.blob() : Rewrite.forPolkaVm(start.blob(), start.dialect());
        String word = backend == null ? "default" : backend.name().toLowerCase(Locale.ROOT);
        StringBuilder out = new StringBuilder(512);
        out.append("{\"id\":0,\"program\":\"").append(HexFormat.of().formatHex(blob));
        out.append(
                unit
                        ? "\",\"isa\":\"revive_v1\",\"cost\":\"unit\",\"metering\":\"instruction\""
                        : "\",\"isa\":\"jam_v1\",\"cost\":\"pipeline\",\"metering\":\"block\"");
        out.append(",\"backend\":\"").append(word);
        out.append("\",\"pc\":").append(start.pc());
        out.append(",\"gas\":\"").append(start.gas()).append("\",\"registers\":[");
        for (int register = 0; register < Machine.REGISTERS; register++) {
            out.append(register == 0 ? "\"" : ",\"");
            out.append(Long.toUnsignedString(start.registers()[register])).append('"');
        }
        out.append("],\"pages\":[");
        String between = "";
        for (Pages range : start.pages()) {
            range(out.append(between), range);
            out.append(",\"writable\":").append(range.writable()).append('}');
            between = ",";
        }
        out.append("],\"digest\":[");
        between = "";
        for (Pages range : start.pages()) {
            range(out.append(between), range).append('}');
            between = ",";
        }
        out.append("],\"memory\":[");
        between = "";
        for (Chunk chunk : start.memory()) {
            out.append(between).append("{\"address\":").append(chunk.address());
            out.append(",\"octets\":\"").append(HexFormat.of().formatHex(chunk.octets()));
            out.append("\"}");
            between = ",";
        }
        out.append("],\"resume\":[");
        between = "";
        for (Answer answer : start.answers()) {
            out.append(between).append("{\"registers\":[[").append(answer.register());
            out.append(",\"").append(Long.toUnsignedString(answer.value())).append("\"]]");
            if (answer.gas() >= 0) {
                out.append(",\"gas\":\"").append(answer.gas()).append('"');
            }
            out.append('}');
            between = ",";
        }
        return out.append("]}");
    }

    private static StringBuilder range(StringBuilder out, Pages range) {
        out.append("{\"address\":").append(range.address());
        return out.append(",\"length\":").append(range.length());
    }

    private static Outcome outcome(Map<?, ?> answer) throws IOException {
        if (answer.get("error") instanceof String error) {
            boolean refused =
                    error.startsWith("not a program") || error.startsWith("does not compile");
            return refused ? Outcome.refused(error) : Outcome.failed(error);
        }
        try {
            Status status =
                    Status.valueOf(
                            text(answer.get("status")).toUpperCase(Locale.ROOT).replace('-', '_'));
            List<?> values = list(answer.get("registers"));
            long[] registers = new long[values.size()];
            for (int register = 0; register < registers.length; register++) {
                registers[register] = number(values.get(register));
            }
            List<Call> calls = new ArrayList<>();
            for (Object call : list(answer.get("host_calls"))) {
                List<?> parts = list(call);
                calls.add(
                        new Call(number(parts.get(0)), number(parts.get(1)), number(parts.get(2))));
            }
            List<?> ranges = list(answer.get("digest"));
            long[] digests = new long[ranges.size()];
            for (int range = 0; range < digests.length; range++) {
                digests[range] = ranges.get(range) == null ? 0 : number(ranges.get(range));
            }
            Object pc = answer.get("pc");
            return new Outcome(
                    status,
                    "",
                    number(answer.get("argument")),
                    pc == null ? -1 : number(pc),
                    number(answer.get("gas")),
                    registers,
                    calls,
                    digests);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the oracle's answer is not understood: " + answer, e);
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("no text");
    }

    private static List<?> list(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("no list");
    }

    private static long number(@Nullable Object value) {
        return switch (value) {
            case Long number -> number;
            case String text when text.startsWith("-") -> Long.parseLong(text);
            case String text -> Long.parseUnsignedLong(text);
            case null, default -> throw new IllegalArgumentException("no number");
        };
    }
}
