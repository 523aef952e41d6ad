package io.marmalade.app;

import io.marmalade.conformance.VectorFamilies;
import io.marmalade.conformance.VectorFamilies.Family;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.crypto.bandersnatch.VrfBackend;
import io.marmalade.pvm.ProtocolVersion;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Runs public vectors. */
@Command(
        name = "vectors",
        description = "Runs every family of public test vectors under a folder, a line a family.")
final class VectorsCommand implements Callable<Integer> {
    @ParentCommand private Marmalade root = new Marmalade();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DIR",
            description = "holds codec, stf, traces and so on, as far as they are there")
    private Path folder = Path.of(".");

    @Option(
            names = "--bandersnatch",
            paramLabel = "BACKEND",
            description =
                    "verify Bandersnatch signatures with this backend (plain, blst or vector, as"
                            + " far as the machine has them), not with each")
    private @Nullable String backend;

    @Override
    public Integer call() throws IOException {
        List<Family> families =
                VectorFamilies.under(
                        folder,
                        root.options.version().orElse(ProtocolVersion.V0_7_2),
                        root.options.engine(),
                        backends());
        Results results = root.results("vectors");
        List<Map<String, Object>> rows = new ArrayList<>();
        long passed = 0;
        long failed = 0;
        try (Progress progress = root.progress("families", families.size())) {
            for (Family family : families) {
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
                FamilyResult result = family.run();
                progress.close();
                results.line(
                        String.format(
                                Locale.ROOT,
                                "%-28s %5d of %d",
                                result.family(),
                                result.passed(),
                                result.total()));
                results.failures(result.failures());
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("family", result.family());
                row.put("passed", result.passed());
                row.put("failed", result.failures().size());
                row.put("failures", result.failures());
                rows.add(row);
                passed += result.passed();
                failed += result.failures().size();
                progress.step();
            }
        }
        results.put("families", rows);
        return results.compared(passed, failed);
    }

    private List<VrfBackend> backends() {
        List<VrfBackend> all = VrfBackend.all();
        List<VrfBackend> chosen =
                all.stream()
                        .filter(each -> backend == null || each.name().equals(backend))
                        .toList();
        if (chosen.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--bandersnatch "
                            + backend
                            + ": this machine has "
                            + all.stream().map(VrfBackend::name).toList());
        }
        return chosen;
    }
}
