package io.marmalade.bench.run;

import io.marmalade.bench.input.Kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A kernel's C source, compiled by the machine's {@code cc -O2}. */
record NativeSubject(Kernel kernel, String what, Map<String, String> parameters, Path program)
        implements Subject {
    private static final int RUNS = 15;

    /** Compiles a kernel into a folder, unless it is there already. */
    static Path compile(Kernel kernel, Path folder) throws IOException, InterruptedException {
        Path program = folder.resolve(kernel.name());
        if (Files.exists(program)) {
            return program;
        }
        for (String file : List.of(kernel.name() + ".c", "native.c", "guest.h")) {
            Files.write(folder.resolve(file), Kernel.resource(file));
        }
        List<String> command =
                List.of(
                        "cc",
                        "-O2",
                        "-DNATIVE",
                        "-o",
                        program.toString(),
                        folder.resolve(kernel.name() + ".c").toString(),
                        folder.resolve("native.c").toString());
        String said = run(command);
        if (!Files.exists(program)) {
            throw new IOException("cc -O2 fails: " + said.strip());
        }
        return program;
    }

    @Override
    public String how() {
        return "cc -O2";
    }

    @Override
    public Round measure() throws IOException, InterruptedException {
        String argument = Long.toString(kernel.argument());
        List<String> lines =
                run(List.of(program.toString(), argument, Integer.toString(RUNS))).lines().toList();
        if (lines.size() != RUNS + 1
                || Long.parseUnsignedLong(lines.getFirst()) != kernel.answer()) {
            throw new IOException(kernel.name() + " has a wrong answer: " + lines);
        }
        List<Double> values = new ArrayList<>();
        // The first third warms caches and the clock up.
        lines.subList(1 + RUNS / 3, lines.size()).forEach(line -> values.add(Double.valueOf(line)));
        return new Round(values, null);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream in = process.getInputStream()) {
            String said = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(
                        command.getFirst() + " ends with " + process.exitValue() + ": " + said);
            }
            return said;
        }
    }
}
