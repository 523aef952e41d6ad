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
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

/**
 * {@code forget} (Ω_F): gives a preimage up: first makes it unavailable, and removes it with its
 * request once it was unavailable for long enough. φ₇ address of the hash, φ₈ length.
 *
 * @gp sec:accumulatefunctions
 */
final class Forget implements HostCall<AccumulateContext> {
    private final AccumulateRules rules;

    Forget(AccumulateRules rules) {
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
        PreimageRequest request =
                Requests.find(context.services(), context.service(), hash, length);
        boolean done = request != null && forget(context, hash, length, request);
        return Guest.answer(machine, done ? ResultCode.OK : ResultCode.HUH);
    }

    /** Returns whether the request was such that something could be forgotten. */
    private static boolean forget(
            AccumulateContext context, Hash hash, long length, PreimageRequest request) {
        long service = context.service();
        ServiceChanges services = context.services();
        StateKey key = StateKeys.request(service, hash, length);
        long now = context.timeslot();
        return switch (request.size()) {
            case 0 -> {
                remove(context, key, hash, length);
                yield true;
            }
            case 1 -> {
                services.putValue(
                        service, key, PreimageRequest.of(request.timeslot(0), now).encoded());
                yield true;
            }
            case 2 -> {
                boolean expunged = Requests.isExpunged(request.timeslot(1), context);
                if (expunged) {
                    remove(context, key, hash, length);
                }
                yield expunged;
            }
            default -> {
                boolean expunged = Requests.isExpunged(request.timeslot(1), context);
                if (expunged) {
                    services.putValue(
                            service, key, PreimageRequest.of(request.timeslot(2), now).encoded());
                }
                yield expunged;
            }
        };
    }

    private static void remove(AccumulateContext context, StateKey key, Hash hash, long length) {
        long service = context.service();
        ServiceChanges services = context.services();
        services.removeValue(service, key);
        services.removeValue(service, StateKeys.preimage(service, hash));
        ServiceAccount self = context.self();
        context.setSelf(
                self.withFootprint(
                        self.items() - Deposits.REQUEST_ITEMS,
                        self.octets() - Deposits.REQUEST_OCTETS - length));
    }
}
