package io.marmalade.invocation.general;

import io.marmalade.base.Bytes;
import io.marmalade.invocation.AccountsContext;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

/**
 * {@code read} (Ω_R): hands out a part of a value in a service's storage. φ₇ service, φ₈ and φ₉
 * address and size of the key, φ₁₀ where to, φ₁₁ from where in the value, φ₁₂ how much.
 *
 * @gp sec:generalfunctions
 */
public final class Read implements HostCall<AccountsContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, AccountsContext context) {
        byte[] key = Guest.read(machine, machine.register(8), machine.register(9));
        if (key == null) {
            return Guest.PANIC;
        }
        Bytes value = value(context, Accounts.named(context, machine.register(7)), key);
        return Guest.answerPart(
                machine,
                value == null ? null : value.octets(),
                machine.register(10),
                machine.register(11),
                machine.register(12));
    }

    private static @Nullable Bytes value(AccountsContext context, long service, byte[] key) {
        return service == Accounts.NOBODY
                ? null
                : context.services().value(StateKeys.storage(service, Bytes.of(key)));
    }
}
