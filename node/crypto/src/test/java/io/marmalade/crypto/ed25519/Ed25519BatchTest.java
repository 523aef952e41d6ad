package io.marmalade.crypto.ed25519;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.crypto.backend.Tiered;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class Ed25519BatchTest {
    private static final long SEED = 0x6c616e6573L;

    static List<BatchVerifier> implementations() {
        List<BatchVerifier> all = new ArrayList<>(List.of(new PlainBatchVerifier()));
        if (Tiered.vectorsAvailable()) {
            all.add(new VectorBatchVerifier());
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void acceptsAllPairsOfPointsOfSmallOrder(BatchVerifier verifier) {
        List<Ed25519.Check> checks = new Ed25519Cases(SEED).allSmallOrderPairs();
        assertEquals(196, checks.size());
        boolean[] expected = new boolean[196];
        Arrays.fill(expected, true);
        assertArrayEquals(expected, verifier.verify(checks));
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void judgesEachAsTheReferenceDoesWhateverStandsBesideIt(BatchVerifier verifier) {
        Ed25519Cases cases = new Ed25519Cases(SEED + 1);
        for (int size : new int[] {0, 1, 2, 3, 5, 7, 8, 9, 10, 11, 16, 17, 64, 129}) {
            List<Ed25519.Check> checks = new ArrayList<>();
            boolean[] expected = new boolean[size];
            for (int i = 0; i < size; i++) {
                Ed25519.Check check = cases.next();
                checks.add(check);
                expected[i] =
                        Ed25519Reference.verify(
                                check.key().octets(), check.message(), check.signature().octets());
            }
            assertArrayEquals(expected, verifier.verify(checks), () -> "seed " + (SEED + 1));
        }
    }

    @Test
    void computesInLanesLikeBigIntegers() {
        if (!Tiered.vectorsAvailable()) {
            return;
        }
        int size = Lanes25519.SIZE;
        int lanes = Lanes25519.LANES;
        long[] s = new long[3 * size];
        Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            // Units as the invariants allow: 3 by 3, and 3 squared.
            for (int i = 0; i < 2 * size; i++) {
                long bound = 3L * (1L << 26 - i / lanes % 2) + (3 << 17);
                s[i] =
                        switch (random.nextInt(5)) {
                            case 0 -> bound;
                            case 1 -> -bound;
                            default -> random.nextLong(-bound, bound + 1);
                        };
            }
            Lanes25519.mul(s, 2 * size, 0, size);
            for (int lane = 0; lane < lanes; lane++) {
                BigInteger product = value(s, 0, lane).multiply(value(s, size, lane));
                check(product, s, 2 * size, lane);
            }
            Lanes25519.square(s, 2 * size, 0);
            for (int lane = 0; lane < lanes; lane++) {
                check(value(s, 0, lane).pow(2), s, 2 * size, lane);
            }
        }
    }

    private static void check(BigInteger expected, long[] s, int element, int lane) {
        for (int i = 0; i < Lanes25519.LIMBS; i++) {
            long limb = s[element + i * Lanes25519.LANES + lane];
            long bound = (1L << 26 - i % 2) + (1 << 17);
            if (limb < -(1 << 17) || limb > bound) {
                throw new AssertionError("limb " + i + " is " + limb);
            }
        }
        assertEquals(
                expected.mod(Ed25519Reference.P),
                value(s, element, lane).mod(Ed25519Reference.P),
                () -> "seed " + SEED);
    }

    private static BigInteger value(long[] s, int element, int lane) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < Lanes25519.LIMBS; i++) {
            long limb = s[element + i * Lanes25519.LANES + lane];
            value = value.add(BigInteger.valueOf(limb).shiftLeft((51 * i + 1) / 2));
        }
        return value;
    }
}
