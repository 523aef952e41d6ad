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

import org.jspecify.annotations.Nullable;

/**
 * {@code eject} (Ω_J): removes another service that has put itself into this one's hands, and takes
 * its balance. φ₇ the service, φ₈ address of the hash of the one preimage that it has requested.
 *
 * @gp sec:accumulatefunctions
 */
final class Eject implements HostCall<AccumulateContext> {
    /**
     * How many time slots the request of a service to be removed has: available, then not any more.
     */
    private static final int FORGOTTEN = 2;

    @Override
    public @Nullable ExitReason call(Machine machine, AccumulateContext context) {
        long other = machine.register(7);
        Hash hash = Guest.readHash(machine, machine.register(8));
        if (hash == null) {
            return Guest.PANIC;
        }
        ServiceAccount account =
                other != context.service() && Guest.isServiceIndex(other)
                        ? context.services().account(other)
                        : null;
        if (account == null || !account.codeHash().equals(handOver(context.service()))) {
            return Guest.answer(machine, ResultCode.WHO);
        }
        if (account.items() != Deposits.REQUEST_ITEMS) {
            return Guest.answer(machine, ResultCode.HUH);
        }
        long length =
                Long.compareUnsigned(account.octets(), Deposits.REQUEST_OCTETS) > 0
                        ? account.octets() - Deposits.REQUEST_OCTETS
                        : 0;
        PreimageRequest request = Requests.find(context.services(), other, hash, length);
        if (request == null
                || request.size() != FORGOTTEN
                || !Requests.isExpunged(request.timeslot(1), context)) {
            return Guest.answer(machine, ResultCode.HUH);
        }
        ServiceAccount self = context.self();
        context.services().removeAccount(other);
        context.setSelf(self.withBalance(self.balance() + account.balance()));
        return Guest.answer(machine, ResultCode.OK);
    }

    /**
     * Returns the code hash by which a service puts itself into another's hands: the other's index
     * in 32 octets.
     */
    private static Hash handOver(long service) {
        byte[] octets = new byte[Hash.SIZE];
        for (int i = 0; i < 4; i++) {
            octets[i] = (byte) (service >>> (8 * i));
        }
        return Hash.of(octets);
    }
}
