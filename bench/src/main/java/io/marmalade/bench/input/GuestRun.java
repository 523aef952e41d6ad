package io.marmalade.bench.input;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;

import java.io.IOException;

/** A guest that is decoded and can be run again and again, each time in a fresh instance. */
public final class GuestRun {
    private static final long GAS = 1L << 50;

    private final Guest guest;
    private final Engine engine;
    private final StandardProgram program;

    /**
     * Decodes a guest.
     *
     * @param guest what to run
     * @param version what it is linked for
     * @param engine what runs it
     * @throws IOException if it cannot be read
     */
    public GuestRun(Guest guest, ProtocolVersion version, Engine engine) throws IOException {
        this.guest = guest;
        this.engine = engine;
        program = guest.program(version);
    }

    /**
     * Runs it to its end; its answer is checked.
     *
     * @return how much gas it used; under 0.7.2 that is how many instructions ran
     * @throws IllegalStateException if the answer is wrong
     */
    public long run() {
        try (Machine machine = engine.newMachine(program.program())) {
            guest.load(program, machine);
            machine.setGas(GAS);
            guest.check(machine.run(guest.host()), machine);
            return GAS - machine.gas();
        }
    }
}
