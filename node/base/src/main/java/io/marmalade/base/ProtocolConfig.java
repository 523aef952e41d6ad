package io.marmalade.base;

import io.marmalade.pvm.ProtocolVersion;

/**
 * The protocol version and the chain parameters: what the paper writes as constants. Passed in
 * wherever it is needed, never a global.
 *
 * <p>Gas is in units of gas, periods are in time slots, sizes in octets.
 *
 * @param version the protocol version
 * @param validatorCount V: the number of validators; since 0.8.0 only what a new chain starts with,
 *     for the size is a property of each validator set
 * @param coreCount C
 * @param epochLength E
 * @param epochTailStart Y: the phase of an epoch at which ticket submission ends
 * @param rotationPeriod R: of the assignment of guarantors to cores
 * @param ticketEntries N: ticket entries a validator; since 0.8.0 only those of a set of {@code
 *     validatorCount}, see {@link #ticketEntries(int, int)}
 * @param maxBlockTickets K
 * @param maxLookupAnchorAge L
 * @param expungePeriod D
 * @param assuranceTimeoutPeriod U
 * @param recentHistoryLength H
 * @param authPoolSize O
 * @param authQueueSize Q
 * @param slotSeconds P
 * @param itemDeposit B_I
 * @param byteDeposit B_L
 * @param baseDeposit B_S
 * @param reportAccumulationGas G_A
 * @param packageAuthorizationGas G_I
 * @param packageRefinementGas G_R
 * @param blockAccumulationGas G_T
 * @param maxPackageItems I
 * @param maxReportDependencies J
 * @param maxPackageExtrinsics T
 * @param minPublicServiceIndex S
 * @param maxAuthorizationCodeSize W_A
 * @param maxBundleSize W_B
 * @param maxServiceCodeSize W_C
 * @param erasurePieceSize W_E; since 0.8.0 only that of a set of {@code validatorCount}, see {@link
 *     #erasurePieceSize(int)}
 * @param maxPackageImports W_M
 * @param segmentErasurePieces W_P; since 0.8.0 only that of a set of {@code validatorCount}
 * @param maxReportVariableSize W_R
 * @param memoSize W_T
 * @param maxPackageExports W_X
 * @gp sec:definitions
 */
public record ProtocolConfig(
        ProtocolVersion version,
        int validatorCount,
        int coreCount,
        int epochLength,
        int epochTailStart,
        int rotationPeriod,
        int ticketEntries,
        int maxBlockTickets,
        int maxLookupAnchorAge,
        int expungePeriod,
        int assuranceTimeoutPeriod,
        int recentHistoryLength,
        int authPoolSize,
        int authQueueSize,
        int slotSeconds,
        long itemDeposit,
        long byteDeposit,
        long baseDeposit,
        long reportAccumulationGas,
        long packageAuthorizationGas,
        long packageRefinementGas,
        long blockAccumulationGas,
        int maxPackageItems,
        int maxReportDependencies,
        int maxPackageExtrinsics,
        long minPublicServiceIndex,
        int maxAuthorizationCodeSize,
        int maxBundleSize,
        int maxServiceCodeSize,
        int erasurePieceSize,
        int maxPackageImports,
        int segmentErasurePieces,
        int maxReportVariableSize,
        int memoSize,
        int maxPackageExports) {

    /** The octets of a segment (W_G). */
    public static final int SEGMENT_SIZE = 4104;

    /** The parameters of the real network: 1023 validators, 341 cores. */
    public static ProtocolConfig full(ProtocolVersion version) {
        return new ProtocolConfig(
                version,
                1023,
                341,
                600,
                500,
                10,
                2,
                16,
                14_400,
                19_200,
                5,
                8,
                8,
                80,
                6,
                10,
                1,
                100,
                10_000_000L,
                50_000_000L,
                5_000_000_000L,
                3_500_000_000L,
                16,
                8,
                128,
                1L << 16,
                64_000,
                13_791_360,
                4_000_000,
                684,
                3072,
                6,
                48 << 10,
                128,
                3072);
    }

    /** The parameters that test vectors and development chains use: 6 validators, 2 cores. */
    public static ProtocolConfig tiny(ProtocolVersion version) {
        return new ProtocolConfig(
                version,
                6,
                2,
                12,
                10,
                4,
                version == ProtocolVersion.V0_7_2 ? 3 : ticketEntries(12, 6),
                3,
                24,
                32,
                5,
                8,
                8,
                80,
                6,
                10,
                1,
                100,
                10_000_000L,
                50_000_000L,
                1_000_000_000L,
                20_000_000L,
                16,
                8,
                128,
                1L << 16,
                64_000,
                13_791_360,
                4_000_000,
                version == ProtocolVersion.V0_7_2 ? 4 : erasurePieceSize(6),
                3072,
                version == ProtocolVersion.V0_7_2 ? 1026 : SEGMENT_SIZE / erasurePieceSize(6),
                48 << 10,
                128,
                3072);
    }

    /**
     * Returns how many ticket entries each validator of a set has since 0.8.0: ⌈2E ÷ v⌉.
     *
     * @param epochLength E, positive
     * @param validators v, positive
     * @gp eq:ticketsextrinsic
     */
    public static int ticketEntries(int epochLength, int validators) {
        return Math.ceilDiv(2 * epochLength, validators);
    }

    /**
     * Returns the octets of the piece of a segment that is coded at once for a set of validators
     * since 0.8.0: two for each of as many data shards as a segment divides by, at most v/3 + 1.
     *
     * @param validators v, 3 or more
     * @gp sec:erasurecoding
     */
    public static int erasurePieceSize(int validators) {
        int dataShards = validators / 3 + 1;
        while (SEGMENT_SIZE % (2 * dataShards) != 0) {
            dataShards--;
        }
        return 2 * dataShards;
    }

    /** Returns the epoch of a time slot. */
    public long epoch(long timeslot) {
        return timeslot / epochLength;
    }

    /** Returns the phase of a time slot within its epoch, 0..E−1. */
    public int phase(long timeslot) {
        return (int) (timeslot % epochLength);
    }
}
