package io.marmalade.pvm.diff;

import io.marmalade.pvm.ArgumentFormat;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.GasSchedule;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.Instruction;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.diff.LineSubject.Backend;
import io.marmalade.pvm.diff.Outcome.Status;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What PolkaVM 0.37 is known to do otherwise than the Gray Paper says; each has a test of its own.
 *
 * <p>Most rules look at how two runs end, and at all that is seen of them. Where PolkaVM goes on in
 * another way than the paper, ends tell nothing: those rules look at the moment when two runs part,
 * and at the instruction that is next there.
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
        boolean mayMatter(DiffCase start, Program program) {
            return Rewrite.leavesThirdRegister(program, 0, program.codeSize());
        }

        @Override
        boolean covers(Program program, Moment moment) {
            int first = moment.first(program);
            return Rewrite.leavesThirdRegister(program, first, moment.end(program));
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
     * The last octet of all memory: its interpreter panics at an access to it, its recompiler runs
     * over the end.
     */
    LAST_OCTET {
        @Override
        boolean mayMatter(DiffCase start, Program program) {
            return start.pages().stream()
                    .anyMatch(range -> range.first() + range.count() == 1 << 20);
        }

        /**
         * What the recompiler does over the end is not always the same, so that this end counts.
         */
        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            return mayMatter(start, program) && stopsThere(program, ours);
        }

        @Override
        boolean covers(Program program, Moment moment) {
            return stopsThere(program, moment.theirs);
        }

        /** Who stops there did not carry the instruction out, so that the registers tell. */
        private static boolean stopsThere(Program program, Outcome stopped) {
            if (stopped.status() != Status.PANIC && stopped.status() != Status.PAGE_FAULT) {
                return false;
            }
            Instruction access = program.instruction((int) stopped.pc());
            long size = Moment.accessSize(access.opcode());
            long address = Moment.address(access, stopped.registers());
            return size > 0 && address + size > 0xffff_ffffL;
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
     * Under 0.7.2 an octet that is no opcode is a block of its own for it, and a block starts with
     * the first instruction whatever and wherever it is, so that a jump to the one, behind it or to
     * the other is good.
     */
    BLOCK_AFTER_INVALID {
        @Override
        boolean mayMatter(DiffCase start, Program program) {
            return start.dialect() == Dialect.V0_7_2;
        }

        @Override
        boolean covers(Program program, Moment moment) {
            return moment.jumpsTheirs(program)
                    && (moment.beforeTarget(program) < 0
                            || isInvalid(program, moment.theirs.pc())
                            || isInvalid(program, moment.beforeTarget(program)));
        }

        private static boolean isInvalid(Program program, long pc) {
            return program.isInstruction(pc)
                    && program.dialect().opcodes()[program.codeAt((int) pc)] == null;
        }
    },
    /**
     * Under 0.7.2 a block starts for it where the instruction before has more than 25 octets, which
     * for the paper ends before, so that nothing leads there.
     */
    BLOCK_AFTER_GAP {
        @Override
        boolean mayMatter(DiffCase start, Program program) {
            return start.dialect() == Dialect.V0_7_2;
        }

        @Override
        boolean covers(Program program, Moment moment) {
            int before = moment.beforeTarget(program);
            return moment.jumpsTheirs(program)
                    && before >= 0
                    && moment.theirs.pc() - before > Program.MAX_INSTRUCTION_LENGTH;
        }
    },
    /**
     * Under 0.7.2 it panics behind an instruction of 25 octets, the most there can be, that is no
     * jump, where the place is a multiple of 8; at a start already if the rest of that block begins
     * with such a place.
     */
    LONGEST_INSTRUCTION {
        @Override
        boolean mayMatter(DiffCase start, Program program) {
            return start.dialect() == Dialect.V0_7_2;
        }

        @Override
        boolean covers(Program program, Moment moment) {
            if (!moment.stopsTheirs()) {
                return false;
            }
            int pc = moment.pc();
            boolean found = isBehindLongest(program, pc);
            while (!found && moment.before == null && pc > 0) {
                int next = pc--;
                while (pc > 0 && !program.isInstruction(pc)) {
                    pc--;
                }
                if (program.opcode(pc).isTerminator() || pc + 1 + program.skip(pc) != next) {
                    return false;
                }
                found = isBehindLongest(program, pc);
            }
            return found;
        }

        private static boolean isBehindLongest(Program program, int pc) {
            int before = pc - Program.MAX_INSTRUCTION_LENGTH;
            return pc % 8 == 0
                    && before >= 0
                    && program.isInstruction(before)
                    && before + 1 + program.skip(before) == pc
                    && !program.opcode(before).isTerminator();
        }
    },
    /** It takes a jump table whose entries have no octets for empty; for the paper they are 0. */
    JUMP_TABLE_OF_ZEROES {
        @Override
        boolean mayMatter(DiffCase start, Program program) {
            return program.jumpTableWidth() == 0 && program.jumpTableSize() > 0;
        }

        @Override
        boolean covers(Program program, Moment moment) {
            Opcode opcode = program.opcode(moment.theirs.pc());
            return (moment.theirs.status() == Status.PANIC
                            || moment.theirs.status() == Status.PAGE_FAULT)
                    && (opcode == Opcode.JUMP_IND || opcode == Opcode.LOAD_IMM_JUMP_IND);
        }
    },
    /**
     * It has no {@code sbrk}; where an instruction before reads the octets of one, it cannot be
     * written in another way, and is to it what no opcode is: a jump to what stands behind is good.
     */
    NO_SBRK {
        @Override
        boolean mayMatter(DiffCase start, Program program) {
            for (int pc = 0; pc < program.codeSize(); pc++) {
                if (program.opcode(pc) == Opcode.SBRK) {
                    return true;
                }
            }
            return false;
        }

        @Override
        boolean covers(Program program, Moment moment) {
            return moment.stopsTheirs() && program.opcode(moment.pc()) == Opcode.SBRK
                    || moment.jumpsTheirs(program)
                            && moment.beforeTarget(program) >= 0
                            && program.opcode(moment.beforeTarget(program)) == Opcode.SBRK;
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
     * one gas that the implicit trap costs; at a {@code fallthrough} that would lead there already.
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
                    && (ours.pc() == theirs.pc()
                            || program.opcode(theirs.pc()) == Opcode.FALLTHROUGH
                                    && program.instruction((int) theirs.pc()).next() == ours.pc())
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
        boolean mayMatter(DiffCase start, Program program) {
            return start.dialect() == Dialect.V0_7_2;
        }

        @Override
        boolean covers(Program program, Moment moment) {
            Opcode opcode = program.opcode(moment.pc());
            if (!moment.stopsTheirs() || !opcode.name().startsWith("BRANCH")) {
                return false;
            }
            Instruction branch = program.instruction(moment.pc());
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
        boolean concerns(Backend backend) {
            return backend != Backend.INTERPRETER;
        }

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
    },
    /** Without dynamic paging it tells a page fault as a panic. */
    PAGE_FAULT_AS_PANIC {
        @Override
        boolean concerns(Backend backend) {
            return backend == Backend.LINUX;
        }

        @Override
        boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
            return ours.status() == Status.PAGE_FAULT
                    && theirs.status() == Status.PANIC
                    && ours.pc() == theirs.pc()
                    && ours.gas() == theirs.gas()
                    && Arrays.equals(ours.registers(), theirs.registers())
                    && Arrays.equals(ours.digests(), theirs.digests())
                    && ours.calls().equals(theirs.calls());
        }
    };

    /** Returns whether one of PolkaVM's engines is meant. */
    boolean concerns(Backend backend) {
        return true;
    }

    /** Returns whether the rule explains how two runs of a case ended. */
    boolean covers(DiffCase start, Program program, Outcome ours, Outcome theirs) {
        return false;
    }

    /** Returns whether {@link #covers(Program, Moment)} can be true for a case. */
    boolean mayMatter(DiffCase start, Program program) {
        return false;
    }

    /** Returns whether the rule explains why two runs part at a moment. */
    boolean covers(Program program, Moment moment) {
        return false;
    }

    /** Returns the first rule that explains why two outcomes differ. */
    static Optional<ExpectedDifference> explaining(
            Backend backend, DiffCase start, Outcome ours, Outcome theirs) {
        Optional<Program> program = Program.decode(start.blob(), start.dialect());
        if (program.isEmpty()) {
            return Optional.empty();
        }
        for (ExpectedDifference rule : values()) {
            if (rule.concerns(backend) && rule.covers(start, program.get(), ours, theirs)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    /** Returns the first rule that explains why two runs part. */
    static Optional<ExpectedDifference> explaining(
            Backend backend, DiffCase start, Program program, Supplier<Moment> parting) {
        List<ExpectedDifference> candidates =
                Arrays.stream(values())
                        .filter(rule -> rule.concerns(backend) && rule.mayMatter(start, program))
                        .toList();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        Moment moment = parting.get();
        return candidates.stream().filter(rule -> rule.covers(program, moment)).findFirst();
    }

    /**
     * When two runs part: they agreed with one gas less.
     *
     * @param start the case with the least gas with which they differ
     * @param before what both saw with one gas less; null if they differ from the start
     * @param ours what our engine sees
     * @param theirs what PolkaVM sees
     */
    record Moment(DiffCase start, @Nullable Outcome before, Outcome ours, Outcome theirs) {
        /** Returns where the instruction stands, or the block, that is next for both. */
        int pc() {
            return (int) (before == null ? start.pc() : before.pc());
        }

        /** Returns where that begins which this gas pays: a block is paid as a whole. */
        int first(Program program) {
            return start.dialect().gasSchedule() == GasSchedule.PER_INSTRUCTION
                    ? pc()
                    : program.blockStart(pc());
        }

        /** Returns where that ends which this gas pays. */
        int end(Program program) {
            int pc = pc();
            if (start.dialect().gasSchedule() == GasSchedule.PER_INSTRUCTION) {
                return pc + 1;
            }
            while (pc < program.codeSize() && !program.opcode(pc).isTerminator()) {
                pc += 1 + program.skip(pc);
            }
            return pc;
        }

        /** Returns whether PolkaVM panics here, with nothing done. */
        boolean stopsTheirs() {
            return theirs.status() == Status.PANIC
                    && theirs.pc() == Integer.toUnsignedLong(pc())
                    && (before == null
                            || Arrays.equals(before.registers(), theirs.registers())
                                    && Arrays.equals(before.digests(), theirs.digests())
                                    && ours.calls().equals(theirs.calls()));
        }

        /** Returns whether a jump that is bad for us is good for PolkaVM. */
        boolean jumpsTheirs(Program program) {
            String name = program.opcode(pc()).name();
            return ours.status() == Status.PANIC
                    && ours.pc() == Integer.toUnsignedLong(pc())
                    && theirs.status() == Status.OUT_OF_GAS
                    && (name.contains("JUMP") || name.startsWith("BRANCH"));
        }

        /** Returns the instruction, known or not, before the place where PolkaVM is; -1 if none. */
        int beforeTarget(Program program) {
            long before = theirs.pc() - 1;
            while (before >= 0 && before < program.codeSize() && !program.isInstruction(before)) {
                before--;
            }
            return before < program.codeSize() ? (int) before : -1;
        }

        /** Returns how many octets of memory an instruction accesses, 0 if none. */
        static int accessSize(Opcode opcode) {
            String name = opcode.name();
            if (!name.matches("(LOAD|STORE)_.*[UI](8|16|32|64)")) {
                return 0;
            }
            return Integer.parseInt(name.replaceAll(".*[UI]", "")) / 8;
        }

        /** Returns where in memory an instruction goes, unsigned 32 bits. */
        static long address(Instruction access, long[] registers) {
            long base =
                    switch (access.opcode().format()) {
                        case REGISTER_TWO_IMMEDIATES -> registers[access.a()];
                        case TWO_REGISTERS_IMMEDIATE -> registers[access.b()];
                        case NONE,
                                IMMEDIATE,
                                REGISTER_EXTENDED_IMMEDIATE,
                                TWO_IMMEDIATES,
                                OFFSET,
                                REGISTER_IMMEDIATE,
                                REGISTER_IMMEDIATE_OFFSET,
                                TWO_REGISTERS,
                                TWO_REGISTERS_OFFSET,
                                TWO_REGISTERS_TWO_IMMEDIATES,
                                THREE_REGISTERS ->
                                0;
                    };
            return base + access.x() & 0xffff_ffffL;
        }
    }
}
