package io.marmalade.pvm.diff;

import io.marmalade.pvm.ArgumentFormat;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.Instruction;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.diff.Outcome.Status;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;

/**
 * What PolkaVM 0.37 is known to do otherwise than the Gray Paper says; each has a test of its own.
 */
public enum ExpectedDifference {
    /** It refuses a program of 0.8.0 whose last instruction is {@code fallthrough} or a branch. */
    LAST_INSTRUCTION {
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            if (start.dialect() != Dialect.V0_8_0 || theirs.status() != Status.REFUSED) {
                return false;
            }
            int last = program.codeSize() - 1;
            while (!program.isInstruction(last)) {
                last--;
            }
            Opcode opcode = program.opcode(last);
            return opcode == Opcode.FALLTHROUGH || opcode.name().startsWith("BRANCH");
        }
    },
    /**
     * A third register's octet that belongs to the next instruction: it takes the lower half, the
     * paper all of it, 12 at most. (Where the octet is the instruction's own the program is written
     * otherwise before PolkaVM sees it.)
     */
    THIRD_REGISTER {
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            return Rewrite.leavesThirdRegister(program);
        }
    },
    /** It refuses a program with an entry of the jump table outside of the code, used or not. */
    JUMP_TABLE_RANGE {
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            if (theirs.status() != Status.REFUSED) {
                return false;
            }
            for (long entry = 0; entry < program.jumpTableSize(); entry++) {
                long target = program.jumpTableEntry(entry);
                if (Long.compareUnsigned(target, program.codeSize()) >= 0) {
                    return true;
                }
            }
            return false;
        }
    },
    /** It refuses entries of the jump table of more than four octets, even if there are none. */
    JUMP_TABLE_WIDTH {
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            return theirs.status() == Status.REFUSED && program.jumpTableWidth() > 4;
        }
    },
    /**
     * It has no use for the last page of all: its interpreter panics there, its recompiler runs
     * over the end.
     */
    LAST_PAGE {
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            return start.pages().stream()
                    .anyMatch(range -> range.first() + range.count() == 1 << 20);
        }
    },
    /**
     * Where an access touches two pages and may touch neither, it tells the second; the paper wants
     * the lower.
     */
    FAULT_OF_SECOND_PAGE {
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            return ours.status() == Status.PAGE_FAULT
                    && theirs.status() == Status.PAGE_FAULT
                    && theirs.argument() == ours.argument() + GuestMemory.PAGE_SIZE
                    && ours.pc() == theirs.pc()
                    && ours.gas() == theirs.gas()
                    && Arrays.equals(ours.registers(), theirs.registers())
                    && Arrays.equals(ours.digests(), theirs.digests())
                    && ours.calls().equals(theirs.calls());
        }
    },
    /**
     * Under 0.7.2 an octet that is no opcode ends a block for it, and at 0 a block starts whatever
     * stands there, so that a jump behind the one or to the other is good.
     */
    BLOCK_AFTER_INVALID {
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            String name = program.opcode(ours.pc()).name();
            if (start.dialect() != Dialect.V0_7_2
                    || ours.status() != Status.PANIC
                    || !(name.contains("JUMP") || name.startsWith("BRANCH"))) {
                return false;
            }
            if (!program.isBlockStart(0)) {
                return true;
            }
            @Nullable Opcode[] opcodes = start.dialect().opcodes();
            for (int pc = 0; pc < program.codeSize(); pc++) {
                if (program.isInstruction(pc) && opcodes[program.codeAt(pc)] == null) {
                    return true;
                }
            }
            return false;
        }
    },
    /**
     * Under 0.7.2 it goes on where the next bit of the mask is, however far; the paper's skip ends
     * at 24.
     */
    LONG_INSTRUCTION {
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            if (start.dialect() != Dialect.V0_7_2) {
                return false;
            }
            for (int pc = 0; pc + Program.MAX_INSTRUCTION_LENGTH < program.codeSize(); pc++) {
                if (program.isInstruction(pc)
                        && !program.isInstruction(pc + 1L + program.skip(pc))) {
                    return true;
                }
            }
            return false;
        }
    },
    /**
     * It has no {@code sbrk}; where an instruction before reads the octets of one, it cannot be
     * written in another way.
     */
    NO_SBRK {
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            return start.dialect() == Dialect.V0_7_2
                    && theirs.status() == Status.PANIC
                    && program.opcode(theirs.pc()) == Opcode.SBRK;
        }
    },
    /**
     * A start where no instruction of 0.8.0 stands: a panic that costs nothing, the paper does not
     * say of whom.
     */
    START {
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            return start.dialect() == Dialect.V0_8_0
                    && !program.isValidStart(start.pc())
                    && ours.status() == Status.REFUSED
                    && theirs.status() == Status.PANIC
                    && theirs.gas() == start.gas();
        }
    },
    /**
     * Under 0.7.2, behind the end of code and within its last instruction, it panics without the
     * one gas that the implicit trap costs.
     */
    END_OF_CODE {
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            return start.dialect() == Dialect.V0_7_2
                    && (ours.status() == Status.PANIC
                            ? ours.gas() == theirs.gas() - 1
                            : ours.status() == Status.OUT_OF_GAS && theirs.gas() == 0)
                    && theirs.status() == Status.PANIC
                    && !program.isInstruction(ours.pc())
                    && Arrays.equals(ours.registers(), theirs.registers())
                    && Arrays.equals(ours.digests(), theirs.digests())
                    && ours.calls().equals(theirs.calls());
        }
    },
    /**
     * Under 0.7.2 it panics at a branch that has a bad target or is the last instruction, taken or
     * not.
     */
    BRANCH_NOT_TAKEN {
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            if (start.dialect() != Dialect.V0_7_2 || theirs.status() != Status.PANIC) {
                return false;
            }
            Opcode opcode = program.opcode(theirs.pc());
            if (!opcode.name().startsWith("BRANCH")) {
                return false;
            }
            Instruction branch = program.instruction((int) theirs.pc());
            boolean second = opcode.format() == ArgumentFormat.REGISTER_IMMEDIATE_OFFSET;
            return branch.next() >= program.codeSize()
                    || !program.isBlockStart(second ? branch.y() : branch.x());
        }
    },
    /**
     * Its recompiler reports a bad dynamic jump as a page fault, and leaves the link register of
     * {@code load_imm_jump_ind} unwritten.
     */
    BAD_DYNAMIC_JUMP {
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            Opcode opcode = program.opcode(ours.pc());
            boolean links = opcode == Opcode.LOAD_IMM_JUMP_IND;
            if (ours.status() != Status.PANIC
                    || (theirs.status() != Status.PAGE_FAULT && theirs.status() != Status.PANIC)
                    || (opcode != Opcode.JUMP_IND && !links)
                    || ours.pc() != theirs.pc()
                    || ours.gas() != theirs.gas()
                    || !ours.calls().equals(theirs.calls())
                    || !Arrays.equals(ours.digests(), theirs.digests())) {
                return false;
            }
            long[] registers = theirs.registers().clone();
            if (links) {
                int link = program.instruction((int) ours.pc()).a();
                registers[link] = ours.registers()[link];
            }
            return Arrays.equals(ours.registers(), registers);
        }
    };

    abstract boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs);

    /** Returns the first rule that explains why two outcomes differ. */
    static Optional<ExpectedDifference> explaining(DiffCase start, Outcome ours, Outcome theirs) {
        Optional<Program> program = Program.decode(start.blob(), start.dialect());
        if (program.isEmpty()) {
            return Optional.empty();
        }
        for (ExpectedDifference rule : values()) {
            if (rule.covers(start, program.get(), ours, theirs)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
