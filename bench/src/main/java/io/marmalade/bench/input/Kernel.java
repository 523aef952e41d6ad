package io.marmalade.bench.input;

import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A C program of a screen that spends its time in one kind of work.
 *
 * @param name of its source
 * @param given what it is given in register 7
 * @param answer what it returns there, unsigned 64 bits
 */
public record Kernel(String name, long given, long answer) implements Guest {
    /** All kernels; the answers are those of the native programs. */
    public static final List<Kernel> ALL =
            List.of(
                    new Kernel("fib", 30, 832040),
                    new Kernel("sieve", 1, 82025),
                    new Kernel(
                            "xorshift", 5_000_000, Long.parseUnsignedLong("13861085865656068863")),
                    new Kernel("matmul", 15, 103668768),
                    new Kernel("qsort", 1, 82059025),
                    new Kernel("sha256", 10_000, Long.parseUnsignedLong("11716768929160687905")),
                    new Kernel("interp", 500_000, Long.parseUnsignedLong("16408309826043159895")),
                    new Kernel("secp", 500_000, 8953271147340106069L));

    /**
     * Returns a kernel.
     *
     * @param name of one of them
     * @return the kernel
     * @throws java.util.NoSuchElementException if none is called so
     */
    public static Kernel named(String name) {
        return ALL.stream().filter(kernel -> kernel.name.equals(name)).findFirst().orElseThrow();
    }

    @Override
    public byte[] blob(ProtocolVersion version) throws IOException {
        return switch (version) {
            case V0_7_2 -> resource(name + ".7.jam");
            case V0_8_0 -> resource(name + ".8.jam");
        };
    }

    @Override
    public byte[] input() {
        return new byte[0];
    }

    @Override
    public Optional<Long> argument() {
        return Optional.of(given);
    }

    @Override
    public HostCallHandler host() {
        return (number, machine) -> new ExitReason.HostCall(number);
    }

    @Override
    public boolean isRight(Machine machine) {
        return machine.register(7) == answer;
    }

    /**
     * Reads one of the files that stand beside the kernels.
     *
     * @param file its name
     * @return its octets
     * @throws IOException if it cannot be read
     */
    public static byte[] resource(String file) throws IOException {
        try (InputStream in = Kernel.class.getResourceAsStream("/io/marmalade/bench/pvm/" + file)) {
            if (in == null) {
                throw new IOException(file + " is not on the class path");
            }
            return in.readAllBytes();
        }
    }
}
