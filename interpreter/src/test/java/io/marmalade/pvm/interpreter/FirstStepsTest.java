package io.marmalade.pvm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** What the walk through {@code io.marmalade.pvm} shows. */
class FirstStepsTest {
    static Stream<Engine> engines() {
        return Stream.of(new ReferenceEngine(), new InterpreterEngine());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void addsTwoNumbers(Engine engine) {
        byte[] blob =
                new Assembler(Dialect.V0_7_2)
                        .add(Opcode.ADD_64, 8, 9, 7)
                        .add(Opcode.JUMP_IND, 0, 0)
                        .blob();
        Program program = Program.decode(blob, ProtocolVersion.V0_7_2).orElseThrow();
        try (Machine machine = engine.newMachine(program)) {
            machine.setRegister(0, StandardProgram.HALT_ADDRESS);
            machine.setRegister(8, 40);
            machine.setRegister(9, 2);
            machine.setGas(1_000);
            assertSame(ExitReason.HALT, machine.run());
            assertEquals(42, machine.register(7));
            assertEquals(998, machine.gas());
            assertEquals(0, machine.pc());
            assertEquals(3, machine.exitPc());
        }
    }
}
