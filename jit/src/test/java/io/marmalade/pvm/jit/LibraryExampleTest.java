package io.marmalade.pvm.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the README shows is what is compiled and run here. */
class LibraryExampleTest {
    private static final Path ROOT = Path.of(System.getProperty("marmalade.root", ".."));

    private static String example() throws IOException {
        String source =
                Files.readString(
                        ROOT.resolve("jit/src/test/java/io/marmalade/pvm/jit/LibraryExample.java"));
        int begin = source.indexOf("// begin\n") + "// begin\n".length();
        return source.substring(begin, source.indexOf("// end")).stripIndent();
    }

    @Test
    void theReadmeShowsIt() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        assertTrue(readme.contains("```java\n" + example() + "```"), "README.md differs");
    }

    @Test
    void thePackageShowsIt() throws IOException {
        String source =
                Files.readString(
                        ROOT.resolve("jit/src/main/java/io/marmalade/pvm/jit/package-info.java"));
        String shown = example().replaceAll("(?m)^", " * ").stripTrailing();
        assertTrue(source.contains("{@snippet :\n" + shown), "package-info.java differs");
    }

    @Test
    void itRuns() {
        byte[] blob =
                new Assembler(Dialect.V0_8_0)
                        .add(Opcode.LOAD_IND_U8, 7, 7, 0)
                        .add(Opcode.ADD_IMM_64, 7, 7, 2)
                        .add(Opcode.JUMP_IND, 0, 0)
                        .standardProgram(new byte[0], new byte[0], 0, 4096);
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            LibraryExample.run(blob, ProtocolVersion.V0_8_0, new byte[] {40});
        } finally {
            System.setOut(before);
        }
        assertEquals("Halt[] with 42", printed.toString(StandardCharsets.UTF_8).strip());
    }
}
