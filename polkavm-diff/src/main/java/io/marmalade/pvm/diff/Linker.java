package io.marmalade.pvm.diff;

import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.ProtocolVersion;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** From RISC-V objects to programs, with the linker that the oracle has in it. */
public final class Linker {
    /** What combines several objects to one, in the order in which they are tried. */
    private static final List<String> COMBINERS = List.of("ld.lld-19", "ld.lld");

    /** A program that uses its stack little still gets a zone of it. */
    private static final int LEAST_STACK = 1 << 16;

    private Linker() {}

    /**
     * A linked program.
     *
     * @param program the program blob
     * @param readOnly data
     * @param readWrite data
     * @param heapPages pages of zeroes behind that
     * @param stackSize octets
     * @param exports names with their places, as {@code place name}
     */
    public record Linked(
            byte[] program,
            byte[] readOnly,
            byte[] readWrite,
            int heapPages,
            int stackSize,
            List<String> exports) {
        /**
         * Returns the standard program.
         *
         * @param metadata what stands in front, with its length before it; nothing if it is empty
         * @return its octets
         */
        public byte[] standardProgram(byte[] metadata) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (metadata.length > 0) {
                if (metadata.length >= 1 << 14) {
                    throw new IllegalArgumentException("metadata of 2^14 octets or more");
                }
                if (metadata.length >= 1 << 7) {
                    out.write(0x80 | metadata.length >>> 8);
                }
                out.write(metadata.length);
                out.writeBytes(metadata);
            }
            fixed(out, readOnly.length, 3);
            fixed(out, readWrite.length, 3);
            fixed(out, heapPages, 2);
            fixed(out, stackSize, 3);
            out.writeBytes(readOnly);
            out.writeBytes(readWrite);
            fixed(out, program.length, 4);
            out.writeBytes(program);
            return out.toByteArray();
        }

        private static void fixed(ByteArrayOutputStream out, int value, int size) {
            for (int octet = 0; octet < size; octet++) {
                out.write(value >>> 8 * octet);
            }
        }
    }

    /**
     * Links objects.
     *
     * @param oracle what {@link Oracle#find} found
     * @param objects relocatable ELF files for {@code rv64em}, at least one
     * @param version whose numbering the program has
     * @param entries exports that stand at 0, 5, 10, ... in this order
     * @return the program
     * @throws IOException if a file cannot be read, or the objects do not link: the message names
     *     symbol and section
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public static Linked link(
            Path oracle, List<Path> objects, ProtocolVersion version, List<String> entries)
            throws IOException, InterruptedException {
        byte[] object = objects.size() == 1 ? Files.readAllBytes(objects.get(0)) : combine(objects);
        String isa =
                switch (version) {
                    case V0_7_2 -> "revive_v1";
                    case V0_8_0 -> "jam_v1";
                };
        Map<?, ?> answer;
        ObjectFile.check(object);
        try (Oracle process = new Oracle(oracle)) {
            answer = process.link(object, isa, entries);
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            throw message.contains("dispatch table")
                    ? new IOException(
                            message + "; exports stand in section .polkavm_exports (EXPORT)", e)
                    : e;
        }
        byte[] readWrite = octets(answer, "read_write");
        int pages = pages(size(answer, "read_write_size"));
        List<String> exports = new ArrayList<>();
        if (answer.get("exports") instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof List<?> export && export.size() == 2) {
                    exports.add(export.get(0) + " " + export.get(1));
                }
            }
        }
        return new Linked(
                octets(answer, "program"),
                Arrays.copyOf(octets(answer, "read_only"), (int) size(answer, "read_only_size")),
                readWrite,
                pages - pages(readWrite.length),
                (int) Math.max(LEAST_STACK, size(answer, "stack_size")),
                exports);
    }

    private static int pages(long size) {
        return (int) ((size + GuestMemory.PAGE_SIZE - 1) / GuestMemory.PAGE_SIZE);
    }

    private static byte[] octets(Map<?, ?> answer, String name) throws IOException {
        if (answer.get(name) instanceof String digits) {
            return HexFormat.of().parseHex(digits);
        }
        throw new IOException("the oracle does not link: build it again");
    }

    private static long size(Map<?, ?> answer, String name) throws IOException {
        if (answer.get(name) instanceof Long size && size >= 0 && size < 1L << 24) {
            return size;
        }
        throw new IOException("more data than a standard program can have");
    }

    private static byte[] combine(List<Path> objects) throws IOException, InterruptedException {
        Path together = Files.createTempFile("marmalade", ".o");
        try {
            for (String combiner : COMBINERS) {
                List<String> words = new ArrayList<>(List.of(combiner, "-r", "-o"));
                words.add(together.toString());
                objects.forEach(object -> words.add(object.toString()));
                Process process;
                try {
                    process = new ProcessBuilder(words).redirectErrorStream(true).start();
                } catch (IOException e) {
                    // Not here under this name.
                    continue;
                }
                byte[] said = process.getInputStream().readAllBytes();
                if (process.waitFor() != 0) {
                    throw new IOException(new String(said, StandardCharsets.UTF_8).strip());
                }
                return Files.readAllBytes(together);
            }
        } finally {
            Files.deleteIfExists(together);
        }
        throw new IOException(
                "ld.lld is needed to combine objects (Debian and Ubuntu: apt-get install lld-19)");
    }
}
