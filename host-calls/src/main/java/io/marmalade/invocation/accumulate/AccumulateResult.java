package io.marmalade.invocation.accumulate;

import io.marmalade.base.Hash;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.state.Privileges;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.ValidatorSet;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What accumulating one service gave (𝕆).
 *
 * @param services e_d: changes on top of the accounts that the run was given
 * @param stagingSet e_i
 * @param authorizerQueues e_q
 * @param privileges e_m, e_a, e_v, e_r, e_z; the services that always accumulate are only kept up
 *     to date in the manager's run, for nobody looks at them in another
 * @param transfers t: in the order in which they were made
 * @param output y: what the service yielded, or null
 * @param gasUsed u: unsigned
 * @param provisions p: preimages for any service's requests, without repetition
 * @gp eq:acconeout
 */
public record AccumulateResult(
        ServiceChanges services,
        ValidatorSet stagingSet,
        List<List<Hash>> authorizerQueues,
        Privileges privileges,
        List<DeferredTransfer> transfers,
        @Nullable Hash output,
        long gasUsed,
        List<Provision> provisions) {}
