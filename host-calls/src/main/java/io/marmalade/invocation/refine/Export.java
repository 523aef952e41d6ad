package io.marmalade.invocation.refine;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * {@code export} (Ω_E): exports a segment, filled up with zeroes, and answers its index in the
 * package. φ₇ and φ₈ address and size of its contents; what is behind the size of a segment is left
 * out.
 *
 * @gp sec:refinefunctions
 */
public final class Export implements HostCall<RefineContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, RefineContext context) {
        long address = machine.register(7);
        int size = Guest.min(machine.register(8), ProtocolConfig.SEGMENT_SIZE);
        if (!machine.memory().isReadable(address, size)) {
            return Guest.PANIC;
        }
        List<Bytes> exports = context.exports();
        int index = context.exportOffset() + exports.size();
        if (index >= context.config().maxPackageExports()) {
            return Guest.answer(machine, ResultCode.FULL);
        }
        byte[] segment = new byte[ProtocolConfig.SEGMENT_SIZE];
        if (size > 0) {
            machine.memory().read(address, segment, 0, size);
        }
        exports.add(Bytes.of(segment));
        return Guest.answer(machine, index);
    }
}
