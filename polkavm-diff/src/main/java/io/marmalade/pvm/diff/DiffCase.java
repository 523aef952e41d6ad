package io.marmalade.pvm.diff;

import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.StandardProgram;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A program blob with everything that a run of it starts from, and how its host answers.
 *
 * <p>The arrays are shared and must not be changed.
 *
 * @param dialect what the program is written in
 * @param blob the program blob; it need not be valid
 * @param registers what the 13 registers start with
 * @param pages what is mapped; no page twice
 * @param memory what the pages hold besides zeroes
 * @param gas 0..2⁶³−1
 * @param pc where the run starts, unsigned 32 bits
 * @param answers what the host does at the first host calls; the run stops at the one after
 */
public record DiffCase(
        Dialect dialect,
        byte[] blob,
        long[] registers,
        List<Pages> pages,
        List<Chunk> memory,
        long gas,
        long pc,
        List<Answer> answers) {
    private static final int PAGES = 1 << 20;

    /** What the text of a case begins with. */
    public static final String HEADER = "marmalade-case 1";

    /**
     * Pages that are mapped alike.
     *
     * @param first 0..2²⁰−1
     * @param count how many
     * @param writable whether the guest may write as well as read
     */
    public record Pages(int first, int count, boolean writable) {
        /** Returns what the guest may do. */
        PageAccess access() {
            return writable ? PageAccess.WRITE : PageAccess.READ;
        }

        /** Returns the address of the first octet. */
        long address() {
            return (long) first * GuestMemory.PAGE_SIZE;
        }

        /** Returns the number of octets. */
        int length() {
            return count * GuestMemory.PAGE_SIZE;
        }
    }

    /**
     * Contents of memory.
     *
     * @param address within mapped pages as a whole
     * @param octets from there on
     */
    public record Chunk(long address, byte[] octets) {}

    /**
     * What the host does at a host call.
     *
     * @param register 0..12
     * @param value what the register is set to
     * @param gas what the gas is set to, or -1 to leave it
     */
    public record Answer(int register, long value, long gas) {}

    /** Checks the shape. */
    public DiffCase {
        if (registers.length != Machine.REGISTERS || gas < 0) {
            throw new IllegalArgumentException("not a start");
        }
        pages = List.copyOf(pages);
        memory = List.copyOf(memory);
        answers = List.copyOf(answers);
    }

    /**
     * Returns the case that goes on from where a machine stands. Where it has paid for its block is
     * not kept.
     *
     * @param machine any; it is not changed
     * @return a case of its own
     */
    public static DiffCase of(Machine machine) {
        GuestMemory memory = machine.memory();
        List<Pages> pages = new ArrayList<>();
        List<Chunk> chunks = new ArrayList<>();
        int from = 0;
        for (int page = 1; page <= PAGES; page++) {
            PageAccess access = page == PAGES ? null : memory.access(page);
            PageAccess before = memory.access(from);
            if (access == before) {
                continue;
            }
            if (before != PageAccess.NONE) {
                pages.add(new Pages(from, page - from, before == PageAccess.WRITE));
                for (int mapped = from; mapped < page; mapped++) {
                    long address = (long) mapped * GuestMemory.PAGE_SIZE;
                    byte[] octets = memory.read(address, GuestMemory.PAGE_SIZE);
                    if (!Arrays.equals(octets, new byte[octets.length])) {
                        chunks.add(new Chunk(address, octets));
                    }
                }
            }
            from = page;
        }
        long[] registers = new long[Machine.REGISTERS];
        for (int register = 0; register < registers.length; register++) {
            registers[register] = machine.register(register);
        }
        return new DiffCase(
                machine.program().dialect(),
                machine.program().blob(),
                registers,
                pages,
                chunks,
                machine.gas(),
                Integer.toUnsignedLong(machine.pc()),
                List.of());
    }

    /**
     * Returns the case for a program that takes arguments, from its start on, as appendix A lays it
     * out.
     *
     * @param program any
     * @param arguments at most 2²⁴ octets
     * @param engine lays it out
     * @param pc where to start: 0, or an entry point's
     * @param gas 0..2⁶³−1
     * @return a case of its own
     */
    public static DiffCase of(
            StandardProgram program, byte[] arguments, Engine engine, int pc, long gas) {
        try (Machine machine = engine.newMachine(program.program())) {
            program.load(machine, arguments);
            machine.setPc(pc);
            machine.setGas(gas);
            return of(machine);
        }
    }

    /** The first page of memory in one piece. */
    private static final int FLAT = 2 << 4;

    /** How many pages that are: as far as the stack of generated cases reaches. */
    private static final int FLAT_PAGES = 2 << 4;

    /** Returns whether memory is one writable piece, as {@link #flat} makes it, of any length. */
    boolean isFlat() {
        return pages.size() == 1 && pages.get(0).first == FLAT && pages.get(0).writable;
    }

    /**
     * Returns the case with all its memory in one writable piece from 0x20000 to 0x40000, which is
     * what PolkaVM can lay out without dynamic paging.
     *
     * @return a case that may do something else than this one
     */
    public DiffCase flat() {
        Pages all = new Pages(FLAT, FLAT_PAGES, true);
        List<Chunk> within =
                memory.stream()
                        .filter(chunk ->
                                chunk.address >= all.address()
                                        && chunk.address + chunk.octets.length
                                                <= all.address() + all.length())
                        .toList();
        return withMemory(List.of(all), within);
    }

    DiffCase withBlob(byte[] other, long start) {
        return new DiffCase(dialect, other, registers, pages, memory, gas, start, answers);
    }

    DiffCase withRegisters(long[] other) {
        return new DiffCase(dialect, blob, other, pages, memory, gas, pc, answers);
    }

    DiffCase withMemory(List<Pages> otherPages, List<Chunk> other) {
        return new DiffCase(dialect, blob, registers, otherPages, other, gas, pc, answers);
    }

    DiffCase withGas(long other) {
        return new DiffCase(dialect, blob, registers, pages, memory, other, pc, answers);
    }

    DiffCase withAnswers(List<Answer> other) {
        return new DiffCase(dialect, blob, registers, pages, memory, gas, pc, other);
    }

    /** Lays out memory and sets registers, gas and program counter of a fresh machine. */
    void prepare(Machine machine) {
        for (Pages range : pages) {
            machine.memory().setAccess(range.first, range.count, range.access());
        }
        for (Chunk chunk : memory) {
            machine.memory().write(chunk.address, chunk.octets);
        }
        for (int register = 0; register < Machine.REGISTERS; register++) {
            machine.setRegister(register, registers[register]);
        }
        machine.setGas(gas);
        machine.setPc((int) pc);
    }

    /**
     * Returns the case as text, a line a thing.
     *
     * @param remarks what to say about it, without line ends
     * @return what {@link #read} reads
     */
    public String text(List<String> remarks) {
        StringBuilder out = new StringBuilder(HEADER).append('\n');
        remarks.forEach(remark -> out.append("# ").append(remark).append('\n'));
        out.append("dialect ").append(dialect).append('\n');
        out.append("program ").append(HexFormat.of().formatHex(blob)).append('\n');
        out.append("gas ").append(gas).append('\n');
        out.append("pc ").append(pc).append('\n');
        for (int register = 0; register < registers.length; register++) {
            if (registers[register] != 0) {
                String value = Long.toHexString(registers[register]);
                out.append("register ").append(register).append(" 0x").append(value).append('\n');
            }
        }
        for (Pages range : pages) {
            out.append("pages ").append(range.first).append(' ').append(range.count);
            out.append(range.writable ? " write\n" : " read\n");
        }
        for (Chunk chunk : memory) {
            out.append("memory ").append(chunk.address).append(' ');
            out.append(HexFormat.of().formatHex(chunk.octets)).append('\n');
        }
        for (Answer answer : answers) {
            out.append("answer ").append(answer.register).append(" 0x");
            out.append(Long.toHexString(answer.value)).append(' ').append(answer.gas).append('\n');
        }
        return out.toString();
    }

    /**
     * Reads a case from a file of {@link #text}.
     *
     * @param file to be read
     * @return the case
     * @throws IOException if it cannot be read or holds no case; the message names the line
     */
    public static DiffCase read(Path file) throws IOException {
        return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    }

    /**
     * Reads a case from text.
     *
     * @param text as {@link #text} gives it
     * @param name what to call it in messages
     * @return the case
     * @throws IOException if the text is no case; the message names the line
     */
    public static DiffCase parse(String text, String name) throws IOException {
        Dialect dialect = Dialect.V0_7_2;
        byte[] blob = {};
        long[] registers = new long[Machine.REGISTERS];
        List<Pages> pages = new ArrayList<>();
        List<Chunk> memory = new ArrayList<>();
        long gas = 0;
        long pc = 0;
        List<Answer> answers = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String[] words = line.strip().split(" +");
            try {
                if (number == 1) {
                    if (!line.equals(HEADER)) {
                        throw new IllegalArgumentException("not a case");
                    }
                    continue;
                }
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                switch (words[0]) {
                    case "dialect" -> dialect = Dialect.valueOf(words[1]);
                    case "program" ->
                            blob =
                                    words.length == 1
                                            ? new byte[0]
                                            : HexFormat.of().parseHex(words[1]);
                    case "gas" -> gas = Long.parseLong(words[1]);
                    case "pc" -> pc = Long.parseLong(words[1]);
                    case "register" -> registers[Integer.parseInt(words[1])] = value(words[2]);
                    case "pages" ->
                            pages.add(
                                    new Pages(
                                            Integer.parseInt(words[1]),
                                            Integer.parseInt(words[2]),
                                            words[3].equals("write")));
                    case "memory" ->
                            memory.add(
                                    new Chunk(
                                            Long.parseLong(words[1]),
                                            HexFormat.of().parseHex(words[2])));
                    case "answer" ->
                            answers.add(
                                    new Answer(
                                            Integer.parseInt(words[1]),
                                            value(words[2]),
                                            Long.parseLong(words[3])));
                    default -> throw new IllegalArgumentException("unknown line: " + words[0]);
                }
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new IOException(name + ", line " + number + ": " + e.getMessage());
            }
        }
        if (number == 0) {
            throw new IOException(name + ": empty");
        }
        return new DiffCase(dialect, blob, registers, pages, memory, gas, pc, answers);
    }

    private static long value(String word) {
        return word.startsWith("0x")
                ? Long.parseUnsignedLong(word.substring(2), 16)
                : Long.parseLong(word);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiffCase that && text(List.of()).equals(that.text(List.of()));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob) * 31 + Arrays.hashCode(registers);
    }
}
