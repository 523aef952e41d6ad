package io.marmalade.invocation.accumulate;

import io.marmalade.base.Bytes;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

/**
 * {@code provide} (Ω_♈): provides a preimage that a service has requested. φ₇ the service, φ₈
 * address and φ₉ length of the preimage.
 *
 * @gp sec:accumulatefunctions
 */
final class Provide implements HostCall<AccumulateContext> {
    /** The register's value for the service that asks. */
    private static final long SELF = -1;

    private final AccumulateRules rules;

    Provide(AccumulateRules rules) {
        this.rules = rules;
    }

    @Override
    public @Nullable ExitReason call(Machine machine, AccumulateContext context) {
        long named = machine.register(7);
        long address = machine.register(8);
        long length = machine.register(9);
        if (rules.refusesLongPreimages() && !Requests.isLength(length)) {
            return Guest.answer(machine, ResultCode.HUH);
        }
        if (!Guest.isReadable(machine, address, length)) {
            return Guest.PANIC;
        }
        long service = named == SELF ? context.service() : named;
        if (!Guest.isServiceIndex(service) || context.services().account(service) == null) {
            return Guest.answer(machine, ResultCode.WHO);
        }
        byte[] octets = length == 0 ? new byte[0] : machine.memory().read(address, (int) length);
        Provision provision = Provision.of(service, Bytes.of(octets));
        boolean added = provision.isProvidable(context.services()) && context.provide(provision);
        return Guest.answer(machine, added ? ResultCode.OK : ResultCode.HUH);
    }
}
