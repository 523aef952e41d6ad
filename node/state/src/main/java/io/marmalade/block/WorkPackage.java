package io.marmalade.block;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import java.util.List;

/**
 * A work package (P).
 *
 * @param authorizationCodeHost service that has the code, 0..2³²−1
 * @param authorizationCodeHash of the authorizer's code
 * @param context what it is refined against
 * @param authorizationToken for the authorizer
 * @param authorizationConfiguration of the authorizer
 * @param items 1..16 of them
 * @gp eq:workpackage
 */
public record WorkPackage(
        long authorizationCodeHost,
        Hash authorizationCodeHash,
        RefinementContext context,
        Bytes authorizationToken,
        Bytes authorizationConfiguration,
        List<WorkItem> items) {}
