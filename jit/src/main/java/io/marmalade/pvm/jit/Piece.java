package io.marmalade.pvm.jit;

import io.marmalade.pvm.Instruction;

/**
 * A stretch of instructions of a function that is run from its first to its last: a basic block, or
 * a part of a long one. Control enters at the top only.
 */
final class Piece {
    /** Its place among the function's pieces. */
    final int index;

    /** What it does, in order; never empty. */
    final Instruction[] code;

    /** Whether it begins a basic block, rather than going on with one. */
    final boolean startsBlock;

    /** Whether compiled code can be entered here from outside of the function. */
    boolean entry;

    /** Whether a dynamic jump within the function may lead here. */
    boolean jumpTableTarget;

    /** Whether a return within the function may lead here: it called itself in front of this. */
    boolean returnTarget;

    /** The pieces that control may go to without leaving the function; -1 where it leaves it. */
    int next = -1;

    int taken = -1;

    /** Where a call goes on after it returned, or -1. */
    int afterCall = -1;

    Piece(int index, Instruction[] code, boolean startsBlock) {
        this.index = index;
        this.code = code;
        this.startsBlock = startsBlock;
    }

    /** Returns a piece of the same instructions at another place, that nothing leads to yet. */
    Piece at(int place) {
        return new Piece(place, code, startsBlock);
    }

    /** Returns where its first instruction stands in the code. */
    int pc() {
        return code[0].pc();
    }

    /** Returns its last instruction. */
    Instruction last() {
        return code[code.length - 1];
    }
}
