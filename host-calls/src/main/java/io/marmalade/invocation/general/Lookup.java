package io.marmalade.invocation.general;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.invocation.AccountsContext;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

/**
 * {@code lookup} (Ω_L): hands out a part of a preimage that a service has. φ₇ service, φ₈ address
 * of the hash, φ₉ where to, φ₁₀ from where in the preimage, φ₁₁ how much.
 *
 * @gp sec:generalfunctions
 */
public final class Lookup implements HostCall<AccountsContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, AccountsContext context) {
        Hash hash = Guest.readHash(machine, machine.register(8));
        if (hash == null) {
            return Guest.PANIC;
        }
        Bytes preimage = preimage(context, Accounts.named(context, machine.register(7)), hash);
        return Guest.answerPart(
                machine,
                preimage == null ? null : preimage.octets(),
                machine.register(9),
                machine.register(10),
                machine.register(11));
    }

    private static @Nullable Bytes preimage(AccountsContext context, long service, Hash hash) {
        return service == Accounts.NOBODY
                ? null
                : context.services().value(StateKeys.preimage(service, hash));
    }
}
