package io.marmalade.pvm;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * All that a host did to a machine, in the order it was done, so that it can be done again on any
 * engine.
 *
 * <p>As text it has a line an event: {@code marmalade-machine 1} first, then {@code dialect} and
 * {@code program}, then what was done ({@code register}, {@code gas}, {@code pc}, {@code charged},
 * {@code access}, {@code reset}, {@code write}, {@code heap}), {@code run} where the machine ran,
 * and within a run {@code call} where it asked its host, followed by what that did and {@code
 * resume} or {@code stop}. Not thread-safe.
 */
public final class MachineRecording {
    /** What the text of a recording begins with. */
    public static final String HEADER = "marmalade-machine 1";

    private final Program program;
    private final List<String> events = new ArrayList<>();

    /** Begins a recording of a fresh machine. */
    public MachineRecording(Program program) {
        this.program = program;
    }

    /** Returns the program that the machine runs. */
    public Program program() {
        return program;
    }

    void add(String event) {
        events.add(event);
    }

    /**
     * Writes the recording to a file.
     *
     * @param file must not exist yet
     * @param remarks lines that say what it is about
     */
    public void write(Path file, List<String> remarks) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(HEADER);
        remarks.forEach(remark -> lines.add("# " + remark));
        lines.add("dialect " + program.dialect());
        lines.add("program " + HexFormat.of().formatHex(program.blob()));
        lines.addAll(events);
        Files.write(file, lines, StandardCharsets.US_ASCII);
    }

    /**
     * Reads a recording.
     *
     * @throws IOException if the file cannot be read or is no recording; the message names the line
     */
    public static MachineRecording read(Path file) throws IOException {
        MachineRecording recording = null;
        Dialect dialect = Dialect.V0_7_2;
        int number = 0;
        for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
            number++;
            String[] words = line.split(" ");
            try {
                if (number == 1) {
                    if (!line.equals(HEADER)) {
                        throw new IllegalArgumentException("not a recording of a machine");
                    }
                } else if (line.startsWith("#")) {
                    continue;
                } else if (words[0].equals("dialect")) {
                    dialect = Dialect.valueOf(words[1]);
                } else if (words[0].equals("program")) {
                    Optional<Program> program =
                            Program.decode(HexFormat.of().parseHex(words[1]), dialect);
                    recording =
                            new MachineRecording(
                                    program.orElseThrow(
                                            () -> new IllegalArgumentException("no program")));
                } else if (recording == null) {
                    throw new IllegalArgumentException("an event before the program");
                } else {
                    recording.check(words);
                    recording.events.add(line);
                }
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IOException(file + ", line " + number + ": " + e.getMessage());
            }
        }
        if (recording == null) {
            throw new IOException(file + ": no program in it");
        }
        return recording;
    }

    private void check(String[] words) {
        switch (words[0]) {
            case "run", "call", "resume", "stop" -> {}
            default -> {
                if (!apply(words, null)) {
                    throw new IllegalArgumentException("unknown event: " + words[0]);
                }
            }
        }
    }

    /**
     * Does everything again on another engine.
     *
     * @return a line for each stop and each call, with all that can be seen of the machine; of its
     *     memory, a checksum at each stop
     */
    public List<String> play(Engine engine) {
        List<String> seen = new ArrayList<>();
        BitSet mapped = mappedPages();
        try (Machine machine = engine.newMachine(program)) {
            int[] next = {0};
            while (next[0] < events.size()) {
                String event = events.get(next[0]++);
                if (event.equals("run")) {
                    ExitReason reason =
                            machine.run((number, caller) -> {
                                seen.add("call " + number + describe(caller));
                                return answer(caller, next);
                            });
                    seen.add(reason + describe(machine) + checksum(machine.memory(), mapped));
                } else if (!apply(event.split(" "), machine)) {
                    seen.add("out of step at " + event);
                    return seen;
                }
            }
        }
        return seen;
    }

    /**
     * Does what the host did during a call; an engine that is out of step with the recording is
     * stopped.
     */
    private @Nullable ExitReason answer(Machine caller, int[] next) {
        if (next[0] >= events.size() || !events.get(next[0]++).startsWith("call ")) {
            return ExitReason.PANIC;
        }
        while (next[0] < events.size()) {
            String[] words = events.get(next[0]++).split(" ");
            if (words[0].equals("resume")) {
                return null;
            }
            if (words[0].equals("stop") || !apply(words, caller)) {
                return ExitReason.PANIC;
            }
        }
        return ExitReason.PANIC;
    }

    /**
     * Does one thing to a machine, or only looks whether it could be done; returns false if it is
     * unknown.
     */
    private static boolean apply(String[] words, @Nullable Machine machine) {
        switch (words[0]) {
            case "register" -> {
                int index = Integer.parseInt(words[1]);
                long value = Long.parseLong(words[2]);
                if (machine != null) {
                    machine.setRegister(index, value);
                }
            }
            case "gas" -> {
                long gas = Long.parseLong(words[1]);
                if (machine != null) {
                    machine.setGas(gas);
                }
            }
            case "pc" -> {
                int pc = Integer.parseInt(words[1]);
                if (machine != null) {
                    machine.setPc(pc);
                }
            }
            case "charged" -> {
                if (machine != null) {
                    machine.setCharged(Boolean.parseBoolean(words[1]));
                }
            }
            case "access", "reset" -> {
                int first = Integer.parseInt(words[1]);
                int pages = Integer.parseInt(words[2]);
                PageAccess access = PageAccess.valueOf(words[3]);
                if (machine != null && words[0].equals("access")) {
                    machine.memory().setAccess(first, pages, access);
                } else if (machine != null) {
                    machine.memory().reset(first, pages, access);
                }
            }
            case "write" -> {
                long address = Long.parseLong(words[1]);
                byte[] octets = HexFormat.of().parseHex(words[2]);
                if (machine != null) {
                    machine.memory().write(address, octets);
                }
            }
            case "heap" -> {
                long top = Long.parseLong(words[1]);
                long limit = Long.parseLong(words[2]);
                if (machine != null) {
                    machine.memory().setHeap(top, limit);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Returns the pages that the host has anything to do with. */
    private BitSet mappedPages() {
        BitSet pages = new BitSet();
        for (String event : events) {
            String[] words = event.split(" ");
            if (words[0].equals("access") || words[0].equals("reset")) {
                int first = Integer.parseInt(words[1]);
                pages.set(first, first + Integer.parseInt(words[2]));
            }
        }
        return pages;
    }

    /** Sums up the pages that the host or the guest's heap can have mapped. */
    private static String checksum(GuestMemory memory, BitSet mapped) {
        BitSet pages = (BitSet) mapped.clone();
        int heapEnd = (int) (memory.heapTop() + GuestMemory.PAGE_SIZE - 1 >>> 12);
        for (int page = heapEnd; page > 0 && memory.access(page - 1) != PageAccess.NONE; page--) {
            pages.set(page - 1);
        }
        CRC32 sum = new CRC32();
        byte[] octets = new byte[GuestMemory.PAGE_SIZE];
        for (int page = pages.nextSetBit(0); page >= 0; page = pages.nextSetBit(page + 1)) {
            memory.read((long) page << 12, octets, 0, octets.length);
            sum.update(memory.access(page).ordinal());
            sum.update(octets);
        }
        return String.format(
                Locale.ROOT, ", heap up to %x, memory %08x", memory.heapTop(), sum.getValue());
    }

    /** Returns whether a file begins like a recording; no if it cannot be read. */
    public static boolean isRecording(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = HEADER.getBytes(StandardCharsets.US_ASCII);
            return Arrays.equals(in.readNBytes(header.length), header);
        } catch (IOException e) {
            return false;
        }
    }

    /** Describes all that can be seen of a machine but its memory. */
    static String describe(Machine machine) {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        " at %d, pc %d, gas %d%s, registers",
                        machine.exitPc(),
                        machine.pc(),
                        machine.gas(),
                        machine.charged() ? " paid" : ""));
        for (int register = 0; register < Machine.REGISTERS; register++) {
            text.append(' ').append(Long.toHexString(machine.register(register)));
        }
        return text.toString();
    }
}
