package io.marmalade.pvm.jit;

import io.marmalade.pvm.Instruction;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.Program;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Recovers functions from a program's code. Nothing that it says needs to be true of how the
 * program was written: a wrong guess costs speed only, for whatever control flow a function does
 * not foresee leaves it.
 *
 * <p>A function starts at the program's entries, where calls lead (an instruction that loads a
 * return address and jumps), and where the jump table leads to something that sets up a stack
 * frame. It ends where control returns or goes to the head of another one. Immutable once made, and
 * safe to share.
 */
final class FunctionFinder {
    /** The most instructions of a piece: blocks that are longer are cut. */
    static final int MAX_PIECE = 120;

    /** The most instructions of a function; control leaves it where it would be longer. */
    static final int MAX_FUNCTION = 12_000;

    /** The same of what starts with a block in the middle of a function that is longer. */
    static final int MAX_REGION = 1_500;

    /** The most entries of the jump table that are looked at. */
    private static final long MAX_JUMPS = 1 << 18;

    private static final int RETURN_ADDRESS = 0;
    static final int STACK_POINTER = 1;

    private final Program program;
    private final int[] heads;
    private final BitSet returnPoints = new BitSet();
    private final BitSet jumpTargets = new BitSet();

    /** Where entries of the jump table lead: the target, and below it which entry; ascending. */
    private final long[] jumpEntries;

    FunctionFinder(Program program) {
        this.program = program;
        BitSet found = new BitSet();
        for (int entry : new int[] {0, 5, 10}) {
            if (program.isBlockStart(entry)) {
                found.set(entry);
            }
        }
        int size = program.codeSize();
        int pc = 0;
        while (pc < size) {
            if (!program.isInstruction(pc)) {
                pc++;
                continue;
            }
            Opcode opcode = program.opcode(pc);
            if (opcode == Opcode.LOAD_IMM_JUMP || opcode == Opcode.LOAD_IMM_JUMP_IND) {
                Instruction instruction = program.instruction(pc);
                int back = returnPoint(instruction);
                if (back >= 0) {
                    returnPoints.set(back);
                    if (opcode == Opcode.LOAD_IMM_JUMP && program.isBlockStart(instruction.y())) {
                        found.set((int) instruction.y());
                    }
                }
            }
            pc += 1 + program.skip(pc);
        }
        long size64 = program.jumpTableSize();
        long jumps = size64 < 0 ? MAX_JUMPS : Math.min(size64, MAX_JUMPS);
        long[] entries = new long[(int) jumps];
        int entryCount = 0;
        for (long index = 0; index < jumps; index++) {
            int target = program.jumpTarget((int) (2 * (index + 1)));
            if (target >= 0) {
                entries[entryCount++] = (long) target << 32 | index;
                jumpTargets.set(target);
                if (!returnPoints.get(target) && setsUpFrame(target)) {
                    found.set(target);
                }
            }
        }
        heads = found.stream().toArray();
        jumpEntries = Arrays.copyOf(entries, entryCount);
        Arrays.sort(jumpEntries);
    }

    /** Returns which entries of the jump table lead to a place. */
    int[] entriesTo(int target) {
        int place = Arrays.binarySearch(jumpEntries, (long) target << 32);
        int from = place >= 0 ? place : -place - 1;
        int to = from;
        while (to < jumpEntries.length && jumpEntries[to] >>> 32 == target) {
            to++;
        }
        int[] found = new int[to - from];
        for (int at = from; at < to; at++) {
            found[at - from] = (int) jumpEntries[at];
        }
        return found;
    }

    /** Returns where a call goes on after it returned, or -1 if the instruction is not a call. */
    int returnPoint(Instruction call) {
        return (call.x() & 0xffffffffL) == call.x() ? program.jumpTarget((int) call.x()) : -1;
    }

    /** Returns the heads of all functions, in ascending order; not to be changed. */
    int[] heads() {
        return heads;
    }

    /** Returns the place of a head among all, or -1 if no function starts there. */
    int headIndex(int pc) {
        return Math.max(-1, Arrays.binarySearch(heads, pc));
    }

    /**
     * Returns the place of the last head at or before a program counter, or -1 if there is none.
     */
    int nearestHead(int pc) {
        int place = Arrays.binarySearch(heads, pc);
        return place >= 0 ? place : -place - 2;
    }

    private boolean setsUpFrame(int pc) {
        Instruction first = program.instruction(pc);
        return first.opcode() == Opcode.ADD_IMM_64
                && first.a() == STACK_POINTER
                && first.b() == STACK_POINTER
                && first.x() < 0;
    }

    /**
     * Returns the function that a block belongs to, or the one that starts with it if it belongs to
     * none.
     */
    Function functionOf(int blockStart) {
        int place = Arrays.binarySearch(heads, blockStart);
        int nearest = place >= 0 ? place : -place - 2;
        if (nearest >= 0) {
            Function function = recover(heads[nearest], MAX_FUNCTION);
            for (Piece piece : function.pieces()) {
                if (piece.startsBlock && piece.pc() == blockStart) {
                    return function;
                }
            }
        }
        return recover(blockStart, MAX_REGION);
    }

    /**
     * Returns what control reaches from a head.
     *
     * @param most instructions; what would make it longer is left out, the nearest last
     */
    private Function recover(int head, int most) {
        int place = Arrays.binarySearch(heads, head);
        int following = place >= 0 ? place + 1 : -place - 1;
        int end = following < heads.length ? heads[following] : program.codeSize();
        BitSet blocks = new BitSet();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        Map<Integer, Instruction[]> code = new HashMap<>();
        visit(head, head, blocks, open);
        if (place >= 0) {
            for (int target = jumpTargets.nextSetBit(head);
                    target >= 0 && target < end;
                    target = jumpTargets.nextSetBit(target + 1)) {
                if (!returnPoints.get(target)) {
                    visit(target, head, blocks, open);
                }
            }
        }
        int size = 0;
        while (!open.isEmpty()) {
            int start = open.removeFirst();
            Instruction[] block = block(start, most - size);
            if (block.length == 0) {
                blocks.clear(start);
                continue;
            }
            size += block.length;
            code.put(start, block);
            Instruction last = block[block.length - 1];
            switch (last.opcode()) {
                case JUMP -> visit(last.x(), head, blocks, open);
                case FALLTHROUGH -> visit(last.next(), head, blocks, open);
                case LOAD_IMM_JUMP -> {
                    int back = returnPoint(last);
                    visit(back >= 0 ? back : last.y(), head, blocks, open);
                }
                case LOAD_IMM_JUMP_IND -> {
                    int back = returnPoint(last);
                    if (back >= 0) {
                        visit(back, head, blocks, open);
                    }
                }
                default -> {
                    if (Branches.isBranch(last.opcode())) {
                        visit(Branches.target(last), head, blocks, open);
                        visit(last.next(), head, blocks, open);
                    }
                }
            }
        }
        return cut(head, blocks, code);
    }

    /** Adds a block to a function unless another function starts there. */
    private void visit(long pc, int head, BitSet blocks, ArrayDeque<Integer> open) {
        if (pc < 0 || pc >= program.codeSize() || !program.isBlockStart(pc)) {
            return;
        }
        int start = (int) pc;
        if (blocks.get(start) || (start != head && headIndex(start) >= 0)) {
            return;
        }
        blocks.set(start);
        open.addLast(start);
    }

    /** Returns the instructions of a block, or none if there are more than may be. */
    private Instruction[] block(int start, int most) {
        ArrayList<Instruction> code = new ArrayList<>();
        int pc = start;
        while (code.size() < most) {
            Instruction instruction = program.instruction(pc);
            code.add(instruction);
            if (instruction.opcode().isTerminator()) {
                return code.toArray(Instruction[]::new);
            }
            pc = instruction.next();
        }
        return new Instruction[0];
    }

    private Function cut(int head, BitSet blocks, Map<Integer, Instruction[]> code) {
        ArrayList<Piece> pieces = new ArrayList<>();
        Map<Integer, Integer> byPc = new HashMap<>();
        for (int start = blocks.nextSetBit(0); start >= 0; start = blocks.nextSetBit(start + 1)) {
            Instruction[] block = Objects.requireNonNull(code.get(start));
            byPc.put(start, pieces.size());
            for (int from = 0; from < block.length; from += MAX_PIECE) {
                int to = Math.min(block.length, from + MAX_PIECE);
                Piece piece =
                        new Piece(pieces.size(), Arrays.copyOfRange(block, from, to), from == 0);
                if (to < block.length) {
                    piece.next = piece.index + 1;
                }
                pieces.add(piece);
            }
        }
        for (Piece piece : pieces) {
            Instruction last = piece.last();
            if (piece.startsBlock) {
                piece.entry |= returnPoints.get(piece.pc()) || piece.pc() == head;
                piece.jumpTableTarget =
                        jumpTargets.get(piece.pc()) && !returnPoints.get(piece.pc());
                piece.entry |= piece.jumpTableTarget;
            }
            switch (last.opcode()) {
                case JUMP -> piece.taken = at(byPc, last.x());
                case FALLTHROUGH -> piece.next = at(byPc, last.next());
                case LOAD_IMM_JUMP -> {
                    int back = returnPoint(last);
                    if (back >= 0) {
                        piece.afterCall = at(byPc, back);
                    } else {
                        piece.taken = at(byPc, last.y());
                    }
                }
                case LOAD_IMM_JUMP_IND -> {
                    int back = returnPoint(last);
                    if (back >= 0) {
                        piece.afterCall = at(byPc, back);
                    }
                }
                default -> {
                    if (Branches.isBranch(last.opcode())) {
                        piece.taken = at(byPc, Branches.target(last));
                        piece.next = at(byPc, last.next());
                    }
                }
            }
        }
        Piece[] all = pieces.toArray(Piece[]::new);
        for (Piece piece : all) {
            for (int successor : new int[] {piece.next, piece.taken}) {
                if (successor >= 0 && successor <= piece.index && all[successor].startsBlock) {
                    all[successor].entry = true;
                }
            }
        }
        return new Function(program, head, all, byPc.getOrDefault(head, -1));
    }

    private static int at(Map<Integer, Integer> byPc, long pc) {
        return pc == (int) pc ? byPc.getOrDefault((int) pc, -1) : -1;
    }

    /**
     * Returns whether a register usually holds a return address, so that a jump to it is a return.
     */
    static boolean isReturn(Instruction jump) {
        return jump.a() == RETURN_ADDRESS && jump.x() == 0;
    }
}
