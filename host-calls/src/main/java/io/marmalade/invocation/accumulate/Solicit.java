package io.marmalade.invocation.accumulate;

import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
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
 * {@code solicit} (Ω_S): requests a preimage, for the first time or once more. φ₇ address of the
 * hash, φ₈ length.
 *
 * @gp sec:accumulatefunctions
 */
final class Solicit implements HostCall<AccumulateContext> {
    private static final int FORGOTTEN = 2;

    private final AccumulateRules rules;

    Solicit(AccumulateRules rules) {
        this.rules = rules;
    }

    @Override
    public @Nullable ExitReason call(Machine machine, AccumulateContext context) {
        long length = machine.register(8);
        if (rules.refusesLongPreimages() && !Requests.isLength(length)) {
            return Guest.answer(machine, ResultCode.HUH);
        }
        Hash hash = Guest.readHash(machine, machine.register(7));
        if (hash == null) {
            return Guest.PANIC;
        }
        ServiceAccount self = context.self();
        if (!Requests.isLength(length)) {
            // No such request can stand in the state. The paper still asks for its deposit before
            // it has nowhere to
            // put it.
            return Guest.answer(
                    machine,
                    affords(
                                    context,
                                    self,
                                    self.items() + Deposits.REQUEST_ITEMS,
                                    plus(self, length))
                            ? ResultCode.HUH
                            : ResultCode.FULL);
        }
        StateKey key = StateKeys.request(context.service(), hash, length);
        PreimageRequest before = Requests.find(context.services(), key);
        if (before == null) {
            long items = self.items() + Deposits.REQUEST_ITEMS;
            long octets = plus(self, length);
            if (!affords(context, self, items, octets)) {
                return Guest.answer(machine, ResultCode.FULL);
            }
            context.services()
                    .putValue(context.service(), key, PreimageRequest.REQUESTED.encoded());
            context.setSelf(self.withFootprint(items, octets));
            return Guest.answer(machine, ResultCode.OK);
        }
        if (before.size() != FORGOTTEN) {
            return Guest.answer(machine, ResultCode.HUH);
        }
        if (!affords(context, self, self.items(), self.octets())) {
            return Guest.answer(machine, ResultCode.FULL);
        }
        context.services()
                .putValue(
                        context.service(),
                        key,
                        PreimageRequest.of(
                                        before.timeslot(0), before.timeslot(1), context.timeslot())
                                .encoded());
        return Guest.answer(machine, ResultCode.OK);
    }

    /**
     * Returns the octets that an account has with one more request, or 2⁶⁴−1 if it is more than
     * that.
     */
    private static long plus(ServiceAccount account, long length) {
        long octets = account.octets() + Deposits.REQUEST_OCTETS;
        long sum = octets + length;
        return Long.compareUnsigned(sum, length) < 0 ? -1 : sum;
    }

    private static boolean affords(
            AccumulateContext context, ServiceAccount account, long items, long octets) {
        return Long.compareUnsigned(
                        account.balance(),
                        Deposits.minBalance(context.config(), items, octets, account.gratis()))
                >= 0;
    }
}
