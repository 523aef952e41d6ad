package io.marmalade.invocation;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.AccumulationInput;
import io.marmalade.block.WorkItem;
import io.marmalade.block.WorkPackage;
import io.marmalade.codec.Encoder;
import io.marmalade.codec.ProtocolParameters;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What {@code fetch} hands out in one run. What must be encoded for it is encoded once, when it is
 * first asked for. Not thread-safe.
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

    private byte @Nullable [] encodedParameters;
    private byte @Nullable [] encodedPackage;
    private byte @Nullable [] encodedItems;
    private byte @Nullable [] encodedInputs;
    private byte @Nullable [] lastInput;
    private long lastInputIndex;

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
                config,
                workPackage,
                Hash.ZERO,
                authorizationTrace,
                item,
                imports,
                extrinsics,
                null);
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

    /**
     * Returns what a kind of fetch hands out.
     *
     * @param kind unsigned
     * @param first the first index that the kind takes, unsigned
     * @param second the second index that the kind takes, unsigned
     * @return the octets, not to be changed; null if there is no such thing here
     */
    public byte @Nullable [] value(long kind, long first, long second) {
        if (kind < 0 || kind > 15) {
            return null;
        }
        WorkPackage pack = workPackage;
        return switch ((int) kind) {
            case 0 -> encodedParameters();
            case 1 -> entropy == null ? null : entropy.octets();
            case 2 -> octets(authorizationTrace);
            case 3 -> octets(at(at(extrinsics, first), second));
            case 4 -> octets(at(ofItem(extrinsics), first));
            case 5 -> octets(at(at(imports, first), second));
            case 6 -> octets(at(ofItem(imports), first));
            case 7 -> encodedPackage();
            case 8 -> pack == null ? null : pack.authorizationConfiguration().octets();
            case 9 -> pack == null ? null : pack.authorizationToken().octets();
            case 10 -> pack == null ? null : pack.context().encoded(config).octets();
            case 11 -> encodedItems();
            case 12 -> summary(at(items(), first));
            case 13 -> payload(at(items(), first));
            case 14 -> encodedInputs();
            default -> encodedInput(first);
        };
    }

    private byte[] encodedParameters() {
        byte[] encoded = encodedParameters;
        if (encoded == null) {
            encoded = ProtocolParameters.encode(config).octets();
            encodedParameters = encoded;
        }
        return encoded;
    }

    private byte @Nullable [] encodedPackage() {
        if (encodedPackage == null && workPackage != null) {
            encodedPackage = workPackage.encoded(config).octets();
        }
        return encodedPackage;
    }

    private byte @Nullable [] encodedItems() {
        List<WorkItem> items = items();
        if (encodedItems == null && items != null) {
            encodedItems = new Encoder(config).sequence(items, FetchSources::summarize).toArray();
        }
        return encodedItems;
    }

    private byte @Nullable [] encodedInputs() {
        if (encodedInputs == null && inputs != null) {
            encodedInputs = new Encoder(config).sequence(inputs, Encoder::value).toArray();
        }
        return encodedInputs;
    }

    private byte @Nullable [] encodedInput(long index) {
        AccumulationInput input = at(inputs, index);
        if (input == null) {
            return null;
        }
        // Guests go through their inputs one by one and in parts: the one asked for last is kept.
        if (lastInput == null || lastInputIndex != index) {
            lastInput = input.encoded(config).octets();
            lastInputIndex = index;
        }
        return lastInput;
    }

    private byte @Nullable [] summary(@Nullable WorkItem item) {
        if (item == null) {
            return null;
        }
        Encoder out = new Encoder(config);
        summarize(out, item);
        return out.toArray();
    }

    private static byte @Nullable [] payload(@Nullable WorkItem item) {
        return item == null ? null : item.payload().octets();
    }

    private static void summarize(Encoder out, WorkItem item) {
        out.u32(item.service())
                .octets(item.codeHash())
                .u64(item.refineGasLimit())
                .u64(item.accumulateGasLimit())
                .u16(item.exportCount())
                .u16(item.imports().size())
                .u16(item.extrinsics().size())
                .u32(item.payload().size());
    }

    private @Nullable List<WorkItem> items() {
        return workPackage == null ? null : workPackage.items();
    }

    private <T> @Nullable T ofItem(@Nullable List<T> lists) {
        return item == NO_ITEM ? null : at(lists, item);
    }

    private static <T> @Nullable T at(@Nullable List<T> list, long index) {
        return list != null && Long.compareUnsigned(index, list.size()) < 0
                ? list.get((int) index)
                : null;
    }

    private static byte @Nullable [] octets(@Nullable Bytes blob) {
        return blob == null ? null : blob.octets();
    }
}
