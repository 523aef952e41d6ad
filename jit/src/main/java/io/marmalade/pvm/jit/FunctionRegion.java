package io.marmalade.pvm.jit;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** A function as a whole: one method, or several that control passes between. */
final class FunctionRegion extends Region {
    /** No piece. */
    private static final int NO_ENTRY = Integer.MIN_VALUE;

    private static final int BATCH = 20;

    /** After so many HotSpot compiles (Tier3InvocationThreshold), a little later. */
    private static final int INTERPRETED_BATCHES = 10;

    private static final long PAUSE_NANOS = 3_000_000;
    private static final long PATIENCE_NANOS = 150_000_000;

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

    /**
     * Calls the methods, without any effect, until HotSpot has compiled them for a first time: its
     * interpreter is ten times slower with them than ours is with the guest.
     *
     * @param machine not used by anyone else
     */
    void warmUp(JitMachine machine) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        long[] interpreted = new long[methods.length];
        for (int method = 0; method < methods.length; method++) {
            interpreted[method] = Long.MAX_VALUE;
            for (int batch = 0; batch < INTERPRETED_BATCHES; batch++) {
                interpreted[method] =
                        Math.min(interpreted[method], nanos(methods[method], machine));
            }
        }
        for (int method = 0; method < methods.length; method++) {
            while (nanos(methods[method], machine) > interpreted[method] / 4 * 3
                    && System.nanoTime() < end) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static long nanos(Region method, JitMachine machine) {
        long begun = System.nanoTime();
        for (int call = 0; call < BATCH; call++) {
            method.run(machine, NO_ENTRY, 0);
        }
        return System.nanoTime() - begun;
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
