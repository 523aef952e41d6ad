package io.marmalade.bench.input;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Recorded runs of real services (JIP-6), read once: what their host did is done again, and gas is
 * compared at each host call. Equal programs are one.
 */
public final class RecordedRuns {
    private sealed interface Step {
        record Write(long address, byte[] octets) implements Step {}

        record Register(int index, long value) implements Step {}

        record Gas(long gas) implements Step {}

        /** Runs on, until the gas is this. */
        record Resume(long gas) implements Step {}
    }

    private record Run(byte[] code, byte[] arguments, int pc, long gas, List<Step> steps) {}

    private final List<Run> runs = new ArrayList<>();
    private final Map<String, byte[]> codes = new HashMap<>();
    private Map<byte[], StandardProgram> programs = new IdentityHashMap<>();

    /**
     * Reads all runs of a folder.
     *
     * @param folder holds files that end with {@code .log}
     * @throws IOException if it cannot be read
     */
    public RecordedRuns(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
                runs.add(read(Files.readAllLines(file)));
            }
        }
        forget();
    }

    private Run read(List<String> lines) {
        String code = lines.getFirst().split(" ")[1];
        byte[] blob = codes.computeIfAbsent(code, RecordedRuns::hex);
        byte[] arguments = new byte[0];
        int pc = 0;
        long gas = 0;
        boolean started = false;
        List<Step> steps = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "memwrite" -> {
                    byte[] octets = hex(words[words.length - 1]);
                    if (started) {
                        steps.add(new Step.Write(Long.decode(words[1]), octets));
                    } else {
                        arguments = octets;
                    }
                }
                case "memread" -> {}
                case "setreg" ->
                        steps.add(
                                new Step.Register(
                                        Integer.parseInt(words[1].substring(1)), number(words[3])));
                case "setgas" -> steps.add(new Step.Gas(number(words[2])));
                case "start" -> {
                    pc = (int) number(words[1]);
                    gas = number(words[2]);
                    started = true;
                }
                default -> steps.add(new Step.Resume(number(words[2])));
            }
        }
        return new Run(blob, arguments, pc, gas, steps);
    }

    /**
     * Counts the instructions of all runs: each costs one gas under 0.7.2, and the recording says
     * how much is left at each stop.
     *
     * @return how many instructions a pass executes
     */
    public long instructions() {
        long sum = 0;
        for (Run run : runs) {
            long gas = run.gas;
            for (Step step : run.steps) {
                switch (step) {
                    case Step.Write _, Step.Register _ -> {}
                    case Step.Gas(long left) -> gas = left;
                    case Step.Resume(long left) -> {
                        sum += gas - left;
                        gas = left;
                    }
                }
            }
        }
        return sum;
    }

    /** Forgets the decoded programs, and with them all that engines have made of them. */
    public void forget() {
        Map<byte[], StandardProgram> decoded = new IdentityHashMap<>();
        for (byte[] code : codes.values()) {
            decoded.put(
                    code,
                    StandardProgram.decodeService(code, ProtocolVersion.V0_7_2).orElseThrow());
        }
        programs = decoded;
    }

    /**
     * Plays all runs.
     *
     * @param engine runs the programs
     * @return how many host calls there were
     * @throws IllegalStateException if gas differs
     */
    public int play(Engine engine) {
        int calls = 0;
        for (Run run : runs) {
            calls += play(run, engine);
        }
        return calls;
    }

    private int play(Run run, Engine engine) {
        StandardProgram program = programs.get(run.code);
        if (program == null) {
            throw new IllegalStateException("a run without a program");
        }
        int calls = 0;
        try (Machine machine = engine.newMachine(program.program())) {
            program.load(machine, run.arguments);
            machine.setPc(run.pc);
            machine.setGas(run.gas);
            for (Step step : run.steps) {
                switch (step) {
                    case Step.Write(long address, byte[] octets) ->
                            machine.memory().write(address, octets);
                    case Step.Register(int index, long value) -> machine.setRegister(index, value);
                    case Step.Gas(long gas) -> machine.setGas(gas);
                    case Step.Resume(long gas) -> {
                        ExitReason reason = machine.run();
                        if (machine.gas() != gas) {
                            throw new IllegalStateException("other gas after " + reason);
                        }
                        calls++;
                    }
                }
            }
        }
        return calls;
    }

    private static long number(String text) {
        String value = text.substring(text.indexOf('=') + 1);
        return value.startsWith("0x")
                ? Long.parseUnsignedLong(value, 2, value.length(), 16)
                : Long.parseLong(value);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text, 2, text.length());
    }
}
