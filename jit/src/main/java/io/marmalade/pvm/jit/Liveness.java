package io.marmalade.pvm.jit;

import io.marmalade.pvm.Instruction;
import io.marmalade.pvm.Opcode;

/**
 * Which registers a function's locals must hold where. Registers live in the machine and are copied
 * into locals while a function runs.
 *
 * <p><em>Dirty</em> before an instruction are the registers whose local may differ from the
 * machine; they are written back where control leaves. <em>Needed</em> are the registers whose
 * local is read, or written back, on some way from there; they are loaded where control comes in. A
 * register that is neither may have any value in its local.
 */
final class Liveness {
    private final Function function;
    private final int[] dirtyIn;
    private final int[] neededIn;

    /** Finds out what a function needs where. */
    Liveness(Function function) {
        this.function = function;
        Piece[] pieces = function.pieces();
        dirtyIn = new int[pieces.length];
        neededIn = new int[pieces.length];
        int jumpTargets = 0;
        int returnTargets = 0;
        for (boolean changed = true; changed; ) {
            changed = false;
            for (Piece piece : pieces) {
                int dirty = dirtyIn[piece.index];
                for (Instruction instruction : piece.code) {
                    dirty = dirtyAfter(dirty, instruction);
                }
                changed |= flow(piece.next, dirty) | flow(piece.taken, dirty);
                if (isDynamic(piece)) {
                    jumpTargets |= dirty;
                } else if (isReturn(piece)) {
                    returnTargets |= dirty;
                }
            }
            for (Piece piece : pieces) {
                if (piece.jumpTableTarget) {
                    changed |= flow(piece.index, jumpTargets);
                }
                if (piece.returnTarget) {
                    changed |= flow(piece.index, returnTargets);
                }
            }
        }
        for (boolean changed = true; changed; ) {
            changed = false;
            findTargetNeeds();
            for (int index = pieces.length - 1; index >= 0; index--) {
                int needed = needed(pieces[index])[0];
                if (needed != neededIn[index]) {
                    neededIn[index] = needed;
                    changed = true;
                }
            }
        }
        findTargetNeeds();
    }

    private int jumpTableNeeds;
    private int returnNeeds;

    /** Finds what is needed wherever a dynamic jump may lead, and a return. */
    private void findTargetNeeds() {
        for (Piece piece : function.pieces()) {
            if (piece.jumpTableTarget) {
                jumpTableNeeds |= neededIn[piece.index];
            }
            if (piece.returnTarget) {
                returnNeeds |= neededIn[piece.index];
            }
        }
    }

    static boolean isReturn(Piece piece) {
        return piece.last().opcode() == Opcode.JUMP_IND && FunctionFinder.isReturn(piece.last());
    }

    static boolean isDynamic(Piece piece) {
        return switch (piece.last().opcode()) {
            case JUMP_IND -> !FunctionFinder.isReturn(piece.last());
            default -> false;
        };
    }

    private boolean flow(int to, int dirty) {
        if (to < 0 || (dirtyIn[to] | dirty) == dirtyIn[to]) {
            return false;
        }
        dirtyIn[to] |= dirty;
        return true;
    }

    /** Returns the dirty registers after an instruction. */
    static int dirtyAfter(int dirty, Instruction instruction) {
        return (Effects.callsHost(instruction.opcode()) ? 0 : dirty) | Effects.writes(instruction);
    }

    /** Returns the dirty registers where a piece begins. */
    int dirtyIn(Piece piece) {
        return dirtyIn[piece.index];
    }

    /** Returns the needed registers where a piece begins. */
    int neededIn(Piece piece) {
        return neededIn[piece.index];
    }

    /** Returns the needed registers before each instruction of a piece, and behind the last. */
    int[] needed(Piece piece) {
        Instruction[] code = piece.code;
        int[] dirty = new int[code.length + 1];
        dirty[0] = dirtyIn[piece.index];
        for (int i = 0; i < code.length; i++) {
            dirty[i + 1] = dirtyAfter(dirty[i], code[i]);
        }
        int[] needed = new int[code.length + 1];
        int after = 0;
        if (piece.next >= 0) {
            after |= neededIn[piece.next];
        }
        if (piece.taken >= 0) {
            after |= neededIn[piece.taken];
        }
        if (isDynamic(piece)) {
            after |= jumpTableNeeds;
        } else if (isReturn(piece)) {
            after |= returnNeeds;
        }
        needed[code.length] = after | dirty[code.length];
        for (int i = code.length - 1; i >= 0; i--) {
            Instruction instruction = code[i];
            int behind = needed[i + 1];
            if (Effects.callsHost(instruction.opcode())) {
                // What is needed behind the host's turn is loaded again there.
                behind = 0;
            }
            needed[i] =
                    (behind & ~Effects.writes(instruction)) | Effects.reads(instruction) | dirty[i];
        }
        return needed;
    }
}
