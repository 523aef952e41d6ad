package io.marmalade.pvm.jit;

import io.marmalade.pvm.Instruction;
import io.marmalade.pvm.Opcode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;

/**
 * The accesses to memory of one piece, in groups that are checked together: those whose addresses
 * differ by constants.
 *
 * <p>A register's content is known as a version and an offset: adding a constant changes the
 * offset, moving copies both, anything else makes a new version. Accesses to the same version are a
 * group until the host gets control. The first one checks the range of all; should the check fail,
 * that is no fault yet, but a reason to leave it to the interpreter.
 */
final class AccessGroups {
    /** The most octets from the start of a group's first access to the end of its last. */
    static final int MAX_SPAN = 1 << 14;

    /** The most groups whose pointers are kept at the same time. */
    static final int MAX_OPEN = 12;

    private static final int CONSTANT = -1;

    /** Accesses that are checked together. */
    static final class Group {
        final boolean onStack;
        final int version;
        final int slot;
        long lowest;
        long end;
        boolean writes;

        Group(int version, int slot, boolean onStack) {
            this.version = version;
            this.slot = slot;
            this.onStack = onStack;
        }

        /** Returns the octets from the start of the lowest access to the end of the highest. */
        int span() {
            return (int) (end - lowest);
        }
    }

    /**
     * One access.
     *
     * @param group which it is checked with
     * @param offset octets from the group's base
     * @param first whether it does the checking
     */
    record Access(Group group, long offset, boolean first) {}

    private final @Nullable Access[] accesses;
    private int slots;

    /** Finds the groups of a piece. */
    AccessGroups(Piece piece) {
        Instruction[] code = piece.code;
        accesses = new Access[code.length];
        int[] versions = new int[13];
        long[] offsets = new long[13];
        boolean[] stack = new boolean[13];
        for (int register = 0; register < 13; register++) {
            versions[register] = register;
        }
        stack[1] = true;
        int nextVersion = 13;
        ArrayList<Group> open = new ArrayList<>();
        for (int i = 0; i < code.length; i++) {
            Instruction instruction = code[i];
            Opcode opcode = instruction.opcode();
            int size = Math.max(Effects.loads(opcode), Effects.stores(opcode));
            if (size > 0) {
                int base = Effects.base(instruction);
                long offset = Effects.offset(instruction);
                int version = CONSTANT;
                boolean onStack = false;
                if (base >= 0) {
                    version = versions[base];
                    offset += offsets[base];
                    onStack = stack[base];
                }
                if (version == CONSTANT) {
                    offset &= 0xffffffffL;
                }
                accesses[i] =
                        join(open, version, offset, size, onStack, Effects.stores(opcode) > 0);
            }
            if (Effects.callsHost(opcode)) {
                // The host may change every register, and what can be accessed.
                open.clear();
                for (int register = 0; register < 13; register++) {
                    versions[register] = nextVersion++;
                    offsets[register] = 0;
                }
            }
            int written = Effects.writes(instruction);
            if (written == 0) {
                continue;
            }
            int target = Integer.numberOfTrailingZeros(written);
            switch (opcode) {
                case MOVE_REG -> {
                    versions[target] = versions[instruction.a()];
                    offsets[target] = offsets[instruction.a()];
                    stack[target] = stack[instruction.a()];
                }
                case ADD_IMM_64, ADD_IMM_32 -> {
                    versions[target] = versions[instruction.b()];
                    offsets[target] = offsets[instruction.b()] + instruction.x();
                    stack[target] = stack[instruction.b()];
                }
                case LOAD_IMM, LOAD_IMM_64 -> {
                    versions[target] = CONSTANT;
                    offsets[target] = instruction.x();
                    stack[target] = false;
                }
                default -> {
                    versions[target] = nextVersion++;
                    offsets[target] = 0;
                    stack[target] = false;
                }
            }
        }
    }

    private Access join(
            ArrayList<Group> open,
            int version,
            long offset,
            int size,
            boolean onStack,
            boolean writes) {
        for (Group group : open) {
            long lowest = Math.min(group.lowest, offset);
            long end = Math.max(group.end, offset + size);
            if (group.version == version && end - lowest <= MAX_SPAN && end > lowest) {
                group.lowest = lowest;
                group.end = end;
                group.writes |= writes;
                return new Access(group, offset, false);
            }
        }
        int slot = 0;
        if (open.size() >= MAX_OPEN) {
            slot = open.removeFirst().slot;
        } else {
            slot = slots++;
            for (int free = 0; free < slots; free++) {
                int candidate = free;
                if (open.stream().noneMatch(group -> group.slot == candidate)) {
                    slot = free;
                    slots = Math.max(slots - 1, free + 1);
                    break;
                }
            }
        }
        Group group = new Group(version, slot, onStack);
        group.lowest = offset;
        group.end = offset + size;
        group.writes = writes;
        open.addLast(group);
        most = Math.max(most, slot + 1);
        return new Access(group, offset, true);
    }

    private int most;

    /**
     * Returns the access of an instruction, by its place in the piece; null if it does not access
     * memory.
     */
    @Nullable Access access(int place) {
        return accesses[place];
    }

    /** Returns how many pointers must be kept at the same time. */
    int slots() {
        return most;
    }
}
