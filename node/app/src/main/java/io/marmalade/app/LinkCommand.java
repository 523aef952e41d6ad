package io.marmalade.app;

import io.marmalade.conformance.traces.Recording.UnreadableException;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.diff.Linker;
import io.marmalade.pvm.diff.Linker.Linked;
import io.marmalade.pvm.diff.Oracle;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** From RISC-V objects to a program. */
@Command(
        name = "link",
        description =
                "Links RISC-V objects to a standard program for the version that --protocol names.",
        footer = {
            "%nObjects come from clang 19: --target=riscv64-unknown-none-elf -march=rv64em_zbb"
                    + " -mabi=lp64e -O3 -ffreestanding.",
            "polkavm-diff/programs/guest.h declares exports, host calls and the entry points of"
                    + " services for C; the linker is",
            "in the oracle, which `marmalade diff --build-oracle` builds."
        })
final class LinkCommand implements Callable<Integer> {
    @ParentCommand private Marmalade root = new Marmalade();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "2..*",
            paramLabel = "IN... OUT",
            description = "objects, then the file that is written")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--entry",
            paramLabel = "NAME",
            split = ",",
            description =
                    "exports that stand at 0, 5, ... (refine_ext and accumulate_ext, a service's,"
                            + " if not given)")
    private List<String> entries = new ArrayList<>();

    @Option(names = "--plain", description = "write the program blob alone")
    private boolean plain;

    @Option(
            names = "--metadata",
            paramLabel = "TEXT",
            description = "stands in front of the program, as in a service's code")
    private String metadata = "";

    @Override
    public Integer call() throws IOException {
        Path sources = Path.of(System.getProperty("marmalade.root", "."), "polkavm-diff", "oracle");
        Path oracle =
                Oracle.find(sources)
                        .orElseThrow(() ->
                                new MachineException(
                                        "linking needs the oracle: `marmalade diff"
                                                + " --build-oracle`, which needs cargo"));
        if (plain && !metadata.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "a plain program has no metadata in front");
        }
        ProtocolVersion version = root.options.version().orElse(ProtocolVersion.V0_7_2);
        List<Path> objects = files.subList(0, files.size() - 1);
        Path out = files.getLast();
        List<String> names = entries.isEmpty() ? List.of("refine_ext", "accumulate_ext") : entries;
        Linked linked;
        try {
            linked = Linker.link(oracle, objects, version, names);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableException(
                    objects.get(0),
                    e.getMessage() + (objects.size() > 1 ? " (all objects together)" : ""));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (Program.decode(linked.program(), version).isEmpty()) {
            throw new IllegalStateException("what was linked is not a program of " + version);
        }
        byte[] octets =
                plain
                        ? linked.program()
                        : linked.standardProgram(metadata.getBytes(StandardCharsets.UTF_8));
        Files.write(out, octets);
        Results results = root.results("link");
        results.line(out + ": " + octets.length + " octets for " + version);
        linked.exports().forEach(export -> results.line("  at " + export));
        results.put("octets", octets.length);
        results.put("exports", linked.exports());
        results.finish();
        return Main.AGREES;
    }
}
