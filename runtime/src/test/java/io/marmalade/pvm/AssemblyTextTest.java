package io.marmalade.pvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.pvm.AssemblyText.Assembled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;

class AssemblyTextTest {
    private static final long SEED =
            Long.getLong("marmalade.seed", System.nanoTime() & 0xffff_ffffL);

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void textOfAProgramAssemblesToTheSameOctets(Dialect dialect) throws AssemblyException {
        for (int index = 0; index < 1500; index++) {
            long seed = SEED + index;
            byte[] blob = new RandomProgram(seed, dialect).blob();
            Program program = Program.decode(blob, dialect).orElseThrow();
            Assembled again = AssemblyText.assemble(Disassembly.text(program), Dialect.V0_7_2);
            assertEquals(dialect, again.dialect());
            assertArrayEquals(blob, again.octets(), "-Dmarmalade.seed=" + seed);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void textOfSpoiledProgramsAssemblesToTheSameOctets(Dialect dialect) throws AssemblyException {
        int decoded = 0;
        Random random = new Random(SEED);
        for (int index = 0; index < 1500; index++) {
            byte[] blob = new RandomProgram(SEED + index, dialect).blob();
            for (int change = 0; change < 3; change++) {
                blob[random.nextInt(blob.length)] = (byte) random.nextInt();
            }
            Optional<Program> program = Program.decode(blob, dialect);
            if (program.isPresent()) {
                decoded++;
                byte[] again =
                        AssemblyText.assemble(Disassembly.text(program.get()), dialect).octets();
                assertArrayEquals(program.get().blob(), again, "-Dmarmalade.seed=" + SEED);
            }
        }
        assertTrue(decoded > 50, "only " + decoded);
    }

    @Test
    void standardProgramsRoundTrip() throws AssemblyException {
        String text =
                """
                .dialect 0.8.0
                .standard
                .metadata 0a0b
                .heap 3
                .stack 8192
                .read_only
                    .text "hi\\n"     # three octets
                    .zero 20
                .read_write
                    .u16 1, 0xffff, -1
                .code
                start: load_imm r7, &back; a call
                    load_imm_jump r0, &back, double
                back:
                    branch_ne_imm r7, 0x10/4, start
                    trap
                double:
                    add_64 r7, r7, r7
                    jump_ind r0, 0
                """;
        Assembled assembled = AssemblyText.assemble(text, Dialect.V0_7_2);
        assertTrue(assembled.standard() && assembled.metadata());
        StandardProgram program =
                StandardProgram.decodeService(assembled.octets(), ProtocolVersion.V0_8_0)
                        .orElseThrow();
        assertEquals(1, program.program().jumpTableSize());
        String back =
                Disassembly.standardText(assembled.octets(), true, Dialect.V0_8_0).orElseThrow();
        assertArrayEquals(assembled.octets(), AssemblyText.assemble(back, Dialect.V0_7_2).octets());
    }

    @Test
    void assemblesToTheKnownOctets() throws AssemblyException {
        byte[] blob =
                AssemblyText.assemble("add_32 r9, r7, r8\nfallthrough\n", Dialect.V0_7_2).octets();
        assertEquals("000004be87090109", HexFormat.of().formatHex(blob));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "trap extra           | 1 | 6",
                "add_99 r1, r2, r3    | 1 | 1",
                "add_64 r1, r13, r3   | 1 | 12",
                "add_64 r1 r2         | 1 | 11",
                "load_imm r1, 0x1ffffffff | 1 | 14",
                "load_imm r1, 300/1   | 1 | 14",
                "jump nowhere         | 1 | 6",
                "jump far/1           | 1 | 6",
                ".octets 0            | 1 | 9",
                ".text \"open         | 1 | 7",
                ".nothing             | 1 | 1",
                "sbrk r1, r2          | 1 | 1"
            })
    void saysWhereTextIsWrong(String text, int line, int column) {
        String far = "\nx: load_imm_64 r1, 1\n" + "load_imm_64 r1, 2\n".repeat(20) + "far: trap\n";
        AssemblyException thrown =
                assertThrows(
                        AssemblyException.class,
                        () -> AssemblyText.assemble(text + far, Dialect.V0_8_0));
        assertEquals(line, thrown.line(), thrown.getMessage());
        assertEquals(column, thrown.column(), thrown.getMessage());
    }

    @Test
    void listingTellsWhatBlocksCost() throws AssemblyException {
        byte[] blob =
                AssemblyText.assemble("load_imm r1, 5\njump @4\ntrap", Dialect.V0_8_0).octets();
        String listing = Disassembly.listing(Program.decode(blob, Dialect.V0_8_0).orElseThrow());
        assertTrue(
                listing.startsWith("block 0: 2 instructions, gas 2 by the instruction, 15"),
                listing);
    }

    @Test
    void timelineEndsWithTheCostOfTheBlock() {
        for (int index = 0; index < 500; index++) {
            byte[] blob = new RandomProgram(SEED + index, Dialect.V0_8_0).blob();
            Program program = Program.decode(blob, Dialect.V0_8_0).orElseThrow();
            assertEquals(program.blockCosts().cost(0), PipelineTimeline.gas(program, 0));
            assertTrue(PipelineTimeline.of(program, 0).lines().count() > 1);
        }
    }
}
