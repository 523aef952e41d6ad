package io.marmalade.pvm;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * From text to a program blob or a standard program.
 *
 * <p>A line holds {@code label:}, an instruction, or a directive; {@code #} and {@code ;} begin a
 * remark. Instructions have their names from the paper in small letters, then arguments with commas
 * between them: registers as {@code r7} in the paper's order (r_D first), immediates in decimal or
 * {@code 0x} hexadecimal, targets as labels or as {@code @} and a place. {@code &label} is the
 * address at which a dynamic jump reaches the label; it gets an entry in the jump table. Immediates
 * and distances take as few octets as they need unless {@code /n} says how many.
 *
 * <pre>
 * .dialect 0.8.0            # or 0.7.2, draft; without it, what the caller says
 * .standard                 # else the result is the program blob alone
 * .metadata 00ff            # in front of a standard program, as a service has it
 * .heap 16                  # pages of zeroes
 * .stack 65536              # octets
 * .jump_width 2             # octets of an entry in the jump table
 * .jump_table start, @17    # entries
 * .read_only                # what follows is data
 *   .octets 00 01ff
 *   .text "abc\n"
 *   .zero 16
 *   .u32 1, 2, 3            # likewise .u8 .u16 .u64
 * .read_write
 * .code
 * start:
 *   add_imm_64 r7, r7, 1
 *   branch_ne_imm r7, 10, start
 *   .instruction 00 07      # an instruction as octets, whatever it is
 *   .octets 07              # octets that the mask does not mark
 * </pre>
 */
public final class AssemblyText {
    private static final Map<String, Opcode> OPCODES = new HashMap<>();

    static {
        for (Opcode opcode : Opcode.values()) {
            OPCODES.put(opcode.name().toLowerCase(Locale.ROOT), opcode);
        }
    }

    private enum Section {
        CODE,
        READ_ONLY,
        READ_WRITE
    }

    /** An argument that is a place in the code: a label or a number. */
    private record Target(@Nullable String label, long place, int line, int column) {}

    /** An instruction: octets, and perhaps a distance to be filled in at their end. */
    private static final class Piece {
        final byte[] octets;
        final boolean marked;
        final @Nullable Target target;

        /** Octets of the distance, and whether the text says so. */
        int width;

        final boolean fixed;
        int place;

        Piece(byte[] octets, boolean marked, @Nullable Target target, int width) {
            this.octets = octets;
            this.marked = marked;
            this.target = target;
            this.fixed = width >= 0;
            this.width = Math.max(0, width);
        }

        int length() {
            return octets.length + width;
        }
    }

    private Dialect dialect;
    private final List<Piece> pieces = new ArrayList<>();
    private final Map<String, Integer> labels = new HashMap<>();
    private final List<Target> jumps = new ArrayList<>();
    private final Map<String, Integer> entries = new HashMap<>();
    private int jumpWidth = -1;
    private Section section = Section.CODE;
    private final ByteArrayOutputStream readOnly = new ByteArrayOutputStream();
    private final ByteArrayOutputStream readWrite = new ByteArrayOutputStream();
    private boolean standard;
    private byte @Nullable [] metadata;
    private int heapPages;
    private int stackSize;

    private String line = "";
    private int number;
    private int at;

    private AssemblyText(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * What text stands for.
     *
     * @param dialect what the program is written in
     * @param octets the program blob, the standard program, or the standard program with metadata
     *     in front
     * @param standard whether it is a standard program
     * @param metadata whether metadata stands in front
     */
    public record Assembled(Dialect dialect, byte[] octets, boolean standard, boolean metadata) {}

    /**
     * Assembles text.
     *
     * @param text as the class says
     * @param dialect what the program is written in unless the text says
     * @return what it stands for; the program need not be valid in its dialect
     * @throws AssemblyException if it cannot be understood, or does not fit
     */
    public static Assembled assemble(String text, Dialect dialect) throws AssemblyException {
        AssemblyText assembly = new AssemblyText(dialect);
        for (String line : text.lines().toList()) {
            assembly.line(line);
        }
        return assembly.finish();
    }

    private void line(String text) throws AssemblyException {
        line = text;
        number++;
        at = 0;
        while (true) {
            space();
            if (atEnd()) {
                return;
            }
            int from = at;
            String word = word();
            if (word.isEmpty()) {
                throw wrong(from, "a label, an instruction or a directive is expected");
            }
            space();
            if (take(':')) {
                if (labels.put(word, pieces.size()) != null) {
                    throw wrong(from, "the label " + word + " stands twice");
                }
                continue;
            }
            if (word.startsWith(".")) {
                directive(word, from);
            } else {
                instruction(word, from);
            }
            space();
            if (!atEnd()) {
                throw wrong(at, "nothing more is expected here");
            }
            return;
        }
    }

    private void directive(String word, int from) throws AssemblyException {
        switch (word) {
            case ".dialect" -> {
                int start = at;
                if (!pieces.isEmpty()) {
                    throw wrong(from, "the dialect must be told before the first instruction");
                }
                dialect =
                        switch (rest()) {
                            case "0.7.2" -> Dialect.V0_7_2;
                            case "0.8.0" -> Dialect.V0_8_0;
                            case "draft" -> Dialect.PIPELINE_DRAFT;
                            default -> throw wrong(start, "a dialect is 0.7.2, 0.8.0 or draft");
                        };
            }
            case ".standard" -> standard = true;
            case ".metadata" -> {
                standard = true;
                metadata = hexadecimal();
            }
            case ".heap" -> heapPages = (int) number(0, 0xffff);
            case ".stack" -> stackSize = (int) number(0, 0xff_ffff);
            case ".code" -> section = Section.CODE;
            case ".read_only" -> section = Section.READ_ONLY;
            case ".read_write" -> section = Section.READ_WRITE;
            case ".jump_width" -> jumpWidth = (int) number(0, 255);
            case ".jump_table" -> {
                do {
                    jumps.add(target());
                    space();
                } while (take(','));
            }
            case ".instruction" -> {
                byte[] octets = hexadecimal();
                if (octets.length == 0 || section != Section.CODE) {
                    throw wrong(from, "an instruction has octets and stands in the code");
                }
                pieces.add(new Piece(octets, true, null, 0));
            }
            case ".octets" -> data(hexadecimal());
            case ".zero" -> data(new byte[(int) number(0, 0xff_ffff)]);
            case ".text" -> data(string().getBytes(StandardCharsets.UTF_8));
            case ".u8", ".u16", ".u32", ".u64" -> {
                int size = Integer.parseInt(word.substring(2)) / 8;
                do {
                    space();
                    int start = at;
                    long value = value();
                    if (size < 8 && value >> 8 * size != 0 && value >> 8 * size - 1 != -1) {
                        throw wrong(start, "does not fit " + 8 * size + " bits");
                    }
                    data(little(value, size));
                    space();
                } while (take(','));
            }
            default -> throw wrong(from, "no directive is called " + word);
        }
    }

    private void data(byte[] octets) {
        switch (section) {
            case CODE -> {
                if (octets.length > 0) {
                    pieces.add(new Piece(octets, false, null, 0));
                }
            }
            case READ_ONLY -> readOnly.writeBytes(octets);
            case READ_WRITE -> readWrite.writeBytes(octets);
        }
    }

    private void instruction(String name, int from) throws AssemblyException {
        Opcode opcode = OPCODES.get(name);
        int octet = opcode == null ? -1 : opcode.number(dialect);
        if (opcode == null || octet < 0) {
            String where = opcode == null ? "" : " in " + dialect;
            throw wrong(from, "no instruction is called " + name + where);
        }
        if (section != Section.CODE) {
            throw wrong(from, "an instruction stands in the code");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(octet);
        Target target = null;
        int width = 0;
        switch (opcode.format()) {
            case NONE -> {}
            case IMMEDIATE -> out.writeBytes(immediate());
            case REGISTER_EXTENDED_IMMEDIATE -> {
                out.write(register());
                comma();
                out.writeBytes(little(value(), 8));
            }
            case TWO_IMMEDIATES -> {
                byte[] x = immediate();
                comma();
                byte[] y = immediate();
                out.write(x.length);
                out.writeBytes(x);
                out.writeBytes(y);
            }
            case OFFSET -> {
                target = target();
                width = width();
            }
            case REGISTER_IMMEDIATE -> {
                out.write(register());
                comma();
                out.writeBytes(immediate());
            }
            case REGISTER_TWO_IMMEDIATES -> {
                int a = register();
                comma();
                byte[] x = immediate();
                comma();
                byte[] y = immediate();
                out.write(a | x.length << 4);
                out.writeBytes(x);
                out.writeBytes(y);
            }
            case REGISTER_IMMEDIATE_OFFSET -> {
                int a = register();
                comma();
                byte[] x = immediate();
                comma();
                out.write(a | x.length << 4);
                out.writeBytes(x);
                target = target();
                width = width();
            }
            case TWO_REGISTERS -> {
                int d = register();
                comma();
                out.write(d | register() << 4);
            }
            case TWO_REGISTERS_IMMEDIATE -> {
                int a = register();
                comma();
                out.write(a | register() << 4);
                comma();
                out.writeBytes(immediate());
            }
            case TWO_REGISTERS_OFFSET -> {
                int a = register();
                comma();
                out.write(a | register() << 4);
                comma();
                target = target();
                width = width();
            }
            case TWO_REGISTERS_TWO_IMMEDIATES -> {
                int a = register();
                comma();
                out.write(a | register() << 4);
                comma();
                byte[] x = immediate();
                comma();
                byte[] y = immediate();
                out.write(x.length);
                out.writeBytes(x);
                out.writeBytes(y);
            }
            case THREE_REGISTERS -> {
                int d = register();
                comma();
                int a = register();
                comma();
                out.write(a | register() << 4);
                out.write(d);
            }
        }
        pieces.add(new Piece(out.toByteArray(), true, target, width));
    }

    private Assembled finish() throws AssemblyException {
        layOut();
        byte[] blob = blob();
        if (!standard) {
            return new Assembled(dialect, blob, false, false);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] front = metadata;
        if (front != null) {
            natural(out, front.length);
            out.writeBytes(front);
        }
        if (readOnly.size() > 0xff_ffff || readWrite.size() > 0xff_ffff) {
            throw new AssemblyException(number, 1, "more data than a standard program can have");
        }
        out.writeBytes(little(readOnly.size(), 3));
        out.writeBytes(little(readWrite.size(), 3));
        out.writeBytes(little(heapPages, 2));
        out.writeBytes(little(stackSize, 3));
        out.writeBytes(readOnly.toByteArray());
        out.writeBytes(readWrite.toByteArray());
        out.writeBytes(little(blob.length, 4));
        out.writeBytes(blob);
        return new Assembled(dialect, out.toByteArray(), true, front != null);
    }

    /** Distances begin with no octets and grow until all of them fit. */
    private void layOut() throws AssemblyException {
        boolean grown = true;
        while (grown) {
            int place = 0;
            for (Piece piece : pieces) {
                piece.place = place;
                place += piece.length();
            }
            grown = false;
            for (Piece piece : pieces) {
                Target target = piece.target;
                if (target == null) {
                    continue;
                }
                long distance = place(target) - piece.place;
                if (!fits(distance, 4) || piece.fixed && !fits(distance, piece.width)) {
                    throw new AssemblyException(
                            target.line, target.column + 1, "too far away: " + distance);
                }
                if (size(distance) > piece.width && !piece.fixed) {
                    piece.width = size(distance);
                    grown = true;
                }
            }
        }
    }

    private long place(Target target) throws AssemblyException {
        if (target.label == null) {
            return target.place;
        }
        Integer piece = labels.get(target.label);
        if (piece == null) {
            throw new AssemblyException(
                    target.line, target.column + 1, "there is no label " + target.label);
        }
        if (piece < pieces.size()) {
            return pieces.get(piece).place;
        }
        return pieces.isEmpty() ? 0 : pieces.getLast().place + pieces.getLast().length();
    }

    private byte[] blob() throws AssemblyException {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        BitSet mask = new BitSet();
        for (Piece piece : pieces) {
            mask.set(code.size(), piece.marked);
            code.writeBytes(piece.octets);
            if (piece.target != null) {
                code.writeBytes(little(place(piece.target) - piece.place, piece.width));
            }
        }
        long[] places = new long[jumps.size()];
        int needed = 0;
        for (int entry = 0; entry < places.length; entry++) {
            places[entry] = place(jumps.get(entry));
            int octets = 1 + (63 - Long.numberOfLeadingZeros(places[entry] | 1)) / 8;
            needed = Math.max(needed, octets);
            if (jumpWidth >= 0 && jumpWidth < octets && places[entry] != 0) {
                Target target = jumps.get(entry);
                throw new AssemblyException(
                        target.line, target.column + 1, "does not fit the table's width");
            }
        }
        int width = jumpWidth < 0 ? needed : jumpWidth;
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        natural(blob, places.length);
        blob.write(width);
        natural(blob, code.size());
        for (long place : places) {
            blob.writeBytes(little(place, width));
        }
        blob.writeBytes(code.toByteArray());
        blob.writeBytes(Arrays.copyOf(mask.toByteArray(), (code.size() + 7) / 8));
        return blob.toByteArray();
    }

    // What a line is made of.

    private int register() throws AssemblyException {
        space();
        int from = at;
        String word = word();
        if (word.length() >= 2 && word.length() <= 3 && word.charAt(0) == 'r') {
            try {
                int register = Integer.parseUnsignedInt(word.substring(1));
                if (register < Machine.REGISTERS) {
                    return register;
                }
            } catch (NumberFormatException e) {
                throw wrong(from, "a register is r0 to r12");
            }
        }
        throw wrong(from, "a register is r0 to r12");
    }

    private byte[] immediate() throws AssemblyException {
        space();
        int from = at;
        long value;
        if (take('&')) {
            value = address();
        } else {
            value = value();
        }
        // 32 bits may also be written without their sign.
        if (value >>> 32 == 0) {
            value = value << 32 >> 32;
        }
        if (value != (int) value) {
            throw wrong(from, "an immediate has 32 bits");
        }
        int width = width();
        if (width >= 0 && !fits(value, width)) {
            throw wrong(from, "does not fit " + width + " octets");
        }
        return little(value, width >= 0 ? width : size(value));
    }

    /** The address of a label's entry in the jump table, which gets one if it has none. */
    private long address() throws AssemblyException {
        int from = at;
        String label = word();
        if (label.isEmpty()) {
            throw wrong(from, "a label is expected");
        }
        Integer entry = entries.get(label);
        if (entry == null) {
            jumps.add(new Target(label, 0, number, from));
            entry = jumps.size();
            entries.put(label, entry);
        }
        return 2L * entry;
    }

    private Target target() throws AssemblyException {
        space();
        int from = at;
        if (take('@')) {
            return new Target(null, value(), number, from);
        }
        String label = word();
        if (label.isEmpty()) {
            throw wrong(from, "a label, or @ and a place, is expected");
        }
        return new Target(label, 0, number, from);
    }

    /** Returns how many octets the text wants, or -1 if it does not say. */
    private int width() throws AssemblyException {
        space();
        if (!take('/')) {
            return -1;
        }
        return (int) number(0, 4);
    }

    private long number(long least, long most) throws AssemblyException {
        space();
        int from = at;
        long value = value();
        if (value < least || value > most) {
            throw wrong(from, "a number of " + least + " to " + most + " is expected");
        }
        return value;
    }

    private long value() throws AssemblyException {
        space();
        int from = at;
        boolean negative = take('-');
        String word = word();
        try {
            long value =
                    word.startsWith("0x")
                            ? Long.parseUnsignedLong(word.substring(2), 16)
                            : Long.parseUnsignedLong(word);
            return negative ? -value : value;
        } catch (NumberFormatException e) {
            throw wrong(from, "a number is expected");
        }
    }

    private byte[] hexadecimal() throws AssemblyException {
        space();
        int from = at;
        String digits = rest().replace(" ", "").replace("\t", "");
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw wrong(from, "pairs of hexadecimal digits are expected");
        }
    }

    private String string() throws AssemblyException {
        space();
        int from = at;
        if (!take('"')) {
            throw wrong(from, "text in quotes is expected");
        }
        StringBuilder out = new StringBuilder();
        while (at < line.length()) {
            char character = line.charAt(at++);
            if (character == '"') {
                return out.toString();
            }
            if (character == '\\' && at < line.length()) {
                char escaped = line.charAt(at++);
                character =
                        switch (escaped) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case '0' -> '\0';
                            case '"', '\\' -> escaped;
                            default -> throw wrong(at - 2, "unknown escape");
                        };
            }
            out.append(character);
        }
        throw wrong(from, "the quotes are not closed");
    }

    private String word() {
        int from = at;
        while (at < line.length()
                && (Character.isLetterOrDigit(line.charAt(at))
                        || line.charAt(at) == '_'
                        || line.charAt(at) == '.'
                        || line.charAt(at) == '$')) {
            at++;
        }
        return line.substring(from, at);
    }

    private String rest() {
        space();
        int from = at;
        while (!atEnd()) {
            at++;
        }
        return line.substring(from, at).strip();
    }

    private void comma() throws AssemblyException {
        space();
        if (!take(',')) {
            throw wrong(at, "a comma is expected");
        }
    }

    private boolean take(char expected) {
        if (at < line.length() && line.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void space() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }

    private boolean atEnd() {
        return at >= line.length() || line.charAt(at) == '#' || line.charAt(at) == ';';
    }

    private AssemblyException wrong(int from, String reason) {
        return new AssemblyException(number, from + 1, reason);
    }

    /** Returns the least octets whose sign extension is the value. */
    static int size(long value) {
        int size = 0;
        while (!fits(value, size)) {
            size++;
        }
        return size;
    }

    private static boolean fits(long value, int size) {
        return size == 0
                ? value == 0
                : size >= 8 || value << 64 - 8 * size >> 64 - 8 * size == value;
    }

    private static byte[] little(long value, int size) {
        byte[] octets = new byte[size];
        for (int octet = 0; octet < Math.min(8, size); octet++) {
            octets[octet] = (byte) (value >>> 8 * octet);
        }
        return octets;
    }

    private static void natural(ByteArrayOutputStream out, int value) {
        int following = 0;
        while (value >>> 7 * (following + 1) != 0) {
            following++;
        }
        out.write(0x100 - (0x100 >>> following) | value >>> 8 * following);
        out.writeBytes(little(value, following));
    }

    /** Returns the opcode of a name, if there is one. */
    static Optional<Opcode> opcode(String name) {
        return Optional.ofNullable(OPCODES.get(name));
    }
}
