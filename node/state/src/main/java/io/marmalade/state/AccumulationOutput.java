package io.marmalade.state;

import io.marmalade.base.Hash;

/**
 * A hash that a service left in the latest accumulation (an entry of θ).
 *
 * @param service 0..2³²−1
 * @param output what it yielded
 * @gp eq:lastaccoutspec
 */
public record AccumulationOutput(
        long service,
        Hash output) {}
