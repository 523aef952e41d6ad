package io.marmalade.invocation.refine;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HistoricalPreimages;
import io.marmalade.invocation.HostCall;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

/**
 * {@code historical_lookup} (Ω_H): hands out a part of a preimage that a service had at the lookup
 * anchor. φ₇ service, φ₈ address of the hash, φ₉ where to, φ₁₀ from where, φ₁₁ how much.
 *
 * @gp sec:refinefunctions
 */
public final class HistoricalLookup implements HostCall<RefineContext> {
    private static final long SELF = -1;

    @Override
    public @Nullable ExitReason call(Machine machine, RefineContext context) {
        Hash hash = Guest.readHash(machine, machine.register(8));
        if (hash == null) {
            return Guest.PANIC;
        }
        long named = machine.register(7);
        long service = named == SELF ? context.service() : named;
        Bytes preimage =
                Guest.isServiceIndex(service)
                        ? HistoricalPreimages.lookUp(
                                context.accounts(), service, context.lookupAnchorTimeslot(), hash)
                        : null;
        return Guest.answerPart(
                machine,
                preimage == null ? null : preimage.octets(),
                machine.register(9),
                machine.register(10),
                machine.register(11));
    }
}
