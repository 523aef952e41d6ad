package io.marmalade.pvm.jit;

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
}
