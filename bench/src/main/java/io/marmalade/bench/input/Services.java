package io.marmalade.bench.input;

import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;

import java.io.IOException;
import java.nio.file.Files;

/** Programs of every size, by name: kernels, and services out of the public vectors. */
public final class Services {
    private Services() {}

    /**
     * Returns the version that a program is for.
     *
     * @param name a kernel's with {@code .7} or {@code .8} behind it, or {@code NAME-VERSION} of a
     *     service
     * @return the version
     */
    public static ProtocolVersion version(String name) {
        return name.endsWith(".7") || name.endsWith("0.7.2")
                ? ProtocolVersion.V0_7_2
                : ProtocolVersion.V0_8_0;
    }

    /**
     * Reads a program.
     *
     * @param name as in {@link #version}
     * @return its octets, metadata included where there is some
     * @throws IOException if it cannot be read
     */
    public static byte[] blob(String name) throws IOException {
        return isService(name)
                ? Files.readAllBytes(PublicVectors.path("services/" + name + ".jam"))
                : Kernel.resource(name + ".jam");
    }

    /**
     * Reads a service in C that {@code polkavm-diff} has.
     *
     * @param name of its source
     * @param version what it is linked for
     * @return metadata and program
     * @throws IOException if it cannot be read
     */
    public static byte[] linked(String name, ProtocolVersion version) throws IOException {
        return Kernel.resource("programs/" + version + "/" + name + ".jam");
    }

    /**
     * Decodes a program.
     *
     * @param name as in {@link #version}
     * @param blob its octets
     * @return a program of the caller's own
     */
    public static StandardProgram decode(String name, byte[] blob) {
        return (isService(name)
                        ? StandardProgram.decodeService(blob, version(name))
                        : StandardProgram.decode(blob, version(name)))
                .orElseThrow();
    }

    /**
     * Computes the costs of all blocks in the pipeline schedule.
     *
     * @param program of 0.8.0
     * @return their sum
     */
    public static long allBlockCosts(Program program) {
        long sum = 0;
        for (int pc = 0; pc < program.codeSize(); pc++) {
            if (program.isBlockStart(pc)) {
                sum += program.blockCosts().cost(pc);
            }
        }
        return sum;
    }

    private static boolean isService(String name) {
        return name.indexOf('-') >= 0;
    }
}
