package io.marmalade.pvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;

class ProgramTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static Optional<Program> decode(String blob) {
        return Program.decode(hex(blob), ProtocolVersion.V0_7_2);
    }

    @Test
    void takesABlobApart() {
        Program program = decode("02 01 04  00 03  33 07 2a 00  09").orElseThrow();
        assertArrayEquals(hex("33 07 2a 00"), program.code());
        assertEquals(2, program.jumpTableSize());
        assertTrue(program.isInstruction(0));
        assertFalse(program.isInstruction(1));
        assertEquals(2, program.skip(0));
        assertEquals(
                new Instruction(0, 3, Opcode.LOAD_IMM, 7, 0, 0, 42, 0), program.instruction(0));
        assertEquals(0, program.jumpTarget(2));
        assertEquals(-1, program.jumpTarget(4), "3 starts no block");
        assertEquals(-1, program.jumpTarget(0));
        assertEquals(-1, program.jumpTarget(3));
        assertEquals(-1, program.jumpTarget(6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "00 00", // no length of code
                "00 00 01 00", // no mask
                "00 00 01 00 01 00", // octets behind the mask
                "00 00 01 00 03", // a bit behind the end of the mask
                "00 00 02 00", // code cut short
                "02 01 01 00", // jump table cut short
                "80 00 00 01 00 01", // a length in two octets that fits in one
                "00 00 80 01 00 01",
                "ff ff ff ff ff ff ff ff ff 01 01 00 01", // 2^64 - 1 entries
                "ff ff ff ff ff ff ff ff ff 00 ff ff ff ff ff ff ff ff ff 00", // as much code
                "00 01 ff ff ff ff ff ff ff ff ff 00 01",
            })
    void refusesWhatIsNoProgram(String blob) {
        assertTrue(decode(blob).isEmpty());
    }

    @Test
    void entriesOfNoOctetsAreZeroHoweverManyThereAre() {
        Program program = decode("ff ff ff ff ff ff ff ff ff 00 01 01 01").orElseThrow();
        assertEquals(-1, program.jumpTableSize());
        assertEquals(0, program.jumpTarget(-2));
    }

    @Test
    void wideEntriesAreNumbersOf64Bits() {
        assertEquals(
                0, decode("01 09 01 00 00 00 00 00 00 00 00 00 01 01").orElseThrow().jumpTarget(2));
        assertTrue(decode("01 09 01 00 00 00 00 00 00 00 00 01 01 01").isEmpty());
        assertEquals(
                -1, decode("01 08 01 00 00 00 00 00 00 00 80 01 01").orElseThrow().jumpTarget(2));
    }

    @Test
    void emptyCodeIsAProgramUnlessItIsValidated() {
        assertEquals(Opcode.TRAP, decode("00 00 00").orElseThrow().opcode(0));
        assertTrue(Program.decode(hex("00 00 00"), ProtocolVersion.V0_8_0).isEmpty());
    }

    @Test
    void skipsAtMost24Octets() {
        byte[] code = new byte[60];
        byte[] mask = new byte[8];
        mask[0] = 1;
        mask[6] = 1 << 2;
        byte[] blob = new byte[3 + 60 + 8];
        blob[2] = 60;
        System.arraycopy(code, 0, blob, 3, 60);
        System.arraycopy(mask, 0, blob, 63, 8);
        Program program = Program.decode(blob, ProtocolVersion.V0_7_2).orElseThrow();
        assertEquals(24, program.skip(0));
        assertEquals(9, program.skip(50));
        assertTrue(program.isBlockStart(0));
        assertFalse(program.isBlockStart(50), "too far behind the trap");
    }

    @ParameterizedTest
    @CsvSource({
        "00 00 02 00 00 01, true, an instruction may cover octets without a meaning",
        "00 00 02 00 00 03, true, two traps",
        "00 00 01 33 01, false, the last instruction ends no block",
        "00 00 02 ff 00 03, false, 255 is no opcode",
        "00 00 02 00 00 02, false, nothing stands at 0",
        "00 00 02 02 00 03, true, unlikely and trap",
        "00 00 03 65 10 00 05, true, 101 counts bits",
        "00 00 03 6f 10 00 05, false, 111 is no opcode",
    })
    void validatesProgramsAsAWhole(String blob, boolean valid, String why) {
        assertEquals(valid, Program.decode(hex(blob), ProtocolVersion.V0_8_0).isPresent(), why);
        assertTrue(Program.decode(hex(blob), ProtocolVersion.V0_7_2).isPresent());
    }

    @Test
    void refusesInstructionsOfMoreThan25OctetsWhereValidated() {
        for (int length : new int[] {25, 26}) {
            byte[] blob = new byte[3 + length + 4];
            blob[2] = (byte) length;
            blob[3 + length] = 1;
            assertEquals(length == 25, Program.decode(blob, ProtocolVersion.V0_8_0).isPresent());
        }
    }

    /** Entries of no octets: only their number is there. */
    @Test
    void takesJumpTablesOfAtMostTwoToThe24EntriesWhereValidated() {
        // The number in four octets, entries of none, one octet of code: a trap.
        byte[] most = hex("e1 00 00 00 00 01 00 01");
        for (long jumps : new long[] {1 << 24, (1 << 24) + 1}) {
            byte[] blob = most.clone();
            blob[1] = (byte) jumps;
            Program lenient = Program.decode(blob, ProtocolVersion.V0_7_2).orElseThrow();
            assertEquals(jumps, lenient.jumpTableSize());
            assertEquals(
                    jumps == 1 << 24, Program.decode(blob, ProtocolVersion.V0_8_0).isPresent());
        }
    }

    @Test
    void takesAtMostTwoToThe25OctetsOfCodeWhereValidated() {
        for (int size : new int[] {1 << 25, (1 << 25) + 1}) {
            byte[] mask = new byte[(size + 7) >>> 3];
            Arrays.fill(mask, (byte) 0xff);
            if (size % 8 != 0) {
                mask[mask.length - 1] = (byte) ((1 << size % 8) - 1);
            }
            byte[] blob = new byte[2 + 4 + size + mask.length];
            blob[2] = (byte) 0xe2;
            blob[3] = (byte) size;
            Arrays.fill(blob, 6, 6 + size, (byte) 1);
            System.arraycopy(mask, 0, blob, 6 + size, mask.length);
            assertEquals(size == 1 << 25, Program.decode(blob, ProtocolVersion.V0_8_0).isPresent());
            assertTrue(Program.decode(blob, ProtocolVersion.V0_7_2).isPresent());
        }
    }

    @Test
    void startsOnlyAtInstructionsWhereValidated() {
        byte[] blob = hex("00 00 04 33 07 2a 00 09");
        Program validated = Program.decode(blob, ProtocolVersion.V0_8_0).orElseThrow();
        Program lenient = Program.decode(blob, ProtocolVersion.V0_7_2).orElseThrow();
        for (long pc : new long[] {0, 1, 2, 3, 4, 1L << 32, -1}) {
            assertEquals(pc == 0 || pc == 3, validated.isValidStart(pc));
            assertTrue(lenient.isValidStart(pc));
        }
    }

    @Test
    void octetsThatAreNoOpcodesTrapButEndNoBlock() {
        Program program = decode("00 00 03 ff 33 00 03").orElseThrow();
        assertEquals(Opcode.TRAP, program.opcode(0));
        assertFalse(program.isBlockStart(0));
        assertFalse(program.isBlockStart(1));
        assertTrue(decode("00 00 03 00 33 00 03").orElseThrow().isBlockStart(1));
    }

    @Test
    void registersAbove12Mean12AndArgumentsEndInZeroes() {
        Program program = decode("00 00 03 c8 ff ff 01").orElseThrow();
        assertEquals(
                new Instruction(0, 3, Opcode.ADD_64, 12, 12, 12, 0, 0), program.instruction(0));
        Program cut = decode("00 00 02 14 03 01").orElseThrow();
        assertEquals(new Instruction(0, 2, Opcode.LOAD_IMM_64, 3, 0, 0, 0, 0), cut.instruction(0));
        assertEquals(Opcode.TRAP, cut.instruction(-5).opcode());
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void assemblesWhatItDecodes(Dialect dialect) {
        Assembler assembler = new Assembler(dialect);
        int end = assembler.label();
        assembler.add(Opcode.LOAD_IMM_64, 3, Long.MIN_VALUE);
        assembler.add(Opcode.STORE_IMM_U32, 0x10000, -2);
        assembler.add(Opcode.STORE_IMM_IND_U8, 4, -129, 255);
        assembler.add(Opcode.BRANCH_LT_S_IMM, 5, 300, end);
        assembler.add(Opcode.BRANCH_EQ, 6, 7, end);
        assembler.add(Opcode.LOAD_IMM_JUMP_IND, 8, 9, -1, Integer.MIN_VALUE);
        assembler.place(end).add(Opcode.TRAP);
        assembler.jumpTableEntry(end);
        Program program = Program.decode(assembler.blob(), dialect).orElseThrow();
        int target = program.jumpTarget(2);
        assertEquals(program.codeSize() - 1, target);
        Instruction i = program.instruction(0);
        assertEquals(new Instruction(0, 10, Opcode.LOAD_IMM_64, 3, 0, 0, Long.MIN_VALUE, 0), i);
        i = program.instruction(i.next());
        assertEquals(Opcode.STORE_IMM_U32, i.opcode());
        assertEquals(0x10000, i.x());
        assertEquals(-2, i.y());
        i = program.instruction(i.next());
        assertEquals(new Instruction(i.pc(), 6, Opcode.STORE_IMM_IND_U8, 4, 0, 0, -129, 255), i);
        i = program.instruction(i.next());
        assertEquals(new Instruction(i.pc(), 8, Opcode.BRANCH_LT_S_IMM, 5, 0, 0, 300, target), i);
        i = program.instruction(i.next());
        assertEquals(new Instruction(i.pc(), 6, Opcode.BRANCH_EQ, 6, 7, 0, target, 0), i);
        i = program.instruction(i.next());
        assertEquals(
                new Instruction(
                        i.pc(), 8, Opcode.LOAD_IMM_JUMP_IND, 8, 9, 0, -1, Integer.MIN_VALUE),
                i);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void numbersNoTwoOpcodesAlike(Dialect dialect) {
        long known = Arrays.stream(dialect.opcodes()).filter(opcode -> opcode != null).count();
        assertEquals(dialect == Dialect.PIPELINE_DRAFT ? 140 : 139, known);
    }

    @Test
    void decodesOrRefusesAnyOctets() {
        long seed = Long.getLong("marmalade.seed", System.nanoTime() & 0xffff_ffffL);
        System.out.println("-Dmarmalade.seed=" + seed);
        Random random = new Random(seed);
        int decoded = 0;
        for (int index = 0; index < 200_000; index++) {
            byte[] blob = new byte[random.nextInt(24)];
            random.nextBytes(blob);
            if (blob.length > 4) {
                blob[0] = (byte) random.nextInt(3);
                blob[1] = (byte) random.nextInt(4);
                blob[2] = (byte) random.nextInt(20);
            }
            for (ProtocolVersion version : ProtocolVersion.values()) {
                Optional<Program> program = Program.decode(blob, version);
                decoded += program.isPresent() ? 1 : 0;
                program.ifPresent(it -> {
                    for (int pc = -1; pc <= it.codeSize() + 1; pc++) {
                        it.instruction(pc);
                        it.isBlockStart(pc);
                    }
                });
            }
        }
        assertTrue(decoded > 100, "decoded " + decoded);
    }
}
