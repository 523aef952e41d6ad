package io.marmalade.conformance;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.codec.CodecVectors;
import io.marmalade.conformance.crypto.BandersnatchVectors;
import io.marmalade.conformance.crypto.Ed25519Vectors;
import io.marmalade.conformance.crypto.ErasureVectors;
import io.marmalade.conformance.crypto.ShuffleVectors;
import io.marmalade.conformance.pvm.EcalliTraces;
import io.marmalade.conformance.pvm.GasVectors;
import io.marmalade.conformance.pvm.ProgramVectors;
import io.marmalade.conformance.stf.AccumulateVectors;
import io.marmalade.conformance.stf.AssurancesVectors;
import io.marmalade.conformance.stf.AuthorizationsVectors;
import io.marmalade.conformance.stf.DisputesVectors;
import io.marmalade.conformance.stf.HistoryVectors;
import io.marmalade.conformance.stf.PreimagesVectors;
import io.marmalade.conformance.stf.ReportsVectors;
import io.marmalade.conformance.stf.SafroleVectors;
import io.marmalade.conformance.stf.StatisticsVectors;
import io.marmalade.conformance.traces.Recording;
import io.marmalade.conformance.traces.Recording.UnreadableException;
import io.marmalade.conformance.traces.Replay;
import io.marmalade.conformance.trie.TrieVectors;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.crypto.bandersnatch.VrfBackend;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All families of public vectors, and which of them stand in a folder. */
public final class VectorFamilies {
    private final List<Family> found = new ArrayList<>();
    private final Path root;
    private final ProtocolVersion version;

    private VectorFamilies(Path root, ProtocolVersion version) {
        this.root = root;
        this.version = version;
    }

    /** One family of vectors, ready to run. */
    @FunctionalInterface
    public interface Family {
        /**
         * Runs all of its vectors.
         *
         * @return how they fared
         * @throws IOException if a file cannot be read
         */
        FamilyResult run() throws IOException;
    }

    /** Runs the vectors of a folder. */
    @FunctionalInterface
    private interface Runner {
        FamilyResult run(Path folder) throws IOException;
    }

    /**
     * Finds the families that stand under a folder.
     *
     * @param root holds {@code codec}, {@code stf}, {@code traces} and so on, as far as they are
     *     there
     * @param version what codec, transition and chains are of
     * @param engine runs PVM programs
     * @param backends verify Bandersnatch signatures, each all of them
     * @return at least one
     * @throws IOException if none is there
     */
    public static List<Family> under(
            Path root, ProtocolVersion version, Engine engine, List<VrfBackend> backends)
            throws IOException {
        VectorFamilies families = new VectorFamilies(root, version);
        families.find("tiny", ProtocolConfig.tiny(version), engine);
        families.find("full", ProtocolConfig.full(version), engine);
        families.find(engine, backends);
        if (families.found.isEmpty()) {
            throw new UnreadableException(root, "no family of public vectors is there");
        }
        return List.copyOf(families.found);
    }

    private void find(Engine engine, List<VrfBackend> backends) {
        add("pvm-0.4", folder -> ProgramVectors.run(folder, engine));
        add("pvm-gas", folder -> GasVectors.runDraft(folder, engine).programs());
        add("pvm-gas-0.8", folder -> GasVectors.run(folder, engine).programs());
        add("ecalli-traces", folder -> EcalliTraces.run(folder, engine));
        add("erasure", ErasureVectors::run);
        add("shuffle", ShuffleVectors::run);
        add("trie", TrieVectors::run);
        add("crypto/ed25519", Ed25519Vectors::run);
        add("crypto/bandersnatch", folder -> BandersnatchVectors.run(folder, backends));
        add("traces", folder -> replay(folder, engine));
        add("fuzz-traces", folder -> replay(folder, engine));
        add("fuzz-proto/sessions/forks", folder -> replay(folder, engine));
        add("fuzz-proto/sessions/no_forks", folder -> replay(folder, engine));
    }

    private void find(String size, ProtocolConfig config, Engine engine) {
        add("codec/" + size, folder -> CodecVectors.run(config, folder));
        add("stf/safrole/" + size, folder -> SafroleVectors.run(config, folder));
        add("stf/disputes/" + size, folder -> DisputesVectors.run(config, folder));
        add("stf/assurances/" + size, folder -> AssurancesVectors.run(config, folder));
        add("stf/reports/" + size, folder -> ReportsVectors.run(config, folder));
        add("stf/history/" + size, folder -> HistoryVectors.run(config, folder));
        add("stf/authorizations/" + size, folder -> AuthorizationsVectors.run(config, folder));
        add("stf/preimages/" + size, folder -> PreimagesVectors.run(config, folder));
        add(
                "stf/accumulate/" + size,
                folder -> AccumulateVectors.run(config, folder, engine, Runnable::run));
        add("stf/statistics/" + size, folder -> StatisticsVectors.run(config, folder));
    }

    private FamilyResult replay(Path folder, Engine engine) throws IOException {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        Replay replay = Nodes.replay(config, engine, recording -> {});
        int passed = 0;
        List<String> failures = new ArrayList<>();
        for (Recording recording : Recording.find(folder)) {
            Replay.Result result = replay.run(recording, engine);
            if (result.failures().isEmpty()) {
                passed++;
            } else {
                failures.addAll(result.failures());
            }
        }
        return new FamilyResult(root.relativize(folder).toString(), passed, failures);
    }

    private void add(String path, Runner runner) {
        Path folder = root.resolve(path);
        if (Files.isDirectory(folder)) {
            found.add(() -> runner.run(folder));
        }
    }
}
