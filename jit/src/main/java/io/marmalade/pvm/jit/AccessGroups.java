package io.marmalade.pvm.jit;

import io.marmalade.pvm.Instruction;
import io.marmalade.pvm.Opcode;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;

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
    /**
     * The most octets from the start of a group's first access to the end of its last: a page, for
     * no range of memory that is checked against is shorter.
     */
    static final int MAX_SPAN = 1 << 12;

    /** The most groups whose pointers are kept at the same time. */
    static final int MAX_OPEN = 12;

    private static final int CONSTANT = -1;

    /** Read-only data of a standard program stands here, at least the first 64 KiB of it. */
    private static final long FIRST_CONSTANT = 1 << 16;

    private static final long END_CONSTANT = 2 << 16;

    /** Where the accesses of a group are looked for first. */
    enum Likely {
        HEAP,
        STACK,
        CONSTANTS
    }

    /** Accesses that are checked together. */
    static final class Group {
        final Likely likely;
        final int version;
        final int slot;
        long lowest;
        long end;
        boolean writes;

        Group(int version, int slot, Likely likely) {
            this.version = version;
            this.slot = slot;
            this.likely = likely;
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
        this(piece, 1 << FunctionFinder.STACK_POINTER);
    }

    /**
     * Finds the groups of a piece.
     *
     * @param stackIn the registers that probably point to the stack where it begins
     */
    AccessGroups(Piece piece, int stackIn) {
        Instruction[] code = piece.code;
        accesses = new Access[code.length];
        int[] versions = new int[13];
        long[] offsets = new long[13];
        int stack = stackIn;
        for (int register = 0; register < 13; register++) {
            versions[register] = register;
        }
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
                    onStack = (stack >>> base & 1) != 0;
                }
                if (version == CONSTANT) {
                    offset &= 0xffffffffL;
                }
                Likely likely =
                        onStack
                                ? Likely.STACK
                                : isConstant(Effects.offset(instruction))
                                        ? Likely.CONSTANTS
                                        : Likely.HEAP;
                accesses[i] = join(open, version, offset, size, likely, Effects.stores(opcode) > 0);
            }
            if (Effects.callsHost(opcode)) {
                // The host may change every register, and what can be accessed.
                open.clear();
                for (int register = 0; register < 13; register++) {
                    versions[register] = nextVersion++;
                    offsets[register] = 0;
                }
            }
            stack = stackAfter(stack, instruction);
            int written = Effects.writes(instruction);
            if (written == 0) {
                continue;
            }
            int target = Integer.numberOfTrailingZeros(written);
            switch (opcode) {
                case MOVE_REG -> {
                    versions[target] = versions[instruction.a()];
                    offsets[target] = offsets[instruction.a()];
                }
                case ADD_IMM_64, ADD_IMM_32 -> {
                    versions[target] = versions[instruction.b()];
                    offsets[target] = offsets[instruction.b()] + instruction.x();
                }
                case LOAD_IMM, LOAD_IMM_64 -> {
                    versions[target] = CONSTANT;
                    offsets[target] = instruction.x();
                }
                default -> {
                    versions[target] = nextVersion++;
                    offsets[target] = 0;
                }
            }
        }
    }

    /** Returns whether what stands at an offset from any base is probably read-only data. */
    private static boolean isConstant(long offset) {
        return offset >= FIRST_CONSTANT && offset < END_CONSTANT;
    }

    /** Returns which registers probably point to the stack after an instruction. */
    static int stackAfter(int stack, Instruction i) {
        int written = Effects.writes(i);
        boolean points =
                switch (i.opcode()) {
                    case MOVE_REG -> (stack >>> i.a() & 1) != 0;
                    case ADD_IMM_64, ADD_IMM_32, AND_IMM -> (stack >>> i.b() & 1) != 0;
                    case ADD_64 -> ((stack >>> i.a() | stack >>> i.b()) & 1) != 0;
                    default -> (written & 1 << FunctionFinder.STACK_POINTER) != 0;
                };
        return points ? stack | written : stack & ~written;
    }

    /** Returns for each piece of a function which registers probably point to the stack. */
    static int[] stackIn(Piece[] pieces) {
        int[] in = new int[pieces.length];
        Arrays.fill(in, 1 << FunctionFinder.STACK_POINTER);
        for (boolean changed = true; changed; ) {
            changed = false;
            for (Piece piece : pieces) {
                int stack = in[piece.index];
                for (Instruction instruction : piece.code) {
                    stack = stackAfter(stack, instruction);
                }
                for (int successor : new int[] {piece.next, piece.taken}) {
                    if (successor >= 0 && (in[successor] | stack) != in[successor]) {
                        in[successor] |= stack;
                        changed = true;
                    }
                }
            }
        }
        return in;
    }

    private Access join(
            ArrayList<Group> open,
            int version,
            long offset,
            int size,
            Likely likely,
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
        Group group = new Group(version, slot, likely);
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
