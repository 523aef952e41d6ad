package io.marmalade.invocation.general;

import io.marmalade.base.Bytes;
import io.marmalade.base.StateKey;
import io.marmalade.invocation.AccountsContext;
import io.marmalade.invocation.Deposits;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

/**
 * {@code write} (Ω_W): sets a value in the running service's storage, or removes it if the new
 * value is empty; answers the size of the old one. φ₇ and φ₈ address and size of the key, φ₉ and
 * φ₁₀ of the value.
 *
 * @gp sec:generalfunctions
 */
public final class Write implements HostCall<AccountsContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, AccountsContext context) {
        long valueAddress = machine.register(9);
        long valueSize = machine.register(10);
        byte[] key = Guest.read(machine, machine.register(7), machine.register(8));
        if (key == null || !Guest.isReadable(machine, valueAddress, valueSize)) {
            return Guest.PANIC;
        }
        ServiceChanges services = context.services();
        long service = context.service();
        ServiceAccount account = services.account(service);
        if (account == null) {
            throw new IllegalStateException("service " + service + " runs but has no account");
        }
        StateKey stateKey = StateKeys.storage(service, Bytes.of(key));
        Bytes before = services.value(stateKey);
        long items = account.items();
        long octets = account.octets();
        if (before != null) {
            items--;
            octets -= Deposits.STORAGE_OCTETS + (long) key.length + before.size();
        }
        if (valueSize != 0) {
            items++;
            octets += Deposits.STORAGE_OCTETS + key.length + valueSize;
        }
        long threshold = Deposits.minBalance(context.config(), items, octets, account.gratis());
        if (Long.compareUnsigned(threshold, account.balance()) > 0) {
            return Guest.answer(machine, ResultCode.FULL);
        }
        if (valueSize != 0) {
            byte[] value = machine.memory().read(valueAddress, (int) valueSize);
            services.putValue(service, stateKey, Bytes.of(value));
        } else if (before != null) {
            services.removeValue(service, stateKey);
        }
        if (items != account.items() || octets != account.octets()) {
            services.putAccount(service, account.withFootprint(items, octets));
        }
        return Guest.answer(machine, before == null ? ResultCode.NONE : before.size());
    }
}
