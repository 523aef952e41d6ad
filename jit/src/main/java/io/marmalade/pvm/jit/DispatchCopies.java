package io.marmalade.pvm.jit;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;

/**
 * Gives each way to a jump through the jump table a copy of what leads to that jump, so that
 * HotSpot sees for each how it usually goes on: the loop of an interpreter of bytecode, written as
 * a {@code switch}, becomes one in which every handler ends with a jump of its own. A copy does
 * what the original does, at the same places of the code; only compiled code gets to it, and only
 * from the piece that it belongs to.
 */
final class DispatchCopies {
    /** The most instructions that are copied for each way. */
    private static final int MOST_INSTRUCTIONS = 40;

    /** The most instructions of a function with all copies: no more become one method. */
    private static final int MOST_TOGETHER = 1000;

    /** The fewest ways that are worth it. */
    private static final int FEWEST_WAYS = 3;

    private DispatchCopies() {}

    /** Returns a function with such copies, or null if there is nothing to be copied. */
    static @Nullable Function of(Function function) {
        Piece[] pieces = function.pieces();
        int[] ways = new int[pieces.length];
        boolean hasTargets = false;
        for (Piece piece : pieces) {
            for (int successor : new int[] {piece.next, piece.taken}) {
                if (successor >= 0) {
                    ways[successor]++;
                }
            }
            hasTargets |= piece.jumpTableTarget;
        }
        // For the first piece of what is copied, the last one; -1 elsewhere.
        int[] tails = new int[pieces.length];
        Arrays.fill(tails, -1);
        boolean found = false;
        int together = function.size();
        for (int index = 0; hasTargets && index < pieces.length; index++) {
            if (Liveness.isDynamic(pieces[index])) {
                int first = firstOfTail(pieces, ways, index);
                long added = (long) ways[first] * size(pieces, first, index);
                if (ways[first] >= FEWEST_WAYS && together + added <= MOST_TOGETHER) {
                    together += (int) added;
                    tails[first] = index;
                    found = true;
                }
            }
        }
        return found ? copy(function, tails, ways) : null;
    }

    /** Returns the piece with the most ways to it of those that run on to a jump. */
    private static int firstOfTail(Piece[] pieces, int[] ways, int jump) {
        int best = jump;
        int size = pieces[jump].code.length;
        for (int at = jump; at > 0 && pieces[at - 1].next == at; at--) {
            Piece before = pieces[at - 1];
            size += before.code.length;
            if (size > MOST_INSTRUCTIONS || before.afterCall >= 0 || GasTests.callsHost(before)) {
                break;
            }
            if (ways[at - 1] > ways[best]) {
                best = at - 1;
            }
        }
        return best;
    }

    private static int size(Piece[] pieces, int first, int last) {
        int size = 0;
        for (int index = first; index <= last; index++) {
            size += pieces[index].code.length;
        }
        return size;
    }

    private static Function copy(Function function, int[] tails, int[] ways) {
        Piece[] pieces = function.pieces();
        ArrayList<Piece> all = new ArrayList<>();
        int[] moved = new int[pieces.length];
        // The piece that each new one was made of.
        ArrayList<Piece> origins = new ArrayList<>();
        for (Piece piece : pieces) {
            moved[piece.index] = all.size();
            Piece kept = piece.at(all.size());
            // What only a dispatch leads to is entered by one, so that the loop has one way in.
            kept.entry =
                    piece.entry
                            && (!piece.jumpTableTarget
                                    || ways[piece.index] > 0
                                    || piece.index == function.headPiece());
            kept.jumpTableTarget = piece.jumpTableTarget;
            kept.returnTarget = piece.returnTarget;
            all.add(kept);
            origins.add(piece);
            int first = tailBehind(piece, tails);
            for (int index = first; first >= 0 && index <= tails[first]; index++) {
                all.add(pieces[index].at(all.size()));
                origins.add(pieces[index]);
            }
        }
        for (Piece piece : all) {
            Piece origin = origins.get(piece.index);
            boolean isCopy = moved[origin.index] != piece.index;
            int first = isCopy ? -1 : tailBehind(origin, tails);
            piece.next = successor(origin.next, first, piece, moved);
            piece.taken = successor(origin.taken, first, piece, moved);
            piece.afterCall = origin.afterCall < 0 ? -1 : moved[origin.afterCall];
            if (isCopy && !Liveness.isDynamic(origin)) {
                piece.next = piece.index + 1;
            }
        }
        int head = function.headPiece() < 0 ? -1 : moved[function.headPiece()];
        return new Function(function.program(), function.head(), all.toArray(Piece[]::new), head);
    }

    /** Returns the first of the pieces that a piece gets a copy of, or -1. */
    private static int tailBehind(Piece piece, int[] tails) {
        for (int successor : new int[] {piece.next, piece.taken}) {
            if (successor >= 0
                    && tails[successor] >= 0
                    && (piece.index < successor || piece.index > tails[successor])) {
                return successor;
            }
        }
        return -1;
    }

    private static int successor(int origin, int copied, Piece piece, int[] moved) {
        if (origin < 0) {
            return -1;
        }
        return origin == copied ? piece.index + 1 : moved[origin];
    }
}
