package io.marmalade.invocation.accumulate;

import io.marmalade.base.Hash;
import io.marmalade.state.Privileges;
import io.marmalade.state.Services;
import io.marmalade.state.ValidatorSet;

import java.util.List;

/**
 * The part of the state that accumulation reads and changes (𝕊). Nothing in it changes while it is
 * in use.
 *
 * @param services d: the accounts; read by several threads where services are accumulated side by
 *     side
 * @param stagingSet i: the validators that are drawn in next
 * @param authorizerQueues q: Q authorizer hashes a core
 * @param privileges m, a, v, r and z
 * @gp eq:partialstate
 */
public record PartialState(
        Services services,
        ValidatorSet stagingSet,
        List<List<Hash>> authorizerQueues,
        Privileges privileges) {}
