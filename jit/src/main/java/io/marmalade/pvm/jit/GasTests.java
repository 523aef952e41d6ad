package io.marmalade.pvm.jit;

import io.marmalade.pvm.PipelineGas;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Where a method looks whether its gas suffices. Every piece takes what it costs, but few look: one
 * in each loop, and wherever control comes from outside. Those ask for enough that no piece behind
 * them can run out before the next one that looks. With less than that the rest is left to the
 * interpreter, which knows to the instruction how far the gas goes; so a test may ask for too much,
 * but never for too little.
 *
 * <p>Invariant: where control comes to piece {@code p} from within the method, and {@code
 * !looks(p)}, there is at least {@link #need} of it.
 */
final class GasTests {
    /**
     * The most that a test asks for beyond what its own piece costs. Gas below it is used up by the
     * interpreter.
     */
    static final long MOST = 2000;

    private static final byte NEW = 0;
    private static final byte OPEN = 1;
    private static final byte DONE = 2;

    private final Function function;
    private final int from;
    private final int to;
    private final boolean perInstruction;
    private final @Nullable PipelineGas costs;

    private final boolean[] looks;
    private final boolean[] fromWithin;
    private final long[] reserve;

    /** The places that a jump within the method may lead to, and a return. */
    private final int[] jumpTargets;

    private final int[] returnTargets;

    /**
     * Decides for the pieces of one method.
     *
     * @param function whose pieces they are
     * @param from the first piece
     * @param to the piece behind the last
     * @param costs what blocks cost, or null where every instruction costs one
     */
    GasTests(Function function, int from, int to, @Nullable PipelineGas costs) {
        this.function = function;
        this.from = from;
        this.to = to;
        this.costs = costs;
        this.perInstruction = costs == null;
        int count = to - from;
        looks = new boolean[count];
        fromWithin = new boolean[count];
        reserve = new long[count];
        jumpTargets = targets(false);
        returnTargets = targets(true);
        for (int index = from; index < to; index++) {
            Piece piece = function.pieces()[index];
            if (piece.afterCall >= from && piece.afterCall < to && piece.taken < 0) {
                // What was called took gas.
                looks[piece.afterCall - from] = true;
            }
            if (callsHost(piece) && (!perInstruction || Effects.callsHost(piece.last().opcode()))) {
                // So did the host, and nothing behind it in this piece looks.
                for (int successor : new int[] {piece.next, piece.taken}) {
                    if (successor >= from && successor < to) {
                        looks[successor - from] = true;
                    }
                }
                for (int successor : dynamicSuccessors(piece)) {
                    looks[successor - from] = true;
                }
            }
        }
        walk();
    }

    private int[] targets(boolean returns) {
        int[] found = new int[to - from];
        int count = 0;
        for (int index = from; index < to; index++) {
            Piece piece = function.pieces()[index];
            if (returns ? piece.returnTarget : piece.jumpTableTarget) {
                found[count++] = index;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private int[] dynamicSuccessors(Piece piece) {
        if (Liveness.isDynamic(piece)) {
            return jumpTargets;
        }
        return Liveness.isReturn(piece) ? returnTargets : new int[0];
    }

    static boolean callsHost(Piece piece) {
        for (var instruction : piece.code) {
            if (Effects.callsHost(instruction.opcode())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Goes through the pieces depth first. What leads back to a piece that is not finished closes a
     * loop, so that piece looks; all others are finished before what leads to them.
     */
    private void walk() {
        int count = to - from;
        // Behind the pieces stand what jumps within the method may lead to, and returns: so that
        // many jumps to many places are not as many ways.
        int jumps = count;
        int returns = count + 1;
        byte[] state = new byte[count + 2];
        int[] next = new int[count + 2];
        int[] path = new int[count + 2];
        for (int root = 0; root < count; root++) {
            if (state[root] != NEW) {
                continue;
            }
            int depth = 0;
            path[depth] = root;
            state[root] = OPEN;
            while (depth >= 0) {
                int at = path[depth];
                int successor = successor(at, next[at]++);
                if (successor == Integer.MIN_VALUE) {
                    state[at] = DONE;
                    if (at < count) {
                        finish(at);
                    }
                    depth--;
                } else if (successor >= 0) {
                    if (successor < count) {
                        fromWithin[successor] = true;
                    }
                    if (state[successor] == NEW) {
                        state[successor] = OPEN;
                        path[++depth] = successor;
                    } else if (state[successor] == OPEN) {
                        if (successor < count) {
                            looks[successor] = true;
                        } else {
                            for (int target : successor == jumps ? jumpTargets : returnTargets) {
                                looks[target - from] = true;
                            }
                        }
                    }
                }
            }
        }
        assert state[jumps] != OPEN && state[returns] != OPEN;
    }

    /**
     * Returns a successor of a node, -1 for one that is not in this method, or {@code MIN_VALUE}
     * where there is no further one.
     */
    private int successor(int node, int number) {
        int count = to - from;
        if (node >= count) {
            int[] targets = node == count ? jumpTargets : returnTargets;
            return number < targets.length ? targets[number] - from : Integer.MIN_VALUE;
        }
        Piece piece = function.pieces()[from + node];
        int successor;
        switch (number) {
            case 0 -> successor = piece.next;
            case 1 -> successor = piece.taken;
            case 2 -> {
                return Liveness.isDynamic(piece)
                        ? count
                        : Liveness.isReturn(piece) ? count + 1 : -1;
            }
            default -> {
                return Integer.MIN_VALUE;
            }
        }
        return successor >= from && successor < to ? successor - from : -1;
    }

    private void finish(int node) {
        Piece piece = function.pieces()[from + node];
        long most = 0;
        for (int successor : new int[] {piece.next, piece.taken}) {
            if (successor >= from && successor < to) {
                most = Math.max(most, wanted(successor - from));
            }
        }
        for (int successor : dynamicSuccessors(piece)) {
            most = Math.max(most, wanted(successor - from));
        }
        reserve[node] = most;
    }

    private long wanted(int node) {
        if (looks[node]) {
            return 0;
        }
        long need = need(from + node);
        if (need > MOST) {
            looks[node] = true;
            return 0;
        }
        return need;
    }

    /** Returns what a piece takes where it begins. */
    long cost(Piece piece) {
        if (costs != null) {
            return piece.startsBlock ? costs.cost(piece.pc()) : 0;
        }
        int end = 0;
        while (end < piece.code.length) {
            if (Effects.callsHost(piece.code[end++].opcode())) {
                break;
            }
        }
        return end;
    }

    /** Returns whether a piece looks, whichever way control came. */
    boolean looks(Piece piece) {
        return looks[piece.index - from];
    }

    /**
     * Returns whether control comes to a piece from within the method, so that one that does not
     * look is spared it when only those look that come from outside.
     */
    boolean isReachedWithin(Piece piece) {
        return fromWithin[piece.index - from];
    }

    /** Returns the gas that must be there where a piece that does not look begins. */
    long need(int index) {
        Piece piece = function.pieces()[index];
        return cost(piece) + (callsHost(piece) ? 0 : reserve[index - from]);
    }

    /**
     * Returns the gas that must be left behind a piece's last charge, for pieces that do not look.
     */
    long reserve(Piece piece) {
        return reserve[piece.index - from];
    }
}
