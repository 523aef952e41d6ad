package io.marmalade.state;

/**
 * A validator's activity in an epoch.
 *
 * @param blocks produced
 * @param tickets brought in
 * @param preimages brought in
 * @param preimageOctets brought in
 * @param guarantees signed
 * @param assurances given
 * @gp eq:activityspec
 */
public record ValidatorRecord(
        long blocks,
        long tickets,
        long preimages,
        long preimageOctets,
        long guarantees,
        long assurances) {}
