package io.marmalade.conformance.stf;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.transition.rules.InvalidReason;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.SignatureChecks;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the runners have in common: going through a folder, and comparing. */
final class StfVectors {
    private StfVectors() {}

    /** Reads and runs one vector. */
    @FunctionalInterface
    interface Vector {
        /**
         * Runs the vector.
         *
         * @param in the whole file
         * @return how the result differs, or nothing if it does not
         */
        Optional<String> run(ProtocolConfig config, Decoder in);
    }

    /**
     * Runs all binary files of a folder.
     *
     * @throws IOException if a file cannot be read
     */
    static FamilyResult run(ProtocolConfig config, Path folder, Vector vector) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
        }
        int passed = 0;
        List<String> failures = new ArrayList<>();
        for (Path file : files) {
            Optional<String> difference;
            try {
                difference = vector.run(config, new Decoder(config, Files.readAllBytes(file)));
            } catch (DecodeException e) {
                difference = Optional.of("does not decode: " + e.getMessage());
            }
            if (difference.isEmpty()) {
                passed++;
            } else {
                failures.add(file.getFileName() + ": " + difference.get());
            }
        }
        Path absolute = folder.toAbsolutePath().normalize();
        int names = absolute.getNameCount();
        return new FamilyResult(
                "stf/" + absolute.subpath(Math.max(0, names - 2), names), passed, failures);
    }

    /**
     * What a vector expects: an output, or the name of an error.
     *
     * @param <T> the output
     */
    record Expected<T>(@Nullable T output, @Nullable String error) {
        /** Reads the choice between them. */
        static <T> Expected<T> decode(
                Decoder in, Function<Decoder, T> outputReader, List<String> errors) {
            if (!in.bool()) {
                return new Expected<>(outputReader.apply(in), null);
            }
            int code = in.u8();
            if (code >= errors.size()) {
                throw in.fail("no error has the number " + code);
            }
            return new Expected<>(null, errors.get(code));
        }

        /** Compares the reason of a refusal. */
        Optional<String> compareError(InvalidReason reason) {
            return reason.violation().code().equals(error)
                    ? Optional.empty()
                    : Optional.of("refused (" + reason + "), expected " + this);
        }

        /** Compares an output. */
        Optional<String> compareOutput(T actual) {
            return error != null
                    ? Optional.of("accepted, expected " + this)
                    : compare("output", output, actual);
        }

        @Override
        public String toString() {
            return error != null ? error : "an output";
        }
    }

    /** Reads a list that has its length in front since 0.8.0, and is one a validator before. */
    static <T> List<T> perValidator(Decoder in, Function<Decoder, T> reader) {
        return switch (in.config().version()) {
            case V0_7_2 -> in.fixed(in.config().validatorCount(), reader);
            case V0_8_0 -> in.sequence(1, reader);
        };
    }

    /** Returns an outcome with the verdict on the signatures taken in. */
    static <T> Outcome<T> judged(Outcome<T> outcome, SignatureChecks checks) {
        Optional<InvalidReason> reason = checks.verdict();
        return reason.isPresent() ? new Outcome.Invalid<>(reason.get()) : outcome;
    }

    /** Compares a value. */
    static Optional<String> compare(
            String what, @Nullable Object expected, @Nullable Object actual) {
        return Objects.equals(expected, actual)
                ? Optional.empty()
                : Optional.of(what + " is " + actual + ", expected " + expected);
    }
}
