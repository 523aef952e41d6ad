package io.marmalade.pvm.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;
import io.marmalade.pvm.diff.Linker.Linked;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.pvm.jit.JitEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** C is compiled and linked here, where clang 19 and the oracle are. */
class LinkerTest {
    private static final String MAIN =
            """
            #include "guest.h"
            u64 twice(u64 number);
            extern u64 counter;
            PROGRAM {
                counter += twice(little(input, 8));
                return number(counter);
            }
            """;
    private static final String OTHER =
            """
            #include "guest.h"
            u64 counter = 5;
            __attribute__((noinline)) u64 twice(u64 number) { return 2 * number + counter; }
            """;

    @TempDir Path folder = Path.of(".");

    private Path compile(String name, String source, String... options) throws IOException {
        Path file = folder.resolve(name + ".c");
        Path object = folder.resolve(name + ".o");
        Files.writeString(file, source);
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "clang-19",
                                "--target=riscv64-unknown-none-elf",
                                "-march=rv64em_zbb",
                                "-mabi=lp64e",
                                "-O3",
                                "-ffreestanding",
                                "-fno-builtin",
                                "-I" + Engines.HOME.resolve("programs").toAbsolutePath(),
                                "-c",
                                file.toString(),
                                "-o",
                                object.toString()));
        words.addAll(List.of(options));
        try {
            Process clang = new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(clang.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, clang.waitFor(), said);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            assumeTrue(false, "clang-19 is not here (apt-get install clang-19 lld-19)");
        }
        return object;
    }

    private static Linked link(ProtocolVersion version, String entry, Path... objects)
            throws IOException {
        assumeTrue(Engines.oracle().isPresent(), Engines.NO_ORACLE);
        try {
            Path oracle = Engines.oracle().orElseThrow();
            return Linker.link(oracle, List.of(objects), version, List.of(entry));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String refusal(String entry, Path... objects) {
        ProtocolVersion version = ProtocolVersion.V0_8_0;
        IOException refused = assertThrows(IOException.class, () -> link(version, entry, objects));
        return String.valueOf(refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void linksSeveralObjectsToOneProgram(ProtocolVersion version) throws IOException {
        Linked linked = link(version, "run", compile("main", MAIN), compile("other", OTHER));
        StandardProgram program =
                StandardProgram.decode(linked.standardProgram(new byte[0]), version).orElseThrow();
        byte[] input = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(100).array();
        InterpreterEngine interpreter = new InterpreterEngine();
        for (Engine engine : List.of(interpreter, JitEngine.eager(interpreter))) {
            try (Machine machine = engine.newMachine(program.program())) {
                program.load(machine, input);
                machine.setGas(1_000_000);
                assertInstanceOf(ExitReason.Halt.class, machine.run());
                byte[] answer =
                        machine.memory().read(machine.register(7), (int) machine.register(8));
                long number = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getLong();
                assertEquals(5 + (2 * 100 + 5), number);
            }
        }
    }

    @Test
    void namesWhatIsNotDefinedAndWhoNeedsIt() throws IOException {
        Path main = compile("main", MAIN);
        assertEquals(
                "counter is not defined, but section .text refers to it; twice is not defined, but"
                        + " section .text refers to it",
                refusal("run", main));
        Path placed = compile("placed", MAIN, "-ffunction-sections");
        assertTrue(refusal("run", placed).contains("section .text.run refers to it"));
    }

    @Test
    void namesTheExportThatIsMissing() throws IOException {
        Path[] both = {compile("main", MAIN), compile("other", OTHER)};
        String message = refusal("refine_ext", both);
        assertTrue(message.contains("'refine_ext'"), message);
        assertTrue(message.contains(".polkavm_exports"), message);
    }

    @Test
    void namesWhatIsThreadLocal() throws IOException {
        String source = MAIN.replace("extern u64 counter", "__thread u64 counter");
        source = source.replace("twice(little(input, 8))", "1");
        assertEquals(
                "counter is thread-local, for section .text",
                refusal("run", compile("local", source)));
    }

    @Test
    void saysWhichObjectsItTakes() throws IOException {
        Path text = folder.resolve("text.o");
        Files.writeString(text, "no object at all, but long enough to hold the header of one file");
        assertEquals("not an ELF object", refusal("run", text));
        Path wide = compile("wide", OTHER, "-march=rv64im_zbb", "-mabi=lp64");
        assertTrue(refusal("run", wide).contains("-march=rv64em_zbb"));
        String twice = refusal("run", compile("main", MAIN), wide);
        assertTrue(twice.contains("wide.o"), twice);
    }
}
