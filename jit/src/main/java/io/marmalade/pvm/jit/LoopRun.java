package io.marmalade.pvm.jit;

import io.marmalade.pvm.Instruction;
import io.marmalade.pvm.Opcode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * A loop of one block whose accesses to memory go through it in equal steps. Gas and memory of many
 * rounds can be checked before them, and the rounds then run without any check.
 *
 * <p>The address of each access is a sum of registers as they are when a round begins, and a
 * number; each of those registers grows by the same amount in every round. Accesses with the same
 * registers form a group. Where the loop ends when a register reaches a value, it is known before
 * how many rounds are left; else a run of them ends early.
 */
final class LoopRun {
    /** The most rounds of a run whose end is known. */
    static final int MOST_COUNTED = 4096;

    /** The rounds of a run that may end at any time. */
    static final int UNCOUNTED = 64;

    /** Fewer rounds than these are not worth a run. */
    static final int LEAST = 4;

    /** The most groups of accesses. */
    private static final int MOST_GROUPS = 4;

    /** The most instructions: they are there twice. */
    private static final int MOST_INSTRUCTIONS = 24;

    /** The most octets that an access may go on from a round to the next. */
    static final int MOST_STEP = 1 << 16;

    /**
     * Accesses whose addresses are a sum of the same registers.
     *
     * @param sum the registers, a bit a register
     * @param step octets from a round to the next, at most {@link #MOST_STEP} forward or back
     * @param stepRegister a register whose value is to be added to {@code step}, which is 0 then;
     *     -1 if there is none
     * @param range what is accessed in the first round
     */
    record Steps(int sum, long step, int stepRegister, AccessGroups.Group range) {}

    /**
     * An access.
     *
     * @param group which it belongs to
     * @param offset octets from the sum of the registers when the round began
     */
    record Access(Steps group, long offset) {}

    /** A register, when a round begins and an instruction is reached: a sum of what it held. */
    private record Sum(int registers, long added) {}

    final List<Steps> groups = new ArrayList<>();
    private final @Nullable Access[] accesses;

    /** The register that ends the loop when it has a value, or -1. */
    private int counter = -1;

    private long counterStep;

    private LoopRun(int size) {
        accesses = new Access[size];
    }

    /** Returns how a piece can be run, or null if it is no such loop. */
    static @Nullable LoopRun of(Piece piece) {
        int size = piece.code.length;
        if (piece.taken != piece.index
                || piece.next < 0
                || !piece.startsBlock
                || size > MOST_INSTRUCTIONS
                || !Branches.isBranch(piece.last().opcode())) {
            return null;
        }
        @Nullable Sum[] sums = new Sum[13];
        for (int register = 0; register < 13; register++) {
            sums[register] = new Sum(1 << register, 0);
        }
        @Nullable Sum[] addresses = new Sum[size];
        int loaded = 0;
        for (int at = 0; at < size - 1; at++) {
            Instruction instruction = piece.code[at];
            Opcode opcode = instruction.opcode();
            if (Effects.callsHost(opcode) || opcode.isTerminator()) {
                return null;
            }
            if (Effects.loads(opcode) > 0 || Effects.stores(opcode) > 0) {
                int base = Effects.base(instruction);
                Sum sum = base < 0 ? new Sum(0, 0) : sums[base];
                long offset = Effects.offset(instruction);
                if (sum == null || offset != (int) offset || sum.added != (int) sum.added) {
                    return null;
                }
                addresses[at] = new Sum(sum.registers, sum.added + offset);
            }
            int written = Effects.writes(instruction);
            if (written != 0) {
                sums[Integer.numberOfTrailingZeros(written)] = result(instruction, sums);
                boolean fromMemory =
                        Effects.loads(opcode) > 0 || (Effects.reads(instruction) & loaded) != 0;
                loaded = fromMemory ? loaded | written : loaded & ~written;
            }
        }
        LoopRun run = new LoopRun(size);
        for (int at = 0; at < size; at++) {
            Sum address = addresses[at];
            if (address != null && !run.add(at, address, piece.code[at], sums)) {
                return null;
            }
        }
        if (run.groups.isEmpty()) {
            return null;
        }
        run.findCounter(piece.last(), sums);
        // What is found in memory usually ends a loop after few rounds.
        return run.isCounted() || (Effects.reads(piece.last()) & loaded) == 0 ? run : null;
    }

    private static @Nullable Sum result(Instruction i, @Nullable Sum[] sums) {
        switch (i.opcode()) {
            case MOVE_REG -> {
                return sums[i.a()];
            }
            case ADD_IMM_64 -> {
                Sum sum = sums[i.b()];
                return sum == null ? null : new Sum(sum.registers, sum.added + i.x());
            }
            case ADD_64 -> {
                Sum a = sums[i.a()];
                Sum b = sums[i.b()];
                return a == null || b == null || (a.registers & b.registers) != 0
                        ? null
                        : new Sum(a.registers | b.registers, a.added + b.added);
            }
            case LOAD_IMM -> {
                return new Sum(0, i.x());
            }
            default -> {
                return null;
            }
        }
    }

    private boolean add(int at, Sum address, Instruction instruction, @Nullable Sum[] after) {
        boolean writes = Effects.stores(instruction.opcode()) > 0;
        int size =
                Math.max(Effects.loads(instruction.opcode()), Effects.stores(instruction.opcode()));
        for (Steps steps : groups) {
            if (steps.sum == address.registers) {
                AccessGroups.Group range = steps.range;
                range.lowest = Math.min(range.lowest, address.added);
                range.end = Math.max(range.end, address.added + size);
                range.writes |= writes;
                accesses[at] = new Access(steps, address.added);
                return range.end - range.lowest <= AccessGroups.MAX_SPAN;
            }
        }
        long step = 0;
        int stepRegister = -1;
        for (int register = 0; register < 13; register++) {
            if ((address.registers >>> register & 1) == 0) {
                continue;
            }
            Sum grown = after[register];
            if (grown == null || (grown.registers >>> register & 1) == 0) {
                return false;
            }
            step += grown.added;
            int others = grown.registers & ~(1 << register);
            if (others != 0) {
                int other = Integer.numberOfTrailingZeros(others);
                if (stepRegister >= 0
                        || Integer.bitCount(others) > 1
                        || !new Sum(1 << other, 0).equals(after[other])) {
                    return false;
                }
                stepRegister = other;
            }
        }
        if (Math.abs(step) > MOST_STEP
                || (stepRegister >= 0 && step != 0)
                || groups.size() == MOST_GROUPS) {
            return false;
        }
        AccessGroups.Group range =
                new AccessGroups.Group(0, groups.size(), AccessGroups.Likely.HEAP);
        range.lowest = address.added;
        range.end = address.added + size;
        range.writes = writes;
        Steps steps = new Steps(address.registers, step, stepRegister, range);
        groups.add(steps);
        accesses[at] = new Access(steps, address.added);
        return true;
    }

    private void findCounter(Instruction branch, @Nullable Sum[] after) {
        boolean immediate = branch.opcode() == Opcode.BRANCH_NE_IMM;
        if (!immediate && branch.opcode() != Opcode.BRANCH_NE) {
            return;
        }
        int other = branch.b();
        boolean swapped = !immediate && !isInvariant(other, after);
        int counting = swapped ? other : branch.a();
        if (swapped && !isInvariant(branch.a(), after)) {
            return;
        }
        Sum sum = after[counting];
        if (sum == null || sum.registers != 1 << counting) {
            return;
        }
        long magnitude = Math.abs(sum.added);
        if (magnitude > 0 && magnitude <= MOST_STEP && Long.bitCount(magnitude) == 1) {
            counter = counting;
            counterStep = sum.added;
        }
    }

    private static boolean isInvariant(int register, @Nullable Sum[] after) {
        return new Sum(1 << register, 0).equals(after[register]);
    }

    /** Returns whether it is known at the start how many rounds there are. */
    boolean isCounted() {
        return counter >= 0;
    }

    /** Returns the register that ends the loop. */
    int counter() {
        return counter;
    }

    /** Returns what it grows by in a round: a power of two or the negative of one. */
    long counterStep() {
        return counterStep;
    }

    /** Returns the access of an instruction, by its place in the piece; null if it has none. */
    @Nullable Access access(int place) {
        return accesses[place];
    }

    /** Returns how many octets of bytecode it takes, about, beside the instructions' own. */
    int weight() {
        return 80 + 60 * groups.size() + 14 * accesses.length;
    }
}
