package io.marmalade.invocation.refine;

import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * {@code invoke} (Ω_K): runs an inner machine until it stops and answers how, and in φ₈ the number
 * of its host call or the address of its page fault. φ₇ its number, φ₈ address of gas and
 * registers, 112 octets, which are written back.
 *
 * <p>Since 0.8.0 the inner machine's gas is taken from the one that asks, and what is left is given
 * back. Under 0.7.2 nobody pays for it.
 *
 * @gp sec:refinefunctions
 */
public final class Invoke implements HostCall<RefineContext> {
    private static final int STATE_SIZE = Long.BYTES * (1 + Machine.REGISTERS);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final boolean chargesInnerGas;

    /**
     * @param version whether the inner machine's gas is paid for
     */
    public Invoke(ProtocolVersion version) {
        this.chargesInnerGas = RefineRules.of(version).chargesInnerGas();
    }

    @Override
    public @Nullable ExitReason call(Machine machine, RefineContext context) {
        long address = machine.register(8);
        if (!machine.memory().isWritable(address, STATE_SIZE)) {
            return Guest.PANIC;
        }
        byte[] state = machine.memory().read(address, STATE_SIZE);
        long gas = (long) LONG.get(state, 0);
        if (chargesInnerGas && !Guest.pay(machine, gas)) {
            return Guest.OUT_OF_GAS;
        }
        InnerMachine inner = context.machines().get(machine.register(7));
        if (inner == null) {
            return Guest.answer(machine, ResultCode.WHO);
        }
        for (int i = 0; i < Machine.REGISTERS; i++) {
            inner.setRegister(i, (long) LONG.get(state, Long.BYTES * (1 + i)));
        }
        InnerMachine.Run run = inner.run(gas, context.limits().stop());
        if (run == null) {
            return context.refuse("stopped while an inner machine ran");
        }
        if (chargesInnerGas) {
            machine.setGas(machine.gas() + run.gas());
        }
        LONG.set(state, 0, run.gas());
        for (int i = 0; i < Machine.REGISTERS; i++) {
            LONG.set(state, Long.BYTES * (1 + i), inner.register(i));
        }
        machine.memory().write(address, state);
        return switch (run.exit()) {
            case ExitReason.HostCall(long number) -> {
                machine.setRegister(8, number);
                yield Guest.answer(machine, ResultCode.Inner.HOST);
            }
            case ExitReason.PageFault(int fault) -> {
                machine.setRegister(8, Integer.toUnsignedLong(fault));
                yield Guest.answer(machine, ResultCode.Inner.FAULT);
            }
            case ExitReason.OutOfGas() -> Guest.answer(machine, ResultCode.Inner.OOG);
            case ExitReason.Panic() -> Guest.answer(machine, ResultCode.Inner.PANIC);
            case ExitReason.Halt() -> Guest.answer(machine, ResultCode.Inner.HALT);
        };
    }
}
