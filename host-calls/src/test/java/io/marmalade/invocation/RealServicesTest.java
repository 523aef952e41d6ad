package io.marmalade.invocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.WorkPackage;
import io.marmalade.block.WorkResult;
import io.marmalade.invocation.authorization.IsAuthorizedInvocation;
import io.marmalade.invocation.refine.HostLimits;
import io.marmalade.invocation.refine.RefineInvocation;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Services that others built: they speak through the log, which shows what they understood. */
class RealServicesTest {
    private final TestServices services =
            new TestServices().account(1, 1000, 0, 0).account(7, 1000, 0, 0);
    private final List<String> heard = new ArrayList<>();
    private final HostLog log =
            (source, level, target, message) ->
                    heard.add(new String(message.octets(), StandardCharsets.UTF_8));

    private static Bytes service(String name) {
        String folder = System.getProperty("marmalade.vectors", System.getenv("MARMALADE_VECTORS"));
        assumeTrue(
                folder != null,
                "no vectors: unpack the public ones (github.com/w3f/jamtestvectors,"
                        + " davxy/jam-test-vectors, davxy/jam-conformance) and name their folder in"
                        + " marmalade.vectors or MARMALADE_VECTORS");
        Path file = Path.of(folder, "services", name + ".jam");
        assumeTrue(Files.exists(file), "no " + file.getFileName() + " among the vectors");
        try {
            return Bytes.of(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private WorkResult refine(ProtocolVersion version, String name, int payloadSize) {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        Hash code = services.preimage(7, service(name), 1L);
        WorkPackage workPackage =
                TestPackages.of(
                        Hash.ZERO,
                        TestPackages.item(
                                7, code, 100_000_000, 0, Bytes.of(new byte[payloadSize])));
        RefineInvocation.Outcome outcome =
                new RefineInvocation(
                                config,
                                new InterpreterEngine(),
                                new ProgramCache(version, 1 << 24),
                                log)
                        .refine(
                                services,
                                new RefineInvocation.Input(
                                        1,
                                        workPackage,
                                        workPackage.hash(config),
                                        0,
                                        Bytes.EMPTY,
                                        List.of(List.of()),
                                        List.of(List.of()),
                                        0),
                                HostLimits.DEFAULT);
        return ((RefineInvocation.Outcome.Refined) outcome).result();
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void theNullAuthorizerAuthorizes(ProtocolVersion version) {
        Hash code = services.preimage(1, service("null-authorizer"), 1L);
        ProtocolConfig config = ProtocolConfig.tiny(version);
        IsAuthorizedInvocation.Authorization authorization =
                new IsAuthorizedInvocation(
                                config,
                                new InterpreterEngine(),
                                new ProgramCache(version, 1 << 20),
                                log)
                        .authorize(
                                services,
                                TestPackages.of(
                                        code, TestPackages.item(7, Hash.ZERO, 1, 0, Bytes.EMPTY)),
                                1);
        assertEquals(new WorkResult.Output(Bytes.EMPTY), authorization.trace());
    }

    /** The service is told that it is number 7, and takes zeroes for a list of nothing to do. */
    @ParameterizedTest
    @CsvSource({"0.7.2, 0", "0.8.0, 1000"})
    void theBootstrapServiceRefines(String version, int payloadSize) {
        WorkResult result =
                refine(ProtocolVersion.parse(version), "bootstrap-" + version, payloadSize);
        assertEquals(
                List.of("Bootstrap Service Refine, 7h", "Returning [] into accumulate"), heard);
        assertEquals(true, result instanceof WorkResult.Output);
    }

    @ParameterizedTest
    @CsvSource({
        "0, Refine failed: Failed to decode payload",
        "1, Refine failed: No per-VM payloads provided"
    })
    void theMachineServiceReadsItsPayload(int payloadSize, String message) {
        assertEquals(
                WorkResult.Error.PANIC,
                refine(ProtocolVersion.V0_8_0, "corevm-0.8.0", payloadSize));
        assertEquals(List.of(message), heard);
    }
}
