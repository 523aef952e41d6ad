package io.marmalade.block;

import java.util.List;

/**
 * A work report with the signatures of those who guarantee it.
 *
 * @param report what is guaranteed
 * @param timeslot when, 0..2³²−1
 * @param credentials two or three signatures
 * @gp eq:guaranteesextrinsic
 */
public record Guarantee(
        WorkReport report,
        long timeslot,
        List<Credential> credentials) {}
