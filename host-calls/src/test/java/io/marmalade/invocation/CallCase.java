package io.marmalade.invocation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * One line of a call's definition: registers, and what must come of them.
 *
 * @param line which case of the paper's definition it is
 * @param registers φ₇ and on
 * @param answer what φ₇ holds afterwards; the value it had if the run ends
 * @param end why the run ends, or null if it goes on
 * @param written what the writable memory starts with afterwards; what is behind it must be
 *     untouched
 */
public record CallCase(
        String line, long[] registers, long answer, @Nullable ExitReason end, byte[] written) {
    /** A case that answers and writes nothing. */
    public static CallCase answers(String line, long answer, long... registers) {
        return new CallCase(line, registers, answer, null, new byte[0]);
    }

    /** A case that ends the run with a panic. */
    public static CallCase panics(String line, long... registers) {
        return new CallCase(line, registers, registers[0], ExitReason.PANIC, new byte[0]);
    }

    /** This case, with something written to where memory starts to be writable. */
    public CallCase writing(byte[] octets) {
        return new CallCase(line, registers, answer, end, octets);
    }

    /** Makes the call and checks what came of it. */
    public <C> void check(HostCall<? super C> call, Machine machine, C context) {
        TestMachines.arguments(machine, registers);
        long[] before = new long[Machine.REGISTERS];
        Arrays.setAll(before, machine::register);
        long gas = machine.gas();
        ExitReason exit = call.call(machine, context);
        if (end == null) {
            assertNull(exit, line);
        } else {
            assertSame(end, exit, line);
        }
        before[7] = answer;
        for (int i = 0; i < Machine.REGISTERS; i++) {
            assertEquals(
                    Long.toUnsignedString(before[i]),
                    Long.toUnsignedString(machine.register(i)),
                    line + ": register " + i);
        }
        assertEquals(gas, machine.gas(), line + ": gas");
        byte[] expected = new byte[TestMachines.WRITABLE_SIZE];
        Arrays.fill(expected, (byte) 0xee);
        System.arraycopy(written, 0, expected, 0, written.length);
        assertArrayEquals(
                expected,
                machine.memory().read(TestMachines.WRITABLE, TestMachines.WRITABLE_SIZE),
                line + ": memory");
    }
}
