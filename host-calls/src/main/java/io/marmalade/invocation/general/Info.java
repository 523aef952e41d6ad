package io.marmalade.invocation.general;

import io.marmalade.codec.Encoder;
import io.marmalade.invocation.AccountsContext;
import io.marmalade.invocation.Deposits;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.state.ServiceAccount;

import org.jspecify.annotations.Nullable;

/**
 * {@code info} (Ω_I): hands out a part of what is known of a service, 96 octets. φ₇ service, φ₈
 * where to, φ₉ from where, φ₁₀ how much.
 *
 * @gp sec:generalfunctions
 */
public final class Info implements HostCall<AccountsContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, AccountsContext context) {
        long service = Accounts.named(context, machine.register(7));
        ServiceAccount account =
                service == Accounts.NOBODY ? null : context.services().account(service);
        return Guest.answerPart(
                machine,
                account == null ? null : encode(context, account),
                machine.register(8),
                machine.register(9),
                machine.register(10));
    }

    private static byte[] encode(AccountsContext context, ServiceAccount account) {
        return new Encoder(context.config())
                .octets(account.codeHash())
                .u64(account.balance())
                .u64(Deposits.minBalance(context.config(), account))
                .u64(account.minAccumulateGas())
                .u64(account.minMemoGas())
                .u64(account.octets())
                .u32(account.items())
                .u64(account.gratis())
                .u32(account.created())
                .u32(account.lastAccumulation())
                .u32(account.parent())
                .toArray();
    }
}
