package io.marmalade.bench.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.IOException;
import java.util.List;

class KernelTest {
    static final List<Kernel> KERNELS = Kernel.ALL;

    @ParameterizedTest
    @FieldSource("KERNELS")
    void answersAsTheNativeProgramDoes(Kernel kernel) throws IOException {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            KernelRun run = new KernelRun(kernel, version, Engines.named("jit"));
            assertEquals(kernel.answer(), run.run());
        }
    }
}
