package io.marmalade.crypto.hash;

import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

import java.util.Arrays;

/**
 * The compression function of Blake2b for several messages at once: every lane of a vector is a
 * message of its own.
 *
 * <p>The sixteen words of the working state stay in vector registers from the first round to the
 * last, and those of the message are operands in memory. All rounds share one piece of code, which
 * finds its message words by a table: unrolled, it would be little faster, and take HotSpot's
 * compiler ten times as long, while every vector is an object. A message word is added before the
 * word that the latest operation made, for the processor waits for nothing but that.
 */
final class Blake2bLanesCompression {
    private static final VectorSpecies<Long> SPECIES =
            LongVector.SPECIES_PREFERRED.length() >= 8
                    ? LongVector.SPECIES_512
                    : LongVector.SPECIES_256;

    /** The number of messages at a time. */
    static final int LANES = SPECIES.length();

    /** Where in a scratch array chain values go, a vector for each word. */
    static final int CHAIN = 0;

    /** Where the chain values of empty messages are. */
    static final int START = 8 * LANES;

    /** Where the message block is, a vector for each word. */
    static final int MESSAGE = 16 * LANES;

    /** Where it says how many words of the message blocks may differ from zero. */
    private static final int USED = 32 * LANES;

    private static final int SCRATCH_WORDS = USED + 1;

    /** The order of message words in ten rounds; the eleventh and twelfth begin anew. */
    private static final int[][] SIGMA = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
        {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
        {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
        {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
        {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
        {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
        {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
        {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
        {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}
    };

    /** Where each round's message words are. */
    private static final int[] SCHEDULE = schedule();

    private Blake2bLanesCompression() {}

    private static int[] schedule() {
        int[] schedule = new int[12 * 16];
        for (int i = 0; i < schedule.length; i++) {
            schedule[i] = MESSAGE + SIGMA[i / 16 % SIGMA.length][i % 16] * LANES;
        }
        return schedule;
    }

    /** Returns a scratch array. */
    static long[] scratch() {
        long[] s = new long[SCRATCH_WORDS];
        long[] chain = new long[Blake2bCompression.SCRATCH_WORDS];
        Blake2bCompression.start(chain);
        for (int i = 0; i < 8; i++) {
            Arrays.fill(s, START + i * LANES, START + (i + 1) * LANES, chain[i]);
        }
        return s;
    }

    /**
     * Makes the words of the message blocks from one on zero. Those that are so already stay as
     * they are: to load what was just stored takes the processor long.
     *
     * @param words how many others there are
     */
    static void limit(long[] s, int words) {
        int used = (int) s[USED];
        for (int i = words; i < used; i++) {
            LongVector.zero(SPECIES).intoArray(s, MESSAGE + i * LANES);
        }
        s[USED] = words;
    }

    /**
     * Takes the blocks in a scratch array into chain values, and writes those to {@link #CHAIN}.
     *
     * @param s the scratch array
     * @param from where the chain values before these blocks are: {@link #CHAIN} or {@link #START}
     * @param counter the octets of each message up to the end of this block
     * @param finalMask all ones for the last block, else zero
     */
    static void compress(long[] s, int from, long counter, long finalMask) {
        LongVector v0 = LongVector.fromArray(SPECIES, s, from);
        LongVector v1 = LongVector.fromArray(SPECIES, s, from + LANES);
        LongVector v2 = LongVector.fromArray(SPECIES, s, from + 2 * LANES);
        LongVector v3 = LongVector.fromArray(SPECIES, s, from + 3 * LANES);
        LongVector v4 = LongVector.fromArray(SPECIES, s, from + 4 * LANES);
        LongVector v5 = LongVector.fromArray(SPECIES, s, from + 5 * LANES);
        LongVector v6 = LongVector.fromArray(SPECIES, s, from + 6 * LANES);
        LongVector v7 = LongVector.fromArray(SPECIES, s, from + 7 * LANES);
        LongVector v8 = LongVector.broadcast(SPECIES, Blake2bCompression.IV0);
        LongVector v9 = LongVector.broadcast(SPECIES, Blake2bCompression.IV1);
        LongVector v10 = LongVector.broadcast(SPECIES, Blake2bCompression.IV2);
        LongVector v11 = LongVector.broadcast(SPECIES, Blake2bCompression.IV3);
        LongVector v12 = LongVector.broadcast(SPECIES, Blake2bCompression.IV4 ^ counter);
        LongVector v13 = LongVector.broadcast(SPECIES, Blake2bCompression.IV5);
        LongVector v14 = LongVector.broadcast(SPECIES, Blake2bCompression.IV6 ^ finalMask);
        LongVector v15 = LongVector.broadcast(SPECIES, Blake2bCompression.IV7);
        for (int r = 0; r < SCHEDULE.length; r += 16) {
            // Columns
            v0 = v0.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r])).add(v4);
            v1 = v1.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 2])).add(v5);
            v2 = v2.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 4])).add(v6);
            v3 = v3.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 6])).add(v7);
            v12 = v12.lanewise(XOR, v0).lanewise(ROR, 32);
            v13 = v13.lanewise(XOR, v1).lanewise(ROR, 32);
            v14 = v14.lanewise(XOR, v2).lanewise(ROR, 32);
            v15 = v15.lanewise(XOR, v3).lanewise(ROR, 32);
            v8 = v8.add(v12);
            v9 = v9.add(v13);
            v10 = v10.add(v14);
            v11 = v11.add(v15);
            v4 = v4.lanewise(XOR, v8).lanewise(ROR, 24);
            v5 = v5.lanewise(XOR, v9).lanewise(ROR, 24);
            v6 = v6.lanewise(XOR, v10).lanewise(ROR, 24);
            v7 = v7.lanewise(XOR, v11).lanewise(ROR, 24);
            v0 = v0.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 1])).add(v4);
            v1 = v1.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 3])).add(v5);
            v2 = v2.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 5])).add(v6);
            v3 = v3.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 7])).add(v7);
            v12 = v12.lanewise(XOR, v0).lanewise(ROR, 16);
            v13 = v13.lanewise(XOR, v1).lanewise(ROR, 16);
            v14 = v14.lanewise(XOR, v2).lanewise(ROR, 16);
            v15 = v15.lanewise(XOR, v3).lanewise(ROR, 16);
            v8 = v8.add(v12);
            v9 = v9.add(v13);
            v10 = v10.add(v14);
            v11 = v11.add(v15);
            v4 = v4.lanewise(XOR, v8).lanewise(ROR, 63);
            v5 = v5.lanewise(XOR, v9).lanewise(ROR, 63);
            v6 = v6.lanewise(XOR, v10).lanewise(ROR, 63);
            v7 = v7.lanewise(XOR, v11).lanewise(ROR, 63);
            // Diagonals
            v0 = v0.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 8])).add(v5);
            v1 = v1.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 10])).add(v6);
            v2 = v2.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 12])).add(v7);
            v3 = v3.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 14])).add(v4);
            v15 = v15.lanewise(XOR, v0).lanewise(ROR, 32);
            v12 = v12.lanewise(XOR, v1).lanewise(ROR, 32);
            v13 = v13.lanewise(XOR, v2).lanewise(ROR, 32);
            v14 = v14.lanewise(XOR, v3).lanewise(ROR, 32);
            v10 = v10.add(v15);
            v11 = v11.add(v12);
            v8 = v8.add(v13);
            v9 = v9.add(v14);
            v5 = v5.lanewise(XOR, v10).lanewise(ROR, 24);
            v6 = v6.lanewise(XOR, v11).lanewise(ROR, 24);
            v7 = v7.lanewise(XOR, v8).lanewise(ROR, 24);
            v4 = v4.lanewise(XOR, v9).lanewise(ROR, 24);
            v0 = v0.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 9])).add(v5);
            v1 = v1.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 11])).add(v6);
            v2 = v2.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 13])).add(v7);
            v3 = v3.add(LongVector.fromArray(SPECIES, s, SCHEDULE[r + 15])).add(v4);
            v15 = v15.lanewise(XOR, v0).lanewise(ROR, 16);
            v12 = v12.lanewise(XOR, v1).lanewise(ROR, 16);
            v13 = v13.lanewise(XOR, v2).lanewise(ROR, 16);
            v14 = v14.lanewise(XOR, v3).lanewise(ROR, 16);
            v10 = v10.add(v15);
            v11 = v11.add(v12);
            v8 = v8.add(v13);
            v9 = v9.add(v14);
            v5 = v5.lanewise(XOR, v10).lanewise(ROR, 63);
            v6 = v6.lanewise(XOR, v11).lanewise(ROR, 63);
            v7 = v7.lanewise(XOR, v8).lanewise(ROR, 63);
            v4 = v4.lanewise(XOR, v9).lanewise(ROR, 63);
        }
        LongVector r0 = LongVector.fromArray(SPECIES, s, from).lanewise(XOR, v0);
        LongVector r1 = LongVector.fromArray(SPECIES, s, from + LANES).lanewise(XOR, v1);
        LongVector r2 = LongVector.fromArray(SPECIES, s, from + 2 * LANES).lanewise(XOR, v2);
        LongVector r3 = LongVector.fromArray(SPECIES, s, from + 3 * LANES).lanewise(XOR, v3);
        LongVector r4 = LongVector.fromArray(SPECIES, s, from + 4 * LANES).lanewise(XOR, v4);
        LongVector r5 = LongVector.fromArray(SPECIES, s, from + 5 * LANES).lanewise(XOR, v5);
        LongVector r6 = LongVector.fromArray(SPECIES, s, from + 6 * LANES).lanewise(XOR, v6);
        LongVector r7 = LongVector.fromArray(SPECIES, s, from + 7 * LANES).lanewise(XOR, v7);
        r0.lanewise(XOR, v8).intoArray(s, CHAIN);
        r1.lanewise(XOR, v9).intoArray(s, CHAIN + LANES);
        r2.lanewise(XOR, v10).intoArray(s, CHAIN + 2 * LANES);
        r3.lanewise(XOR, v11).intoArray(s, CHAIN + 3 * LANES);
        r4.lanewise(XOR, v12).intoArray(s, CHAIN + 4 * LANES);
        r5.lanewise(XOR, v13).intoArray(s, CHAIN + 5 * LANES);
        r6.lanewise(XOR, v14).intoArray(s, CHAIN + 6 * LANES);
        r7.lanewise(XOR, v15).intoArray(s, CHAIN + 7 * LANES);
    }
}
