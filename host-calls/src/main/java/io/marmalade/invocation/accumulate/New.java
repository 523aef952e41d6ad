package io.marmalade.invocation.accumulate;

import io.marmalade.base.Hash;
import io.marmalade.invocation.Deposits;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.state.PreimageRequest;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

/**
 * {@code new} (Ω_N): creates a service, endowed with its threshold balance, and answers its index.
 * φ₇ address of the code hash, φ₈ length of the code, φ₉ and φ₁₀ gas that a work item and a
 * transfer must bring, φ₁₁ deposit that is not asked for, φ₁₂ the index that the registrar wants.
 *
 * @gp sec:accumulatefunctions
 */
final class New implements HostCall<AccumulateContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, AccumulateContext context) {
        long length = machine.register(8);
        long gratis = machine.register(11);
        long wanted = machine.register(12);
        Hash codeHash = Guest.readHash(machine, machine.register(7));
        if (codeHash == null || !Requests.isLength(length)) {
            return Guest.PANIC;
        }
        if (gratis != 0 && context.service() != context.privileges().manager()) {
            return Guest.answer(machine, ResultCode.HUH);
        }
        ServiceAccount self = context.self();
        long octets = Deposits.REQUEST_OCTETS + length;
        long endowment =
                Deposits.minBalance(context.config(), Deposits.REQUEST_ITEMS, octets, gratis);
        long left = self.balance() - endowment;
        if (Long.compareUnsigned(self.balance(), endowment) < 0
                || Long.compareUnsigned(left, Deposits.minBalance(context.config(), self)) < 0) {
            return Guest.answer(machine, ResultCode.CASH);
        }
        boolean byWish =
                context.service() == context.privileges().registrar()
                        && Long.compareUnsigned(wanted, context.config().minPublicServiceIndex())
                                < 0;
        if (byWish && context.services().account(wanted) != null) {
            return Guest.answer(machine, ResultCode.FULL);
        }
        long index = byWish ? wanted : context.nextFreeIndex();
        if (!byWish) {
            context.advanceFreeIndex();
        }
        context.services()
                .putAccount(
                        index,
                        new ServiceAccount(
                                codeHash,
                                endowment,
                                machine.register(9),
                                machine.register(10),
                                octets,
                                gratis,
                                Deposits.REQUEST_ITEMS,
                                context.timeslot(),
                                0,
                                context.service()));
        context.services()
                .putValue(
                        index,
                        StateKeys.request(index, codeHash, length),
                        PreimageRequest.REQUESTED.encoded());
        context.setSelf(self.withBalance(left));
        return Guest.answer(machine, index);
    }
}
