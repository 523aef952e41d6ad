package io.marmalade.invocation.accumulate;

import io.marmalade.base.Hash;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.state.PreimageRequest;

import org.jspecify.annotations.Nullable;

/**
 * {@code query} (Ω_Q): tells what became of a request. φ₇ address of the hash, φ₈ length; answers
 * the number of time slots and the first in φ₇, the others in φ₈.
 *
 * @gp sec:accumulatefunctions
 */
final class Query implements HostCall<AccumulateContext> {
    private final AccumulateRules rules;

    Query(AccumulateRules rules) {
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
        if (request == null) {
            machine.setRegister(8, 0);
            return Guest.answer(machine, ResultCode.NONE);
        }
        long first = request.size() > 0 ? request.timeslot(0) : 0;
        long second = request.size() > 1 ? request.timeslot(1) : 0;
        long third = request.size() > 2 ? request.timeslot(2) : 0;
        machine.setRegister(8, third << 32 | second);
        return Guest.answer(machine, first << 32 | request.size());
    }
}
