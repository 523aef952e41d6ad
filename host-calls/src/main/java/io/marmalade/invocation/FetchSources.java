package io.marmalade.invocation;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.AccumulationInput;
import io.marmalade.block.WorkPackage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code fetch} hands out in one run. What must be encoded for it is encoded once, when it is first asked for. Not
 * thread-safe.
 *
 * @gp sec:generalfunctions
 */
public final class FetchSources {
    private static final int NO_ITEM = -1;

    private final ProtocolConfig config;
    private final @Nullable WorkPackage workPackage;
    private final @Nullable Hash entropy;
    private final @Nullable Bytes authorizationTrace;
    private final int item;
    private final @Nullable List<List<Bytes>> imports;
    private final @Nullable List<List<Bytes>> extrinsics;
    private final @Nullable List<AccumulationInput> inputs;

    private FetchSources(
            ProtocolConfig config,
            @Nullable WorkPackage workPackage,
            @Nullable Hash entropy,
            @Nullable Bytes authorizationTrace,
            int item,
            @Nullable List<List<Bytes>> imports,
            @Nullable List<List<Bytes>> extrinsics,
            @Nullable List<AccumulationInput> inputs) {
        this.config = config;
        this.workPackage = workPackage;
        this.entropy = entropy;
        this.authorizationTrace = authorizationTrace;
        this.item = item;
        this.imports = imports;
        this.extrinsics = extrinsics;
        this.inputs = inputs;
    }

    /** Returns what an authorizer can fetch. */
    public static FetchSources ofAuthorizer(ProtocolConfig config, WorkPackage workPackage) {
        return new FetchSources(config, workPackage, null, null, NO_ITEM, null, null, null);
    }

    /**
     * Returns what refining a work item can fetch.
     *
     * @param authorizationTrace what the authorizer returned
     * @param item which item of the package, from 0
     * @param imports segments by item
     * @param extrinsics data by item
     */
    public static FetchSources ofRefinement(
            ProtocolConfig config,
            WorkPackage workPackage,
            Bytes authorizationTrace,
            int item,
            List<List<Bytes>> imports,
            List<List<Bytes>> extrinsics) {
        return new FetchSources(
                config, workPackage, Hash.ZERO, authorizationTrace, item, imports, extrinsics, null);
    }

    /**
     * Returns what accumulating a service can fetch.
     *
     * @param entropy η′₀
     * @param inputs operands and transfers
     */
    public static FetchSources ofAccumulation(
            ProtocolConfig config, Hash entropy, List<AccumulationInput> inputs) {
        return new FetchSources(config, null, entropy, null, NO_ITEM, null, null, inputs);
    }
}
