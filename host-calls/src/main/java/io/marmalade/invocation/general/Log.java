package io.marmalade.invocation.general;

import io.marmalade.base.Bytes;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.InvocationContext;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

/**
 * {@code log} (JIP-1): hands a message to the operator; to the guest it looks like a call that is
 * not known, whatever comes of it.
 */
public final class Log implements HostCall<InvocationContext> {
    /** Longer messages are cut: a guest pays the same for any length. */
    static final int MAX_OCTETS = 64 << 10;

    @Override
    public @Nullable ExitReason call(Machine machine, InvocationContext context) {
        long targetAddress = machine.register(8);
        long targetLength = machine.register(9);
        long messageAddress = machine.register(10);
        long messageLength = machine.register(11);
        boolean targeted = targetAddress != 0 || targetLength != 0;
        if (context.log() != HostLog.NONE
                && (!targeted || machine.memory().isReadable(targetAddress, targetLength))
                && machine.memory().isReadable(messageAddress, messageLength)) {
            context.log().log(
                    context.source(),
                    machine.register(7),
                    targeted ? text(machine, targetAddress, targetLength) : null,
                    text(machine, messageAddress, messageLength));
        }
        return Guest.answer(machine, ResultCode.WHAT);
    }

    private static Bytes text(Machine machine, long address, long length) {
        int size = Guest.min(length, MAX_OCTETS);
        return size == 0 ? Bytes.EMPTY : Bytes.of(machine.memory().read(address, size));
    }
}
