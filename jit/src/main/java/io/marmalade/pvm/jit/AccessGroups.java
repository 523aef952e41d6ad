package io.marmalade.pvm.jit;

import io.marmalade.pvm.GuestMemory;
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

    /** How far the bits that stand for pointers to constants are from those for the stack. */
    private static final int CONSTANTS = 13;

    /** The stack pointer and what functions save, for either kind of pointer. */
    private static final int KEPT_BY_CALLS = 0b110_0010 | 0b110_0010 << CONSTANTS;

    /**
     * Read-only data of a standard program stands here, at least the first 64 KiB of it; an address
     * that an index is added to may be a little less.
     */
    private static final long FIRST_CONSTANT = (1 << 16) - GuestMemory.PAGE_SIZE;

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
     * @param pointersIn what the registers probably point to where it begins
     */
    AccessGroups(Piece piece, int pointersIn) {
        Instruction[] code = piece.code;
        accesses = new Access[code.length];
        int[] versions = new int[13];
        long[] offsets = new long[13];
        int pointers = pointersIn;
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
                boolean constants = isConstant(Effects.offset(instruction));
                if (base >= 0) {
                    version = versions[base];
                    offset += offsets[base];
                    onStack = (pointers >>> base & 1) != 0;
                    constants |= (pointers >>> CONSTANTS + base & 1) != 0;
                }
                if (version == CONSTANT) {
                    offset &= 0xffffffffL;
                }
                Likely likely = onStack ? Likely.STACK : constants ? Likely.CONSTANTS : Likely.HEAP;
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
            pointers = pointersAfter(pointers, instruction);
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

    /** Returns whether what stands at an address, or an offset from any base, may be constants. */
    private static boolean isConstant(long address) {
        return address >= FIRST_CONSTANT && address < END_CONSTANT;
    }

    /**
     * Returns what the registers probably point to after an instruction.
     *
     * @param before the same before it: a bit a register for the stack, and above those a bit a
     *     register for read-only data
     */
    static int pointersAfter(int before, Instruction i) {
        int written = Effects.writes(i);
        if (written == 0) {
            return before;
        }
        int target = Integer.numberOfTrailingZeros(written);
        int both = 1 | 1 << CONSTANTS;
        int points =
                switch (i.opcode()) {
                    case LOAD_IMM, LOAD_IMM_64 -> isConstant(i.x()) ? 1 << CONSTANTS : 0;
                    case MOVE_REG -> before >>> i.a() & both;
                    case ADD_IMM_64, ADD_IMM_32 ->
                            before >>> i.b() & both | (isConstant(i.x()) ? 1 << CONSTANTS : 0);
                    case AND_IMM -> i.x() < 0 ? before >>> i.b() & both : 0;
                    case ADD_64 -> (before >>> i.a() | before >>> i.b()) & both;
                    default -> target == FunctionFinder.STACK_POINTER ? 1 : 0;
                };
        return before & ~(both << target) | points << target;
    }

    /** Returns for each piece of a function what the registers probably point to. */
    static int[] pointersIn(Piece[] pieces) {
        int[] in = new int[pieces.length];
        Arrays.fill(in, 1 << FunctionFinder.STACK_POINTER);
        int dynamic = 0;
        for (boolean changed = true; changed; ) {
            changed = false;
            for (Piece piece : pieces) {
                int out = in[piece.index];
                for (Instruction instruction : piece.code) {
                    out = pointersAfter(out, instruction);
                }
                changed |= flow(in, piece.next, out) | flow(in, piece.taken, out);
                changed |= flow(in, piece.afterCall, out & KEPT_BY_CALLS);
                if (Liveness.isDynamic(piece)) {
                    dynamic |= out;
                }
                if (piece.jumpTableTarget) {
                    changed |= flow(in, piece.index, dynamic);
                }
            }
        }
        return in;
    }

    private static boolean flow(int[] in, int to, int pointers) {
        if (to < 0 || (in[to] | pointers) == in[to]) {
            return false;
        }
        in[to] |= pointers;
        return true;
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
