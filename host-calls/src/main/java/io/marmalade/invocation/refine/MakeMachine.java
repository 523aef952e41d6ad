package io.marmalade.invocation.refine;

import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;

import org.jspecify.annotations.Nullable;

/**
 * {@code machine} (Ω_M): makes an inner machine and answers its number. φ₇ and φ₈ address and size
 * of a program blob, φ₉ the program counter.
 *
 * @gp sec:refinefunctions
 */
public final class MakeMachine implements HostCall<RefineContext> {
    private final int maxMachines;

    /**
     * @param version whether the number of machines is bounded
     */
    public MakeMachine(ProtocolVersion version) {
        this.maxMachines = RefineRules.of(version).maxInnerMachines();
    }

    @Override
    public @Nullable ExitReason call(Machine machine, RefineContext context) {
        InnerMachines machines = context.machines();
        if (machines.count() >= maxMachines) {
            return Guest.answer(machine, ResultCode.FULL);
        }
        long address = machine.register(7);
        long size = machine.register(8);
        long pc = machine.register(9);
        if (!machine.memory().isReadable(address, size)) {
            return Guest.PANIC;
        }
        if (!machines.hasRoomForProgram(size)) {
            return context.refuse("too many or too large inner machines");
        }
        byte[] blob = Guest.read(machine, address, size);
        if (blob == null) {
            return Guest.PANIC;
        }
        Program program = context.programs().loadInner(blob);
        if (program == null || !program.isValidStart(pc)) {
            return Guest.answer(machine, ResultCode.HUH);
        }
        return Guest.answer(machine, machines.add(program, size, pc));
    }
}
