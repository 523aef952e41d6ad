package io.marmalade.pvm.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.Program;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceClassVisitor;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What small functions are translated to, as listings to be read. {@code -Dmarmalade.golden=write}
 * writes them anew; the difference is then for a person to look at.
 */
class GoldenListingsTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("marmalade.root", ".."), "jit/src/test/resources/listings");

    private static void assertListing(String name, Dialect dialect, Consumer<Assembler> code)
            throws IOException {
        assertListing(name, dialect, MemoryKind.MAPPED, code);
    }

    private static void assertListing(
            String name, Dialect dialect, MemoryKind kind, Consumer<Assembler> code)
            throws IOException {
        Assembler assembler = new Assembler(dialect);
        code.accept(assembler);
        Program program = Program.decode(assembler.blob(), dialect).orElseThrow();
        FunctionFinder finder = new FunctionFinder(program);
        StringWriter listing = new StringWriter();
        for (byte[] classFile : RegionCompiler.classFiles(finder.functionOf(0), finder, kind)) {
            new ClassReader(classFile)
                    .accept(
                            new TraceClassVisitor(null, new Textifier(), new PrintWriter(listing)),
                            ClassReader.SKIP_FRAMES);
        }
        Path file = FOLDER.resolve(name + ".txt");
        if ("write".equals(System.getProperty("marmalade.golden"))) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, listing.toString());
        }
        assertEquals(Files.readString(file), listing.toString(), name);
    }

    private static void stackFrame(Assembler assembler) {
        assembler.add(Opcode.ADD_IMM_64, 1, 1, -32);
        assembler.add(Opcode.STORE_IND_U64, 0, 1, 24);
        assembler.add(Opcode.STORE_IND_U64, 5, 1, 16);
        assembler.add(Opcode.LOAD_IND_U32, 7, 1, 8);
        assembler.add(Opcode.JUMP_IND, 0, 0);
    }

    @Test
    void chargesABlockAndGroupsItsAccesses() throws IOException {
        assertListing("stack-frame", Dialect.V0_8_0, GoldenListingsTest::stackFrame);
    }

    @Test
    void reachesMemoryInAnArrayByViews() throws IOException {
        assertListing(
                "stack-frame-array",
                Dialect.V0_8_0,
                MemoryKind.ARRAY,
                GoldenListingsTest::stackFrame);
    }

    @Test
    void keepsALoopInOneMethod() throws IOException {
        assertListing(
                "loop",
                Dialect.V0_7_2,
                assembler -> {
                    int loop = assembler.here();
                    assembler.add(Opcode.ADD_64, 7, 8, 8);
                    assembler.add(Opcode.ADD_IMM_64, 7, 7, -1);
                    assembler.add(Opcode.BRANCH_NE_IMM, 7, 0, loop);
                    assembler.add(Opcode.JUMP_IND, 0, 0);
                });
    }

    @Test
    void callsDirectlyAndChecksWhereItCameBack() throws IOException {
        assertListing(
                "call",
                Dialect.V0_8_0,
                assembler -> {
                    int callee = assembler.label();
                    int back = assembler.label();
                    assembler.add(Opcode.LOAD_IMM_JUMP, 0, 2, callee);
                    assembler.place(back);
                    assembler.add(Opcode.ADD_64, 7, 8, 7);
                    assembler.add(Opcode.ECALLI, 3);
                    assembler.add(Opcode.JUMP_IND, 5, 0);
                    assembler.place(callee);
                    assembler.add(Opcode.JUMP_IND, 0, 0);
                    assembler.jumpTableEntry(back);
                });
    }

    @Test
    void runsRoundsOfALoopUnchecked() throws IOException {
        assertListing(
                "unchecked-rounds",
                Dialect.V0_8_0,
                assembler -> {
                    int loop = assembler.here();
                    assembler.add(Opcode.LOAD_IND_U64, 9, 7, 0);
                    assembler.add(Opcode.ADD_64, 8, 9, 8);
                    assembler.add(Opcode.ADD_IMM_64, 7, 7, 8);
                    assembler.add(Opcode.BRANCH_NE, 7, 10, loop);
                    assembler.add(Opcode.JUMP_IND, 0, 0);
                });
    }

    @Test
    void givesEachHandlerADispatchOfItsOwn() throws IOException {
        assertListing(
                "dispatch",
                Dialect.V0_8_0,
                assembler -> {
                    int dispatch = assembler.here();
                    assembler.add(Opcode.ADD_64, 6, 5, 6);
                    assembler.add(Opcode.AND_IMM, 6, 6, 6);
                    assembler.add(Opcode.ADD_IMM_64, 6, 6, 2);
                    assembler.add(Opcode.JUMP_IND, 6, 0);
                    for (int handler = 0; handler < 3; handler++) {
                        assembler.jumpTableEntry(assembler.here());
                        assembler.add(Opcode.ADD_IMM_64, 7, 7, 1 + handler);
                        assembler.add(Opcode.JUMP, dispatch);
                    }
                });
    }
}
