package io.marmalade.transition.accumulation;

/**
 * What accumulating a service took in a block (an entry of S).
 *
 * @param items N: work items
 * @param transfers received; since 0.8.0, 0 before
 * @param gasUsed G: unsigned
 * @gp eq:accumulationstatisticsspec
 */
public record AccumulationRecord(long items, long transfers, long gasUsed) {

    /** Returns the sum. */
    AccumulationRecord plus(AccumulationRecord other) {
        return new AccumulationRecord(
                items + other.items, transfers + other.transfers, Gas.plus(gasUsed, other.gasUsed));
    }
}
