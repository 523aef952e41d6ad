package io.marmalade.bench.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.IOException;
import java.util.List;

class GuestTest {
    static final List<Guest> GUESTS = Guest.all().toList();

    @ParameterizedTest
    @FieldSource("GUESTS")
    void answersAsKnownOnEveryEngine(Guest guest) throws IOException {
        assertEquals(guest, Guest.titled(guest.title()));
        for (ProtocolVersion version : ProtocolVersion.values()) {
            long gas = -1;
            for (Engine engine : List.of(Engines.named("jit"), Engines.named("interpreter"))) {
                long used = new GuestRun(guest, version, engine).run();
                assertEquals(gas < 0 ? used : gas, used, guest.title());
                gas = used;
            }
        }
    }

    @ParameterizedTest
    @FieldSource("GUESTS")
    void aWrongAnswerIsSeen(Guest guest) throws IOException {
        try (var machine =
                new InterpreterEngine()
                        .newMachine(guest.program(ProtocolVersion.V0_8_0).program())) {
            guest.load(guest.program(ProtocolVersion.V0_8_0), machine);
            assertFalse(guest.isRight(machine));
        }
    }
}
