package io.marmalade.bench.run;

import io.marmalade.bench.input.Engines;
import io.marmalade.bench.input.Guest;
import io.marmalade.bench.input.GuestRun;
import io.marmalade.bench.input.PublicVectors;
import io.marmalade.bench.input.RecordedRuns;
import io.marmalade.bench.input.Sample;
import io.marmalade.bench.input.Services;
import io.marmalade.bench.result.Work;
import io.marmalade.pvm.ProtocolVersion;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** How much benchmarks do in one operation. */
final class Works {
    private static final String OCTETS = "octets";
    private static final int PIECE = 684;
    private static final int KILOBYTE = 1000;

    private final Map<String, Work> instructions = new HashMap<>();

    /**
     * Returns what a run of a guest does: the instructions are those of 0.7.2, where each costs one
     * gas.
     *
     * @return null for other versions, whose gas does not count instructions
     */
    @Nullable Work of(Guest guest, ProtocolVersion version) throws IOException {
        if (version != ProtocolVersion.V0_7_2) {
            return null;
        }
        Work known = instructions.get(guest.title());
        if (known == null) {
            long count = new GuestRun(guest, version, Engines.named("interpreter")).run();
            known = new Work(count, "instructions");
            instructions.put(guest.title(), known);
        }
        return known;
    }

    /**
     * Returns what a JMH benchmark does.
     *
     * @param what the method's name without how it does it
     * @param point its parameters
     */
    @Nullable Work of(String what, Map<String, String> point) throws IOException {
        String program = point.getOrDefault("program", "");
        return switch (what) {
            case "kernel", "program" -> {
                String name = program + point.getOrDefault("kernel", "");
                ProtocolVersion version = ProtocolVersion.parse(point.getOrDefault("protocol", ""));
                yield of(Guest.titled(what + " " + name), version);
            }
            case "services43", "services43Cold" -> {
                RecordedRuns runs = new RecordedRuns(PublicVectors.path("ecalli-traces"));
                yield new Work(runs.instructions(), "instructions");
            }
            case "hostCalls100000" -> new Work(Sample.HOST_CALLS, "host calls");
            case "compile", "blockCostsOfService" ->
                    new Work(Services.blob(program).length, OCTETS);
            case "pipelineGas" -> new Work(1, "instructions");
            case "trieBuild" ->
                    new Work(Double.parseDouble(point.getOrDefault("keys", "")), "keys");
            case "encodeBySize" ->
                    new Work(PIECE * Double.parseDouble(point.getOrDefault("pieces", "")), OCTETS);
            case "encodeBlob", "encodeSegments", "recoverBlob" -> new Work(KILOBYTE, OCTETS);
            case "blake2b64", "blake2b64Batch", "keccak64" -> new Work(64, OCTETS);
            case "blake2b128" -> new Work(128, OCTETS);
            case "blake2b4104" -> new Work(4104, OCTETS);
            case "blockDecode", "blockEncode" ->
                    new Work(
                            Files.size(
                                    PublicVectors.path(
                                            "codec/" + point.get("chain") + "/block.bin")),
                            OCTETS);
            case "import" -> new Work(1, "blocks");
            default -> null;
        };
    }
}
