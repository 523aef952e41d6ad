package io.marmalade.pvm.jit;

import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.Program;

/**
 * A function of a program as it was recovered from its code: the pieces that control reaches from
 * its head without a call, in the order of the code; the head's piece can stand anywhere.
 *
 * @param program whose function it is
 * @param head where it starts in the code
 * @param pieces in the order of the code
 * @param headPiece the index of the piece at the head, or -1 if it is too long to be compiled
 */
record Function(Program program, int head, Piece[] pieces, int headPiece) {
    /** Returns the number of instructions. */
    int size() {
        int size = 0;
        for (Piece piece : pieces) {
            size += piece.code.length;
        }
        return size;
    }

    /**
     * Returns whether the function calls itself, so that such calls can be jumps within it, and
     * returns jumps to where they go on.
     */
    boolean callsItself() {
        for (Piece piece : pieces) {
            if (isSelfCall(piece)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a piece ends with a call of the function itself. */
    boolean isSelfCall(Piece piece) {
        return piece.last().opcode() == Opcode.LOAD_IMM_JUMP
                && piece.afterCall >= 0
                && headPiece >= 0
                && piece.last().y() == head;
    }

    /** Makes jumps of the function's calls of itself, or calls again. */
    void joinSelfCalls(boolean join) {
        for (Piece piece : pieces) {
            if (isSelfCall(piece)) {
                piece.taken = join ? headPiece : -1;
                pieces[piece.afterCall].returnTarget = join;
            }
        }
    }
}
