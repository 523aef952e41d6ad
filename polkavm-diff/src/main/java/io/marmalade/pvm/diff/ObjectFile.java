package io.marmalade.pvm.diff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What is looked at in a relocatable object before it is linked, so that a complaint names the
 * symbol and the section: the linker of PolkaVM names one of them.
 */
final class ObjectFile {
    private static final int MAGIC = 0x464c457f;
    private static final int RELOCATABLE = 1;
    private static final int RISC_V = 243;

    /** The flag of objects that use 16 registers only. */
    private static final int EMBEDDED = 8;

    private static final int SYMBOLS = 2;
    private static final int RELOCATIONS = 4;
    private static final int SECTION_HEADER = 64;
    private static final int SYMBOL = 24;
    private static final int RELOCATION = 24;
    private static final int WEAK = 2;
    private static final int THREAD_LOCAL = 6;

    private record Section(int name, int type, int offset, int size, int link, int info) {}

    private final ByteBuffer octets;
    private final List<Section> sections = new ArrayList<>();
    private final int names;

    private ObjectFile(byte[] octets) {
        this.octets = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        int table = (int) this.octets.getLong(40);
        int count = this.octets.getShort(60) & 0xffff;
        this.names = this.octets.getShort(62) & 0xffff;
        for (int index = 0; index < count; index++) {
            int at = table + index * SECTION_HEADER;
            sections.add(
                    new Section(
                            this.octets.getInt(at),
                            this.octets.getInt(at + 4),
                            (int) this.octets.getLong(at + 24),
                            (int) this.octets.getLong(at + 32),
                            this.octets.getInt(at + 40),
                            this.octets.getInt(at + 44)));
        }
    }

    /**
     * Checks what the linker would complain of less clearly.
     *
     * @throws IOException if the object is of another kind, or refers to what it cannot have
     */
    static void check(byte[] octets) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        if (octets.length < 64 || header.getInt(0) != MAGIC) {
            throw new IOException("not an ELF object");
        }
        if (octets[4] != 2 || header.getShort(18) != RISC_V) {
            throw new IOException("not an object for RISC-V with 64 bits");
        }
        if (header.getShort(16) != RELOCATABLE) {
            throw new IOException(
                    "not a relocatable object: compile with -c, or link with ld.lld -r");
        }
        if ((header.getInt(48) & EMBEDDED) == 0) {
            throw new IOException(
                    "an object that uses more than 16 registers: compile with -march=rv64em_zbb"
                            + " -mabi=lp64e");
        }
        List<String> complaints;
        try {
            complaints = new ObjectFile(octets).complaints();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("a damaged object", e);
        }
        if (!complaints.isEmpty()) {
            throw new IOException(String.join("; ", complaints));
        }
    }

    private List<String> complaints() {
        TreeSet<String> found = new TreeSet<>();
        for (Section relocations : sections) {
            if (relocations.type != RELOCATIONS) {
                continue;
            }
            Section symbols = sections.get(relocations.link);
            Section target = sections.get(relocations.info);
            for (int at = 0; at + RELOCATION <= relocations.size; at += RELOCATION) {
                long info = octets.getLong(relocations.offset + at + 8);
                int symbol = symbols.offset + (int) (info >>> 32) * SYMBOL;
                String name = text(sections.get(symbols.link), octets.getInt(symbol));
                int kind = octets.get(symbol + 4);
                boolean defined = octets.getShort(symbol + 6) != 0;
                String section = text(sections.get(names), target.name);
                if ((kind & 15) == THREAD_LOCAL) {
                    found.add(name + " is thread-local, for section " + section);
                } else if (symbols.type == SYMBOLS
                        && !defined
                        && kind >> 4 != WEAK
                        && !name.isEmpty()) {
                    found.add(name + " is not defined, but section " + section + " refers to it");
                }
            }
        }
        return List.copyOf(found);
    }

    private String text(Section strings, int offset) {
        int start = strings.offset + offset;
        int end = start;
        while (octets.get(end) != 0) {
            end++;
        }
        return new String(octets.array(), start, end - start, StandardCharsets.UTF_8);
    }
}
