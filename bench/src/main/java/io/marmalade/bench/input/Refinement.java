package io.marmalade.bench.input;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.WorkPackage;
import io.marmalade.block.WorkResult;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.authorization.IsAuthorizedInvocation;
import io.marmalade.invocation.refine.HostLimits;
import io.marmalade.invocation.refine.RefineInvocation;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A work item of a real service, refined from its package to its result, or authorized. Its result
 * is checked each time.
 */
public final class Refinement {
    private static final long CACHE_OCTETS = 1 << 24;
    private static final String AUTHORIZER = "null-authorizer";
    private static final String INNER = "inner-machines";
    private static final String LEDGER = "ledger";
    private static final String SEGMENTS = "segments";
    private static final int SEGMENT_COUNT = 8;
    private static final int SEGMENT_SIZE = 4104;

    private final String work;
    private final Engine engine;
    private final ProtocolConfig config;
    private final CodeServices services;
    private final byte[] payload;
    private final List<Bytes> imports;
    private final WorkPackage workPackage;
    private final Hash packageHash;
    private RefineInvocation refine;
    private IsAuthorizedInvocation authorize;

    /**
     * Reads a service.
     *
     * @param work a name and a version: {@code bootstrap-0.7.2}, {@code bootstrap-0.8.0}, {@code
     *     corevm-0.8.0}, {@code null-authorizer-0.8.0}, or {@code inner-machines}, {@code ledger}
     *     or {@code segments} with either version
     * @param engine what runs it
     * @throws IOException if it cannot be read
     */
    public Refinement(String work, Engine engine) throws IOException {
        this.work = work;
        this.engine = engine;
        ProtocolVersion version = ProtocolVersion.parse(work.substring(work.lastIndexOf('-') + 1));
        String name = work.substring(0, work.lastIndexOf('-'));
        config = ProtocolConfig.tiny(version);
        byte[] code =
                switch (name) {
                    case INNER -> InnerMachineService.code(version);
                    case AUTHORIZER -> Services.blob(name);
                    case LEDGER, SEGMENTS -> Services.linked(name, version);
                    default -> Services.blob(work);
                };
        services = new CodeServices(code);
        // The bootstrap service takes nothing or zeroes for nothing to do; corevm says that one
        // zero
        // is too little.
        payload =
                switch (name) {
                    case LEDGER -> LedgerOrders.make();
                    case "bootstrap" -> new byte[version == ProtocolVersion.V0_7_2 ? 0 : 1000];
                    default -> new byte[1];
                };
        imports = name.equals(SEGMENTS) ? segments() : List.of();
        workPackage = services.workPackage(payload);
        packageHash = workPackage.hash(config);
        refine = refine();
        authorize = authorize();
    }

    private RefineInvocation refine() {
        return new RefineInvocation(
                config, engine, new ProgramCache(config.version(), CACHE_OCTETS), HostLog.NONE);
    }

    private IsAuthorizedInvocation authorize() {
        return new IsAuthorizedInvocation(
                config, engine, new ProgramCache(config.version(), CACHE_OCTETS), HostLog.NONE);
    }

    /** Forgets the decoded program, and with it what the engine has made of it. */
    public void forget() {
        refine = refine();
        authorize = authorize();
    }

    /**
     * Does it.
     *
     * @return what came of it
     * @throws IllegalStateException if that is not what it should be
     */
    public WorkResult run() {
        WorkResult result = work.startsWith(AUTHORIZER) ? authorized() : refined();
        boolean right =
                switch (result) {
                    case WorkResult.Output(Bytes octets) -> isRight(octets);
                    case WorkResult.Error error ->
                            work.startsWith("corevm") && error == WorkResult.Error.PANIC;
                };
        if (!right) {
            throw new IllegalStateException(work + " ended with " + result);
        }
        return result;
    }

    private boolean isRight(Bytes octets) {
        return switch (work.substring(0, work.lastIndexOf('-'))) {
            case INNER -> isAnswer(octets);
            case LEDGER -> octets.equals(Bytes.of(payload));
            case SEGMENTS -> octets.size() == 12 * SEGMENT_COUNT;
            default -> true;
        };
    }

    private static List<Bytes> segments() {
        Random random = new Random(SEGMENT_COUNT);
        List<Bytes> segments = new ArrayList<>();
        for (int i = 0; i < SEGMENT_COUNT; i++) {
            byte[] segment = new byte[SEGMENT_SIZE];
            random.nextBytes(segment);
            segments.add(Bytes.of(segment));
        }
        return segments;
    }

    private static boolean isAnswer(Bytes octets) {
        long value = 0;
        for (int i = octets.size() - 1; i >= 0; i--) {
            value = value << 8 | octets.octets()[i] & 0xff;
        }
        return octets.size() == 8 && value == InnerMachineService.ANSWER;
    }

    private WorkResult authorized() {
        return authorize.authorize(services, workPackage, 0).trace();
    }

    private WorkResult refined() {
        RefineInvocation.Outcome outcome =
                refine.refine(
                        services,
                        new RefineInvocation.Input(
                                0,
                                workPackage,
                                packageHash,
                                0,
                                Bytes.EMPTY,
                                List.of(imports),
                                List.of(List.of()),
                                0),
                        HostLimits.DEFAULT);
        return switch (outcome) {
            case RefineInvocation.Outcome.Refined refined -> refined.result();
            case RefineInvocation.Outcome.Refused(String reason) ->
                    throw new IllegalStateException(work + " was refused: " + reason);
        };
    }
}
