package io.marmalade.conformance.pvm;

import com.fasterxml.jackson.databind.JsonNode;

import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The programs of the family {@code pvm-0.4}: one run each, one gas an instruction.
 *
 * <p>These vectors charge a block as a whole. That differs from Gray Paper 0.7.2 only where a block
 * is left by a fault: there the instructions after the faulting one count as paid.
 */
public final class ProgramVectors {
    private ProgramVectors() {}

    /**
     * Plays the family.
     *
     * @param folder the one that holds {@code programs}
     * @param engine plays the programs
     */
    public static FamilyResult run(Path folder, Engine engine) throws IOException {
        Tally tally = new Tally("pvm-0.4");
        for (Path file : VectorFiles.list(folder.resolve("programs"), ".json")) {
            tally.play(
                    VectorFiles.name(file),
                    complaints -> play(VectorFiles.read(file), engine, complaints));
        }
        return tally.result();
    }

    private static void play(JsonNode vector, Engine engine, List<String> complaints) {
        Program program =
                Program.decode(VectorFiles.octets(vector.get("program")), ProtocolVersion.V0_7_2)
                        .orElseThrow(() -> new IllegalArgumentException("not a program"));
        try (VectorMachine machine = new VectorMachine(engine, program, vector)) {
            for (int index = 0; index < Machine.REGISTERS; index++) {
                machine.setRegister(index, vector.get("initial-regs").get(index));
            }
            vector.get("initial-page-map").forEach(machine::map);
            vector.get("initial-memory").forEach(machine::write);
            ExitReason reason = machine.machine().run();
            VectorMachine.check(
                    "status",
                    vector.get("expected-status").textValue(),
                    VectorMachine.status(reason),
                    complaints);
            int exitPc = machine.machine().exitPc();
            VectorMachine.check("pc", vector.get("expected-pc").intValue(), exitPc, complaints);
            long gas = machine.machine().gas();
            if (reason instanceof ExitReason.PageFault(int address)) {
                VectorMachine.check(
                        "address",
                        vector.get("expected-page-fault-address").intValue(),
                        address,
                        complaints);
                gas -= instructionsBehind(program, exitPc);
            }
            VectorMachine.check("gas", vector.get("expected-gas").longValue(), gas, complaints);
            machine.checkRegisters(vector.get("expected-regs"), complaints);
            machine.checkMemory(vector.get("expected-memory"), complaints);
        }
    }

    /** Counts the instructions of a block behind a program counter. */
    private static int instructionsBehind(Program program, int pc) {
        int count = 0;
        while (!program.opcode(pc).isTerminator()) {
            pc += 1 + program.skip(pc);
            count++;
        }
        return count;
    }
}
