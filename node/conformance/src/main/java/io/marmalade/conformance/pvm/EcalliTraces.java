package io.marmalade.conformance.pvm;

import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Recorded runs of real services (JIP-6): each host call with the machine's state before it and
 * what the host did, so that they play without any host. Not thread-safe.
 */
public final class EcalliTraces {
    /** The programs that were decoded, by their octets as they are written. */
    private final Map<String, StandardProgram> programs = new HashMap<>();

    /** Makes a player that decodes equal programs once. */
    public EcalliTraces() {}

    /**
     * Plays all traces of a folder.
     *
     * @param folder holds files that end with {@code .log}
     * @param engine plays the programs
     */
    public static FamilyResult run(Path folder, Engine engine) throws IOException {
        Tally tally = new Tally("ecalli-traces");
        EcalliTraces traces = new EcalliTraces();
        for (Path file : VectorFiles.list(folder, ".log")) {
            tally.play(VectorFiles.name(file), complaints -> traces.play(file, engine, complaints));
        }
        return tally.result();
    }

    /**
     * Plays one trace of a run under Gray Paper 0.7.2, until the first thing that differs.
     *
     * @param file the trace
     * @param engine plays the program
     * @param complaints where to say what differs
     */
    public void play(Path file, Engine engine, List<String> complaints) throws IOException {
        List<String> lines = Files.readAllLines(file);
        StandardProgram program =
                programs.computeIfAbsent(
                        lines.getFirst().split(" ")[1],
                        text ->
                                StandardProgram.decodeService(hex(text), ProtocolVersion.V0_7_2)
                                        .orElseThrow(() ->
                                                new IllegalArgumentException("not a program")));
        byte[] arguments = new byte[0];
        try (Machine machine = engine.newMachine(program.program())) {
            boolean started = false;
            for (int number = 1; number < lines.size() && complaints.isEmpty(); number++) {
                String line = lines.get(number);
                String[] words = line.split(" ");
                switch (words[0]) {
                    case "memwrite" -> {
                        byte[] octets = hex(words[words.length - 1]);
                        if (started) {
                            machine.memory().write(Long.decode(words[1]), octets);
                        } else {
                            arguments = octets;
                        }
                    }
                    case "memread" -> {
                        byte[] expected = hex(words[words.length - 1]);
                        long address = Long.decode(words[1]);
                        if (!machine.memory().isReadable(address, expected.length)
                                || !Arrays.equals(
                                        expected,
                                        machine.memory().read(address, expected.length))) {
                            complaints.add("memory differs at " + words[1]);
                        }
                    }
                    case "setreg" ->
                            machine.setRegister(
                                    Integer.parseInt(words[1].substring(1)), number(words[3]));
                    case "setgas" -> machine.setGas(number(words[2]));
                    case "start" -> {
                        program.load(machine, arguments);
                        machine.setPc((int) number(value(words[1])));
                        machine.setGas(number(value(words[2])));
                        checkRegisters(words, 3, machine, complaints);
                        started = true;
                    }
                    default -> {
                        ExitReason reason = machine.run();
                        VectorMachine.check("exit", words[0], word(reason), complaints);
                        VectorMachine.check(
                                "pc", number(value(words[1])), (long) machine.exitPc(), complaints);
                        VectorMachine.check(
                                "gas", number(value(words[2])), machine.gas(), complaints);
                        checkRegisters(words, 3, machine, complaints);
                    }
                }
                if (!complaints.isEmpty()) {
                    complaints.addFirst("line " + (number + 1));
                }
            }
        }
    }

    private static void checkRegisters(
            String[] words, int from, Machine machine, List<String> complaints) {
        long[] expected = new long[Machine.REGISTERS];
        for (int index = from; index < words.length; index++) {
            expected[Integer.parseInt(words[index].substring(1, 3))] = number(value(words[index]));
        }
        for (int index = 0; index < expected.length; index++) {
            VectorMachine.check("r" + index, expected[index], machine.register(index), complaints);
        }
    }

    private static String word(ExitReason reason) {
        return switch (reason) {
            case ExitReason.Halt() -> "HALT";
            case ExitReason.Panic() -> "PANIC";
            case ExitReason.OutOfGas() -> "OOG";
            case ExitReason.PageFault(int address) -> "FAULT";
            case ExitReason.HostCall(long number) -> "ecalli=" + number;
        };
    }

    private static String value(String assignment) {
        return assignment.substring(assignment.indexOf('=') + 1);
    }

    private static long number(String text) {
        return text.startsWith("0x")
                ? Long.parseUnsignedLong(text, 2, text.length(), 16)
                : Long.parseLong(text);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text, 2, text.length());
    }
}
