package io.marmalade.pvm.jit;

import java.util.Arrays;

/** A function as a whole: one method, or several that control passes between. */
final class FunctionRegion extends Region {
    private final Region[] methods;
    private final int[] methodOfPiece;
    private final int[] entryPcs;
    private final int[] entryPieces;
    private final int headPiece;

    /** How often its code was left to the interpreter. */
    int sideExitCount;

    /**
     * @param methods the compiled parts
     * @param methodOfPiece which of them has a piece
     * @param entryPcs where the pieces start that can be entered from outside, ascending
     * @param entryPieces those pieces
     * @param headPiece the piece at the function's head
     */
    FunctionRegion(
            Region[] methods,
            int[] methodOfPiece,
            int[] entryPcs,
            int[] entryPieces,
            int headPiece) {
        this.methods = methods;
        this.methodOfPiece = methodOfPiece;
        this.entryPcs = entryPcs;
        this.entryPieces = entryPieces;
        this.headPiece = headPiece;
    }

    /** Returns the number of methods that it was cut into. */
    int methods() {
        return methods.length;
    }

    /** Returns what calls of this function may call directly. */
    Region callTarget() {
        return methods.length == 1 ? methods[0] : this;
    }

    /** Returns the places where it can be entered; not to be changed. */
    int[] entryPcs() {
        return entryPcs;
    }

    /** Returns the piece that starts at a place, or -1 if it cannot be entered there. */
    int entryAt(int pc) {
        int place = Arrays.binarySearch(entryPcs, pc);
        return place >= 0 ? entryPieces[place] : -1;
    }

    @Override
    int run(JitMachine machine, int entry, int depth) {
        int piece = entry == HEAD ? headPiece : entry;
        while (true) {
            int next = methods[methodOfPiece[piece]].run(machine, piece, depth);
            if (next > WITHIN) {
                return next;
            }
            piece = WITHIN - next;
        }
    }
}
