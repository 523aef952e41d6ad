package io.marmalade.bench.run;

import io.marmalade.bench.input.Guest;
import io.marmalade.bench.input.Kernel;
import io.marmalade.bench.input.Sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A guest's C source, compiled by the machine's {@code cc -O2}. */
record NativeSubject(Guest guest, String what, Map<String, String> parameters, Path program)
        implements Subject {
    static final String HOW = "cc -O2";
    private static final int RUNS = 15;

    /** Compiles a guest into a folder, unless it is there already. */
    static Path compile(Guest guest, Path folder) throws IOException, InterruptedException {
        Path program = folder.resolve(guest.title().replace(' ', '-'));
        if (Files.exists(program)) {
            return program;
        }
        List<String> command = new ArrayList<>(List.of("cc", "-O2", "-o", program.toString()));
        switch (guest) {
            case Kernel kernel -> {
                copy(folder, kernel.name() + ".c", "native.c", "guest.h");
                command.add("-DNATIVE");
                command.add(folder.resolve(kernel.name() + ".c").toString());
                command.add(folder.resolve("native.c").toString());
            }
            case Sample sample -> {
                String source = "programs/" + sample.name() + ".c";
                copy(folder, source, "programs/field.h", "native-program.c", "native-guest.h");
                // The guest.h of these programs is kept out by the guard that both have.
                copy(folder, "programs/guest.h");
                command.add("-include");
                command.add(folder.resolve("native-guest.h").toString());
                command.add(folder.resolve(source).toString());
                command.add(folder.resolve("native-program.c").toString());
                Files.write(input(program), sample.input());
            }
        }
        String said = run(command);
        if (!Files.exists(program)) {
            throw new IOException("cc -O2 fails: " + said.strip());
        }
        return program;
    }

    private static void copy(Path folder, String... files) throws IOException {
        Files.createDirectories(folder.resolve("programs"));
        for (String file : files) {
            Files.write(folder.resolve(file), Kernel.resource(file));
        }
    }

    private static Path input(Path program) {
        return program.resolveSibling(program.getFileName() + ".input");
    }

    @Override
    public String how() {
        return HOW;
    }

    @Override
    public Round measure() throws IOException, InterruptedException {
        String given =
                switch (guest) {
                    case Kernel kernel -> Long.toString(kernel.given());
                    case Sample _ -> input(program).toString();
                };
        String answer =
                switch (guest) {
                    case Kernel kernel -> Long.toUnsignedString(kernel.answer());
                    case Sample sample -> HexFormat.of().formatHex(sample.answer());
                };
        List<String> lines =
                run(List.of(program.toString(), given, Integer.toString(RUNS))).lines().toList();
        if (lines.size() != RUNS + 1 || !lines.getFirst().equals(answer)) {
            throw new IOException(guest.title() + " has a wrong answer: " + lines);
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
