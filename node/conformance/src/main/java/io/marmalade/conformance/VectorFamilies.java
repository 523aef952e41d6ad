package io.marmalade.conformance;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.codec.CodecVectors;
import io.marmalade.conformance.pvm.EcalliTraces;
import io.marmalade.conformance.pvm.GasVectors;
import io.marmalade.conformance.pvm.ProgramVectors;
import io.marmalade.conformance.traces.Recording.UnreadableException;
import io.marmalade.conformance.vectors.FamilyResult;
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

    private VectorFamilies(Path root) {
        this.root = root;
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
     * @param engine runs PVM programs
     * @return at least one
     * @throws IOException if none is there
     */
    public static List<Family> under(Path root, Engine engine) throws IOException {
        VectorFamilies families = new VectorFamilies(root);
        families.find(engine);
        if (families.found.isEmpty()) {
            throw new UnreadableException(root, "no family of public vectors is there");
        }
        return List.copyOf(families.found);
    }

    private void find(Engine engine) {
        ProtocolConfig tiny = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
        ProtocolConfig full = ProtocolConfig.full(ProtocolVersion.V0_7_2);
        add("codec/tiny", folder -> CodecVectors.run(tiny, folder));
        add("codec/full", folder -> CodecVectors.run(full, folder));
        add("pvm-0.4", folder -> ProgramVectors.run(folder, engine));
        add("pvm-gas", folder -> GasVectors.runDraft(folder, engine).programs());
        add("pvm-gas-0.8", folder -> GasVectors.run(folder, engine).programs());
        add("ecalli-traces", folder -> EcalliTraces.run(folder, engine));
    }

    private void add(String path, Runner runner) {
        Path folder = root.resolve(path);
        if (Files.isDirectory(folder)) {
            found.add(() -> runner.run(folder));
        }
    }
}
