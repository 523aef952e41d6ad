package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.GasSchedule;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.Instruction;
import io.marmalade.pvm.PagedMemory;
import io.marmalade.pvm.Program;

/**
 * The machine of the paper, without any speed: the recursion Ψ as a loop around {@link SingleStep},
 * with the charging rules of both gas schedules.
 *
 * @gp sec:virtualmachine
 */
final class ReferenceMachine extends InterpretedMachine {
    private final boolean pipeline;
    private final SingleStep single;

    ReferenceMachine(Program program) {
        super(program, new PagedMemory());
        this.pipeline = program.dialect().gasSchedule() == GasSchedule.PIPELINE;
        this.single = new SingleStep(program, memory, registers);
    }

    @Override
    public ExitReason run(HostCallHandler handler) {
        if (!program.isValidStart(Integer.toUnsignedLong(pc))) {
            return end(ExitReason.PANIC);
        }
        while (true) {
            if (!charge()) {
                return end(ExitReason.OUT_OF_GAS);
            }
            Instruction instruction = program.instruction(pc);
            ExitReason reason = single.step(instruction);
            if (reason instanceof ExitReason.HostCall(long number)) {
                exitPc = pc;
                pc = single.next();
                reason = handler.hostCall(number, this);
                if (reason != null) {
                    return reason;
                }
            } else if (reason != null) {
                return end(reason);
            } else {
                pc = single.next();
                charged &= !instruction.opcode().isTerminator();
            }
        }
    }

    private ExitReason end(ExitReason reason) {
        exitPc = pc;
        if (reason instanceof ExitReason.Halt || reason instanceof ExitReason.Panic) {
            pc = 0;
        }
        return reason;
    }

    /** Takes the gas for what comes next, unless it is paid already. */
    private boolean charge() {
        if (pipeline) {
            if (!charged) {
                int cost = program.blockCosts().cost(pc);
                if (gas < cost) {
                    return false;
                }
                gas -= cost;
                charged = true;
            }
            return true;
        }
        if (gas == 0) {
            return false;
        }
        gas--;
        return true;
    }
}
