package io.marmalade.pvm;

import io.marmalade.pvm.AssemblyText.Assembled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * From programs to text: either text that {@link AssemblyText} takes back, octet for octet, or a
 * listing for a reader.
 */
public final class Disassembly {
    private final Program program;
    private final Dialect dialect;
    private final boolean allWidths;

    /** Names of the places that are jumped to. */
    private final TreeMap<Integer, String> labels = new TreeMap<>();

    private Disassembly(Program program, boolean allWidths) {
        this.program = program;
        this.dialect = program.dialect();
        this.allWidths = allWidths;
        for (long entry = 0; entry < program.jumpTableSize(); entry++) {
            name(program.jumpTableEntry(entry));
        }
        for (int pc = 0; pc < program.codeSize(); pc++) {
            if (program.isInstruction(pc)) {
                Instruction instruction = program.instruction(pc);
                switch (instruction.opcode().format()) {
                    case OFFSET, TWO_REGISTERS_OFFSET -> name(instruction.x());
                    case REGISTER_IMMEDIATE_OFFSET -> name(instruction.y());
                    case NONE,
                            IMMEDIATE,
                            REGISTER_EXTENDED_IMMEDIATE,
                            TWO_IMMEDIATES,
                            REGISTER_IMMEDIATE,
                            REGISTER_TWO_IMMEDIATES,
                            TWO_REGISTERS,
                            TWO_REGISTERS_IMMEDIATE,
                            TWO_REGISTERS_TWO_IMMEDIATES,
                            THREE_REGISTERS -> {}
                }
            }
        }
    }

    private void name(long place) {
        if (program.isInstruction(place)) {
            labels.put((int) place, "at_" + place);
        }
    }

    /**
     * Returns the text of a program blob.
     *
     * @param program any program
     * @return what {@link AssemblyText#assemble} makes the same blob of
     */
    public static String text(Program program) {
        return head(program.dialect()) + ".code\n" + code(program);
    }

    /**
     * Returns the text of a standard program.
     *
     * @param octets of the standard program
     * @param withMetadata whether metadata stands in front, as in a service's code
     * @param dialect what it is written in
     * @return what {@link AssemblyText#assemble} makes the same octets of, or nothing if they are
     *     not a standard program
     */
    public static Optional<String> standardText(
            byte[] octets, boolean withMetadata, Dialect dialect) {
        OctetReader in = new OctetReader(octets, 0, octets.length);
        StringBuilder out = new StringBuilder(head(dialect)).append(".standard\n");
        if (withMetadata) {
            long size = in.natural();
            if (in.failed() || Long.compareUnsigned(size, in.left()) > 0) {
                return Optional.empty();
            }
            byte[] metadata = in.octets((int) size, 0, 0);
            out.append(".metadata ").append(HexFormat.of().formatHex(metadata)).append('\n');
        }
        int readOnlySize = (int) in.fixed(3);
        int readWriteSize = (int) in.fixed(3);
        int heapPages = (int) in.fixed(2);
        int stackSize = (int) in.fixed(3);
        if (in.failed() || in.left() < readOnlySize + readWriteSize) {
            return Optional.empty();
        }
        out.append(".heap ").append(heapPages).append("\n.stack ").append(stackSize).append('\n');
        data(out, ".read_only", in.octets(readOnlySize, 0, 0));
        data(out, ".read_write", in.octets(readWriteSize, 0, 0));
        long codeSize = in.fixed(4);
        if (in.failed() || in.left() != codeSize) {
            return Optional.empty();
        }
        byte[] blob = in.octets((int) codeSize, 0, 0);
        return Program.decode(blob, dialect)
                .map(program -> out.append(".code\n").append(code(program)).toString());
    }

    private static String head(Dialect dialect) {
        String name =
                switch (dialect) {
                    case V0_7_2 -> "0.7.2";
                    case PIPELINE_DRAFT -> "draft";
                    case V0_8_0 -> "0.8.0";
                };
        return ".dialect " + name + "\n";
    }

    private static void data(StringBuilder out, String section, byte[] octets) {
        if (octets.length == 0) {
            return;
        }
        out.append(section).append('\n');
        int at = 0;
        while (at < octets.length) {
            int zeroes = 0;
            while (at + zeroes < octets.length && octets[at + zeroes] == 0) {
                zeroes++;
            }
            if (zeroes >= 16) {
                out.append("    .zero ").append(zeroes).append('\n');
                at += zeroes;
                continue;
            }
            int size = Math.min(32, octets.length - at);
            out.append("    .octets ");
            HexFormat.of().formatHex(out, octets, at, at + size).append('\n');
            at += size;
        }
    }

    /**
     * With distances as short as they are, or, should that come out otherwise, with the width of
     * each.
     */
    private static String code(Program program) {
        byte[] blob = program.blob();
        String text = new Disassembly(program, false).lines();
        try {
            Assembled again = AssemblyText.assemble(text, program.dialect());
            if (Arrays.equals(again.octets(), blob)) {
                return text;
            }
        } catch (AssemblyException e) {
            // A width that does not come out alike: below each is given.
            return new Disassembly(program, true).lines();
        }
        return new Disassembly(program, true).lines();
    }

    private String lines() {
        StringBuilder out = new StringBuilder();
        if (program.jumpTableSize() > 0 || program.jumpTableWidth() > 0) {
            out.append(".jump_width ").append(program.jumpTableWidth()).append('\n');
        }
        for (long entry = 0; entry < program.jumpTableSize(); entry++) {
            out.append(entry % 8 == 0 ? entry == 0 ? ".jump_table " : "\n.jump_table " : ", ");
            long place = program.jumpTableEntry(entry);
            String label = place == (int) place ? labels.get((int) place) : null;
            out.append(label != null ? label : "@" + Long.toUnsignedString(place));
        }
        if (program.jumpTableSize() > 0) {
            out.append('\n');
        }
        int pc = 0;
        while (pc < program.codeSize()) {
            int end = pc + 1;
            while (end < program.codeSize() && !program.isInstruction(end)) {
                end++;
            }
            if (labels.containsKey(pc)) {
                out.append(labels.get(pc)).append(":\n");
            }
            out.append("    ").append(line(pc, end)).append('\n');
            pc = end;
        }
        return out.toString();
    }

    private String line(int pc, int end) {
        byte[] octets = new byte[end - pc];
        for (int at = pc; at < end; at++) {
            octets[at - pc] = (byte) program.codeAt(at);
        }
        String digits = HexFormat.of().formatHex(octets);
        if (!program.isInstruction(pc)) {
            return ".octets " + digits;
        }
        Instruction instruction = program.instruction(pc);
        boolean known = instruction.opcode().number(dialect) == (octets[0] & 0xff);
        if (!known || octets.length != instruction.length()) {
            return ".instruction " + digits;
        }
        String text = text(instruction, octets);
        // Sloppy encodings have no other text than their octets.
        try {
            String alone = text.replaceAll("at_([0-9]+)", "@$1");
            String moved = relative(instruction, alone);
            Program again =
                    Program.decode(
                                    AssemblyText.assemble(moved, dialect).octets(),
                                    dialect.validated() ? Dialect.PIPELINE_DRAFT : dialect)
                            .orElseThrow();
            if (Arrays.equals(again.code(), octets)) {
                return text;
            }
        } catch (AssemblyException e) {
            return ".instruction " + digits + " # " + text;
        }
        return ".instruction " + digits + " # " + text;
    }

    /** The text as it would be were the instruction at the beginning of the code. */
    private static String relative(Instruction instruction, String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return text;
        }
        int end = text.indexOf('/', at);
        String place = text.substring(at + 1, end < 0 ? text.length() : end);
        long distance = Long.parseLong(place) - instruction.pc();
        return text.substring(0, at + 1) + distance + (end < 0 ? "" : text.substring(end));
    }

    private String text(Instruction instruction, byte[] octets) {
        String name = instruction.opcode().name().toLowerCase(Locale.ROOT);
        String a = "r" + instruction.a();
        String b = "r" + instruction.b();
        String d = "r" + instruction.d();
        long x = instruction.x();
        long y = instruction.y();
        int length = octets.length;
        List<String> arguments = new ArrayList<>();
        switch (instruction.opcode().format()) {
            case NONE -> {}
            case IMMEDIATE -> arguments.add(immediate(x, length - 1));
            case REGISTER_EXTENDED_IMMEDIATE -> {
                arguments.add(a);
                arguments.add("0x" + Long.toHexString(x));
            }
            case TWO_IMMEDIATES -> {
                int sizeX = length < 2 ? 0 : octets[1] & 7;
                arguments.add(immediate(x, sizeX));
                arguments.add(immediate(y, length - 2 - sizeX));
            }
            case OFFSET -> arguments.add(target(instruction, x, length - 1));
            case REGISTER_IMMEDIATE -> {
                arguments.add(a);
                arguments.add(immediate(x, length - 2));
            }
            case REGISTER_TWO_IMMEDIATES -> {
                int sizeX = length < 2 ? 0 : octets[1] >>> 4 & 7;
                arguments.add(a);
                arguments.add(immediate(x, sizeX));
                arguments.add(immediate(y, length - 2 - sizeX));
            }
            case REGISTER_IMMEDIATE_OFFSET -> {
                int sizeX = length < 2 ? 0 : octets[1] >>> 4 & 7;
                arguments.add(a);
                arguments.add(immediate(x, sizeX));
                arguments.add(target(instruction, y, length - 2 - sizeX));
            }
            case TWO_REGISTERS -> {
                arguments.add(d);
                arguments.add(a);
            }
            case TWO_REGISTERS_IMMEDIATE -> {
                arguments.add(a);
                arguments.add(b);
                arguments.add(immediate(x, length - 2));
            }
            case TWO_REGISTERS_OFFSET -> {
                arguments.add(a);
                arguments.add(b);
                arguments.add(target(instruction, x, length - 2));
            }
            case TWO_REGISTERS_TWO_IMMEDIATES -> {
                int sizeX = length < 3 ? 0 : octets[2] & 7;
                arguments.add(a);
                arguments.add(b);
                arguments.add(immediate(x, sizeX));
                arguments.add(immediate(y, length - 3 - sizeX));
            }
            case THREE_REGISTERS -> {
                arguments.add(d);
                arguments.add(a);
                arguments.add(b);
            }
        }
        return arguments.isEmpty() ? name : name + " " + String.join(", ", arguments);
    }

    private static String immediate(long value, int size) {
        return value
                + (AssemblyText.size(value) == size ? "" : "/" + Math.max(0, Math.min(9, size)));
    }

    private String target(Instruction instruction, long place, int size) {
        String label = place == (int) place ? labels.get((int) place) : null;
        String text = label != null ? label : "@" + place;
        boolean shortest = AssemblyText.size(place - instruction.pc()) == size;
        return shortest && !allWidths ? text : text + "/" + Math.max(0, Math.min(9, size));
    }

    /**
     * Returns a listing: blocks with what they cost, then their instructions with place and octets.
     *
     * @param program any program
     * @return a line an instruction, a line in front of a block
     */
    public static String listing(Program program) {
        Disassembly disassembly = new Disassembly(program, false);
        StringBuilder out = new StringBuilder();
        for (int pc = 0; pc < program.codeSize(); ) {
            int end = pc + 1;
            while (end < program.codeSize() && !program.isInstruction(end)) {
                end++;
            }
            if (program.isBlockStart(pc)) {
                disassembly.block(out, pc);
            }
            StringBuilder octets = new StringBuilder();
            for (int at = pc; at < end; at++) {
                octets.append(HexFormat.of().toHexDigits((byte) program.codeAt(at)));
            }
            out.append(
                    String.format(
                            Locale.ROOT,
                            "%8d  %-24s  %s%n",
                            pc,
                            octets,
                            disassembly.line(pc, end)));
            pc = end;
        }
        return out.toString();
    }

    private void block(StringBuilder out, int start) {
        int count = 1;
        int pc = start;
        while (!program.opcode(pc).isTerminator()) {
            pc = program.instruction(pc).next();
            count++;
        }
        out.append(
                String.format(
                        Locale.ROOT,
                        "block %d: %d instructions, gas %d by the instruction, %d by the"
                                + " pipeline%n",
                        start,
                        count,
                        count,
                        program.blockCosts().cost(start)));
    }
}
