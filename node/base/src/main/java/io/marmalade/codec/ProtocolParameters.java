package io.marmalade.codec;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.pvm.ProtocolVersion;

/**
 * The chain parameters as one blob: what a program fetches, and what a chain specification carries.
 * 134 octets under 0.7.2, 122 under 0.8.0, where what follows from the size of a validator set is
 * left out.
 *
 * @gp sec:generalfunctions
 */
public final class ProtocolParameters {
    private static final int VALIDATORS_PER_CORE = 3;

    private ProtocolParameters() {}

    /** Returns the encoding of a chain's parameters. */
    public static Bytes encode(ProtocolConfig config) {
        Encoder out = new Encoder(config);
        out.u64(config.itemDeposit()).u64(config.byteDeposit()).u64(config.baseDeposit());
        out.u16(config.coreCount()).u32(config.expungePeriod()).u32(config.epochLength());
        out.u64(config.reportAccumulationGas());
        out.u64(config.packageAuthorizationGas());
        out.u64(config.packageRefinementGas());
        out.u64(config.blockAccumulationGas());
        out.u16(config.recentHistoryLength()).u16(config.maxPackageItems());
        out.u16(config.maxReportDependencies()).u16(config.maxBlockTickets());
        out.u32(config.maxLookupAnchorAge());
        boolean sized = hasSetSizes(config.version());
        if (sized) {
            out.u16(config.ticketEntries());
        }
        out.u16(config.authPoolSize()).u16(config.slotSeconds()).u16(config.authQueueSize());
        out.u16(config.rotationPeriod()).u16(config.maxPackageExtrinsics());
        out.u16(config.assuranceTimeoutPeriod());
        if (sized) {
            out.u16(config.validatorCount());
        }
        out.u32(config.maxAuthorizationCodeSize()).u32(config.maxBundleSize());
        out.u32(config.maxServiceCodeSize());
        if (sized) {
            out.u32(config.erasurePieceSize());
        }
        out.u32(config.maxPackageImports());
        if (sized) {
            out.u32(config.segmentErasurePieces());
        }
        out.u32(config.maxReportVariableSize()).u32(config.memoSize());
        out.u32(config.maxPackageExports()).u32(config.epochTailStart());
        return Bytes.of(out.toArray());
    }

    /**
     * Reads a chain's parameters. What 0.8.0 leaves out is as for a new chain's first set, three
     * validators a core.
     *
     * @param defaults the version whose encoding it is, and what no encoding holds
     * @throws DecodeException if it is not such an encoding, or a value is out of any sensible
     *     range
     */
    public static ProtocolConfig decode(ProtocolConfig defaults, Bytes encoding) {
        return Decoder.decode(defaults, encoding.octets(), ProtocolParameters::decode);
    }

    private static ProtocolConfig decode(Decoder in) {
        ProtocolConfig defaults = in.config();
        boolean sized = hasSetSizes(defaults.version());
        long itemDeposit = in.u64();
        long byteDeposit = in.u64();
        long baseDeposit = in.u64();
        int coreCount = positive(in, in.u16(), "core count");
        int expungePeriod = size(in, "expunge period");
        int epochLength = positive(in, size(in, "epoch length"), "epoch length");
        long reportAccumulationGas = in.u64();
        long packageAuthorizationGas = in.u64();
        long packageRefinementGas = in.u64();
        long blockAccumulationGas = in.u64();
        int recentHistoryLength = in.u16();
        int maxPackageItems = in.u16();
        int maxReportDependencies = in.u16();
        int maxBlockTickets = in.u16();
        int maxLookupAnchorAge = size(in, "lookup-anchor age");
        int writtenTicketEntries = sized ? in.u16() : 0;
        int authPoolSize = in.u16();
        int slotSeconds = positive(in, in.u16(), "slot period");
        int authQueueSize = in.u16();
        int rotationPeriod = positive(in, in.u16(), "rotation period");
        int maxPackageExtrinsics = in.u16();
        int assuranceTimeoutPeriod = in.u16();
        int validatorCount =
                sized ? positive(in, in.u16(), "validator count") : VALIDATORS_PER_CORE * coreCount;
        int ticketEntries =
                sized
                        ? writtenTicketEntries
                        : ProtocolConfig.ticketEntries(epochLength, validatorCount);
        int maxAuthorizationCodeSize = size(in, "authorization code size");
        int maxBundleSize = size(in, "bundle size");
        int maxServiceCodeSize = size(in, "service code size");
        int erasurePieceSize =
                sized
                        ? size(in, "erasure piece size")
                        : ProtocolConfig.erasurePieceSize(validatorCount);
        int maxPackageImports = size(in, "package imports");
        int segmentErasurePieces =
                sized
                        ? size(in, "segment erasure pieces")
                        : ProtocolConfig.SEGMENT_SIZE / erasurePieceSize;
        int maxReportVariableSize = size(in, "report variable size");
        int memoSize = size(in, "memo size");
        int maxPackageExports = size(in, "package exports");
        int epochTailStart = size(in, "epoch tail start");
        return new ProtocolConfig(
                defaults.version(),
                validatorCount,
                coreCount,
                epochLength,
                epochTailStart,
                rotationPeriod,
                ticketEntries,
                maxBlockTickets,
                maxLookupAnchorAge,
                expungePeriod,
                assuranceTimeoutPeriod,
                recentHistoryLength,
                authPoolSize,
                authQueueSize,
                slotSeconds,
                itemDeposit,
                byteDeposit,
                baseDeposit,
                reportAccumulationGas,
                packageAuthorizationGas,
                packageRefinementGas,
                blockAccumulationGas,
                maxPackageItems,
                maxReportDependencies,
                maxPackageExtrinsics,
                defaults.minPublicServiceIndex(),
                maxAuthorizationCodeSize,
                maxBundleSize,
                maxServiceCodeSize,
                erasurePieceSize,
                maxPackageImports,
                segmentErasurePieces,
                maxReportVariableSize,
                memoSize,
                maxPackageExports);
    }

    private static boolean hasSetSizes(ProtocolVersion version) {
        return switch (version) {
            case V0_7_2 -> true;
            case V0_8_0 -> false;
        };
    }

    private static int size(Decoder in, String what) {
        long value = in.u32();
        if (value > Integer.MAX_VALUE) {
            throw in.fail(what + " is " + value + ", more than " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    private static int positive(Decoder in, int value, String what) {
        if (value == 0) {
            throw in.fail(what + " is 0");
        }
        return value;
    }
}
