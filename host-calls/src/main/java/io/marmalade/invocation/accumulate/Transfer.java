package io.marmalade.invocation.accumulate;

import io.marmalade.base.Memo;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.invocation.Deposits;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.state.ServiceAccount;

import org.jspecify.annotations.Nullable;

/**
 * {@code transfer} (Ω_T): sends balance, gas and a memo to a service; the gas is taken off only if
 * all is well. φ₇ receiver, φ₈ amount, φ₉ gas, φ₁₀ address of the memo.
 *
 * @gp sec:accumulatefunctions
 */
final class Transfer implements HostCall<AccumulateContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, AccumulateContext context) {
        long destination = machine.register(7);
        long amount = machine.register(8);
        long gas = machine.register(9);
        byte[] memo = Guest.read(machine, machine.register(10), Memo.SIZE);
        if (memo == null) {
            return Guest.PANIC;
        }
        ServiceAccount receiver =
                Guest.isServiceIndex(destination) ? context.services().account(destination) : null;
        if (receiver == null) {
            return Guest.answer(machine, ResultCode.WHO);
        }
        if (Long.compareUnsigned(gas, receiver.minMemoGas()) < 0) {
            return Guest.answer(machine, ResultCode.LOW);
        }
        ServiceAccount self = context.self();
        long left = self.balance() - amount;
        if (Long.compareUnsigned(self.balance(), amount) < 0
                || Long.compareUnsigned(left, Deposits.minBalance(context.config(), self)) < 0) {
            return Guest.answer(machine, ResultCode.CASH);
        }
        if (!Guest.pay(machine, gas)) {
            return Guest.OUT_OF_GAS;
        }
        context.addTransfer(
                new DeferredTransfer(context.service(), destination, amount, Memo.of(memo), gas));
        context.setSelf(self.withBalance(left));
        return Guest.answer(machine, ResultCode.OK);
    }
}
