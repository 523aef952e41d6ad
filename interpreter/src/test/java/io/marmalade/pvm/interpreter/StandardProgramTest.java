package io.marmalade.pvm.interpreter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.ServiceCode;
import io.marmalade.pvm.StandardProgram;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class StandardProgramTest {
    private static byte[] program(byte[] readOnly, byte[] readWrite, int heapPages, int stackSize) {
        return new Assembler(Dialect.V0_7_2)
                .add(Opcode.TRAP)
                .standardProgram(readOnly, readWrite, heapPages, stackSize);
    }

    private static Machine load(byte[] blob, byte[] arguments) {
        StandardProgram program =
                StandardProgram.decode(blob, ProtocolVersion.V0_7_2).orElseThrow();
        Machine machine = new InterpreterEngine().newMachine(program.program());
        program.load(machine, arguments);
        return machine;
    }

    @Test
    void laysOutMemoryAndRegisters() {
        byte[] readOnly = {1, 2, 3};
        byte[] readWrite = new byte[5000];
        Arrays.fill(readWrite, (byte) 4);
        byte[] arguments = {9, 8};
        try (Machine machine = load(program(readOnly, readWrite, 3, 4097), arguments)) {
            GuestMemory memory = machine.memory();
            assertArrayEquals(new byte[] {1, 2, 3, 0}, memory.read(0x1_0000, 4));
            assertTrue(memory.isReadable(0x1_0000, 4096));
            assertFalse(memory.isReadable(0x1_0000, 4097));
            assertFalse(memory.isWritable(0x1_0000, 1));
            assertArrayEquals(readWrite, memory.read(0x3_0000, 5000));
            assertTrue(memory.isWritable(0x3_0000, 5 * 4096));
            assertFalse(memory.isReadable(0x3_5000, 1));
            assertFalse(memory.isReadable(0x2_ffff, 1));
            long stackEnd = 0xfefe_0000L;
            assertTrue(memory.isWritable(stackEnd - 8192, 8192));
            assertFalse(memory.isReadable(stackEnd - 8193, 1));
            assertFalse(memory.isReadable(stackEnd, 1));
            assertArrayEquals(new byte[] {9, 8, 0}, memory.read(0xfeff_0000L, 3));
            assertEquals(PageAccess.READ, memory.access(0xfeff0));
            assertEquals(PageAccess.NONE, memory.access(0xfeff1));
            assertEquals(0x3_5000, memory.heapTop());
            assertEquals(0xfefe_0000L - 0x1_0000 - 0x1_0000, memory.heapLimit());
            assertEquals(9L * 4096, memory.mappedBytes());
            long[] expected = new long[13];
            expected[0] = 0xffff_0000L;
            expected[1] = stackEnd;
            expected[7] = 0xfeff_0000L;
            expected[8] = 2;
            for (int register = 0; register < 13; register++) {
                assertEquals(expected[register], machine.register(register));
            }
        }
    }

    @Test
    void instancesDoNotSeeEachOther() {
        StandardProgram program =
                StandardProgram.decode(
                                program(new byte[10], new byte[10], 1, 100), ProtocolVersion.V0_7_2)
                        .orElseThrow();
        InterpreterEngine engine = new InterpreterEngine();
        try (Machine one = engine.newMachine(program.program());
                Machine two = engine.newMachine(program.program())) {
            program.load(one, new byte[0]);
            program.load(two, new byte[0]);
            one.memory().write(0x1_0000, new byte[] {1});
            one.memory().write(0x3_0000, new byte[] {2});
            assertEquals(0, two.memory().read(0x1_0000, 1)[0]);
            assertEquals(0, two.memory().read(0x3_0000, 1)[0]);
        }
    }

    @Test
    void refusesWhatIsCutShortOrHasMore() {
        byte[] blob = program(new byte[10], new byte[20], 1, 100);
        for (int length = 0; length < blob.length; length++) {
            assertTrue(
                    StandardProgram.decode(Arrays.copyOf(blob, length), ProtocolVersion.V0_8_0)
                            .isEmpty());
        }
        assertTrue(
                StandardProgram.decode(Arrays.copyOf(blob, blob.length + 1), ProtocolVersion.V0_7_2)
                        .isEmpty());
    }

    @Test
    void hasRoomForTheLargestLayout() {
        byte[] none = {};
        // No four lengths that fit in their fields need more than an eighth of memory.
        assertTrue(
                StandardProgram.decode(
                                program(none, none, 0xffff, 0xff_ffff), ProtocolVersion.V0_7_2)
                        .isPresent());
    }

    @Test
    void splitsMetadataOffServices() {
        byte[] standard = program(new byte[3], new byte[0], 0, 0);
        byte[] service = new byte[2 + 1 + standard.length];
        service[0] = 2;
        service[1] = 'h';
        service[2] = 'i';
        System.arraycopy(standard, 0, service, 3, standard.length);
        assertArrayEquals(
                new byte[] {'h', 'i'}, ServiceCode.split(service).orElseThrow().metadata());
        assertTrue(StandardProgram.decodeService(service, ProtocolVersion.V0_7_2).isPresent());
        assertTrue(StandardProgram.decode(service, ProtocolVersion.V0_7_2).isEmpty());
        assertTrue(ServiceCode.split(new byte[] {5, 1}).isEmpty());
        assertTrue(ServiceCode.split(new byte[0]).isEmpty());
    }
}
