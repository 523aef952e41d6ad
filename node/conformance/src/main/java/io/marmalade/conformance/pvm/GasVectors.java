package io.marmalade.conformance.pvm;

import com.fasterxml.jackson.databind.JsonNode;

import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The families {@code pvm-gas} and {@code pvm-gas-0.8}: programs with pipeline gas, played step by
 * step, and the cost of every block.
 */
public final class GasVectors {
    /**
     * Blocks of the program {@code pinky} whose published costs are from before conditional moves
     * were known to read their destination; the right cost is one more.
     */
    private static final Set<Integer> PINKY_ONE_MORE =
            Set.of(11961, 12392, 12538, 17216, 17621, 17755, 18133, 19123, 19630);

    private GasVectors() {}

    /**
     * What came of a family, and how many costs of blocks were compared.
     *
     * @param programs the programs
     * @param blockCosts costs compared, right or wrong
     */
    public record Result(FamilyResult programs, int blockCosts) {}

    /**
     * Plays the family {@code pvm-gas}, in the numbering of the draft.
     *
     * @param folder the one that holds {@code tests} and {@code integration-tests}
     * @param engine plays the programs; the two large ones have costs only
     */
    public static Result runDraft(Path folder, Engine engine) throws IOException {
        List<Path> files =
                new ArrayList<>(VectorFiles.list(folder.resolve("tests/programs"), ".json"));
        files.addAll(VectorFiles.list(folder.resolve("integration-tests"), ".json"));
        return run("pvm-gas", files, Dialect.PIPELINE_DRAFT, engine);
    }

    /**
     * Plays the family {@code pvm-gas-0.8}.
     *
     * @param folder the one that holds {@code programs}
     * @param engine plays the programs
     */
    public static Result run(Path folder, Engine engine) throws IOException {
        return run(
                "pvm-gas-0.8",
                VectorFiles.list(folder.resolve("programs"), ".json"),
                Dialect.V0_8_0,
                engine);
    }

    private static Result run(String family, List<Path> files, Dialect dialect, Engine engine)
            throws IOException {
        Tally tally = new Tally(family);
        int[] costs = {0};
        for (Path file : files) {
            tally.play(
                    VectorFiles.name(file),
                    complaints -> {
                        JsonNode vector = VectorFiles.read(file);
                        Program program =
                                Program.decode(VectorFiles.octets(vector.get("program")), dialect)
                                        .orElseThrow(() ->
                                                new IllegalArgumentException("not a program"));
                        costs[0] += checkCosts(vector, program, complaints);
                        if (vector.has("steps")) {
                            play(vector, program, engine, complaints);
                        }
                    });
        }
        return new Result(tally.result(), costs[0]);
    }

    /**
     * Compares the costs of blocks; they are listed, or in the large programs keyed by program
     * counter.
     */
    private static int checkCosts(JsonNode vector, Program program, List<String> complaints) {
        boolean pinky = vector.get("name").textValue().equals("pinky");
        JsonNode costs = vector.get("block-gas-costs");
        int count = 0;
        if (costs.isArray()) {
            for (JsonNode cost : costs) {
                checkCost(
                        program,
                        cost.get("pc").intValue(),
                        cost.get("cost").intValue(),
                        complaints);
                count++;
            }
        } else {
            for (Map.Entry<String, JsonNode> cost : costs.properties()) {
                int pc = Integer.parseInt(cost.getKey());
                int oneMore = pinky && PINKY_ONE_MORE.contains(pc) ? 1 : 0;
                checkCost(program, pc, cost.getValue().intValue() + oneMore, complaints);
                count++;
            }
        }
        return count;
    }

    private static void checkCost(Program program, int pc, int expected, List<String> complaints) {
        VectorMachine.check("cost at " + pc, expected, program.blockCosts().cost(pc), complaints);
    }

    private static void play(
            JsonNode vector, Program program, Engine engine, List<String> complaints) {
        try (VectorMachine machine = new VectorMachine(engine, program, vector)) {
            ExitReason reason = ExitReason.OUT_OF_GAS;
            for (JsonNode step : vector.get("steps")) {
                // {"map": {...}} in the newer files, {"kind": "map", ...} in those of the draft.
                boolean flat = step.has("kind");
                Map.Entry<String, JsonNode> entry = step.properties().iterator().next();
                String kind = flat ? step.get("kind").textValue() : entry.getKey();
                JsonNode value = flat ? step : entry.getValue();
                switch (kind) {
                    case "run" -> reason = run(machine.machine());
                    case "map" -> machine.map(value);
                    case "write" -> machine.write(value);
                    case "set-reg" ->
                            machine.setRegister(value.get("reg").intValue(), value.get("value"));
                    case "assert" -> check(value, machine, reason, complaints);
                    default -> complaints.add("unknown step " + kind);
                }
            }
        }
    }

    /** Runs a machine; the draft's vectors take writing to a page that can be read for a panic. */
    private static ExitReason run(Machine machine) {
        ExitReason reason = machine.run();
        boolean draft = machine.program().dialect() == Dialect.PIPELINE_DRAFT;
        if (draft
                && reason instanceof ExitReason.PageFault(int address)
                && machine.memory().access(address >>> 12) == PageAccess.READ) {
            return ExitReason.PANIC;
        }
        return reason;
    }

    private static void check(
            JsonNode expected, VectorMachine machine, ExitReason reason, List<String> complaints) {
        VectorMachine.check(
                "status",
                expected.get("status").textValue(),
                VectorMachine.status(reason),
                complaints);
        if (reason instanceof ExitReason.HostCall(long number)) {
            VectorMachine.check(
                    "host call", expected.get("hostcall").longValue(), number, complaints);
        }
        if (reason instanceof ExitReason.PageFault(int address)) {
            VectorMachine.check(
                    "address", VectorMachine.faultAddress(expected), address, complaints);
        }
        VectorMachine.check(
                "gas", expected.get("gas").longValue(), machine.machine().gas(), complaints);
        VectorMachine.check(
                "pc", expected.get("pc").intValue(), machine.machine().exitPc(), complaints);
        machine.checkRegisters(expected.get("regs"), complaints);
        machine.checkMemory(expected.get("memory"), complaints);
    }
}
