package io.marmalade.conformance.stf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class AccumulateVectorsTest {
    private static final int VECTORS = 30;

    @Test
    void accumulatesAsTheTinyVectorsDo() throws IOException {
        run("tiny", ProtocolConfig.tiny(ProtocolVersion.V0_7_2), Runnable::run);
    }

    @Test
    void accumulatesAsTheFullVectorsDo() throws IOException {
        run("full", ProtocolConfig.full(ProtocolVersion.V0_7_2), Runnable::run);
    }

    @Test
    void accumulatesAlikeOnSeveralThreads() throws IOException {
        try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
            run("tiny", ProtocolConfig.tiny(ProtocolVersion.V0_7_2), executor);
        }
    }

    private static void run(String size, ProtocolConfig config, Executor executor)
            throws IOException {
        Path folder = VectorFolder.require("stf/accumulate/" + size);
        FamilyResult result =
                AccumulateVectors.run(config, folder, new InterpreterEngine(), executor);
        assertEquals(List.of(), result.failures());
        assertEquals(VECTORS, result.passed());
    }
}
