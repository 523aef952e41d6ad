package io.marmalade.crypto.ed25519;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class Ed25519Test {
    private static final long SEED = 0x65643235353139L;

    @Test
    void verifiesWhatItSigned() {
        Ed25519Cases cases = new Ed25519Cases(SEED);
        for (int i = 0; i < 200; i++) {
            Ed25519.Check check = cases.honest();
            assertTrue(Ed25519.verify(check.key(), check.message(), check.signature()));
        }
    }

    /** Test 3 of RFC 8032, section 7.1. */
    @Test
    void signsAsTheStandardDoes() {
        byte[] seed =
                java.util.HexFormat.of()
                        .parseHex(
                                "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
        byte[] message = {(byte) 0xaf, (byte) 0x82};
        Ed25519Key key = Ed25519.publicKey(seed);
        assertEquals(
                "0xfc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
                key.toString());
        Ed25519Signature signature = Ed25519.sign(seed, message);
        assertEquals(
                "0x6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
                signature.toString());
        assertTrue(Ed25519.verify(key, message, signature));
    }

    @Test
    void agreesWithTheReference() {
        Ed25519Cases cases = new Ed25519Cases(SEED);
        int valid = 0;
        int count = 600;
        for (int i = 0; i < count; i++) {
            Ed25519.Check check = cases.next();
            boolean expected = reference(check);
            valid += expected ? 1 : 0;
            assertEquals(
                    expected,
                    Ed25519.verify(check.key(), check.message(), check.signature()),
                    () -> "seed " + SEED + " " + check);
        }
        assertTrue(valid > count / 4 && valid < count * 3 / 4, "valid " + valid);
    }

    @Test
    void judgesManyAsItJudgesEach() {
        Ed25519Cases cases = new Ed25519Cases(SEED + 1);
        for (int size : new int[] {0, 1, 2, 8, 17, 40}) {
            List<Ed25519.Check> checks = new ArrayList<>();
            List<Ed25519.Check> honest = new ArrayList<>();
            boolean[] expected = new boolean[size];
            for (int i = 0; i < size; i++) {
                Ed25519.Check check = cases.next();
                checks.add(check);
                expected[i] = reference(check);
                honest.add(cases.honest());
            }
            assertArrayEquals(expected, Ed25519.verifyAll(checks), () -> "seed " + (SEED + 1));
            assertTrue(Ed25519.allValid(honest));
            if (size > 0) {
                honest.set(
                        size / 2,
                        new Ed25519.Check(
                                honest.getFirst().key(),
                                new byte[999],
                                honest.getFirst().signature()));
                assertFalse(Ed25519.allValid(honest));
            }
        }
    }

    @Test
    void refusesResponsesFromTheOrderUpwards() {
        byte[] identity = new byte[32];
        identity[0] = 1;
        for (int above = -1; above <= 1; above++) {
            byte[] signature =
                    Arrays.copyOf(
                            Ed25519Reference.BASE
                                    .times(Ed25519Reference.L.subtract(BigInteger.ONE))
                                    .encode(),
                            64);
            BigInteger s = Ed25519Reference.L.add(BigInteger.valueOf(above));
            System.arraycopy(Ed25519Reference.littleEndian(s, 32), 0, signature, 32, 32);
            assertEquals(
                    above < 0,
                    Ed25519.verify(
                            Ed25519Key.of(identity.clone()),
                            new byte[3],
                            Ed25519Signature.of(signature)));
        }
    }

    @Test
    void refusesSeedsOfAnotherSize() {
        assertThrows(IllegalArgumentException.class, () -> Ed25519.sign(new byte[31], new byte[0]));
        assertThrows(IllegalArgumentException.class, () -> Ed25519.publicKey(new byte[33]));
    }

    @Test
    void reducesScalarsLikeBigIntegers() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            byte[] wide = new byte[64];
            random.nextBytes(wide);
            if (i % 4 == 0) {
                Arrays.fill(wide, random.nextInt(64), 64, (byte) (i % 8 == 0 ? 0 : -1));
            }
            if (i % 5 == 0) {
                BigInteger near =
                        Ed25519Reference.L.multiply(new BigInteger(1 + random.nextInt(258), random))
                                .add(BigInteger.valueOf(random.nextInt(5) - 2))
                                .max(BigInteger.ZERO);
                wide = Ed25519Reference.littleEndian(near, 64);
            }
            long[] out = new long[4];
            Scalar25519.reduce(out, wide, Scalar25519.scratch());
            BigInteger expected = Ed25519Reference.number(wide).mod(Ed25519Reference.L);
            for (int word = 0; word < 4; word++) {
                assertEquals(expected.shiftRight(64 * word).longValue(), out[word], "seed " + SEED);
            }
        }
    }

    @Test
    void computesInTheFieldLikeBigIntegers() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            long[] a = limbs(random, 52.6);
            long[] b = limbs(random, 52.6);
            long[] r = new long[5];
            Field25519.mul(r, a, b);
            assertEquals(value(a).multiply(value(b)).mod(Ed25519Reference.P), canonical(r));
            Field25519.squareTimes(r, a, 3);
            assertEquals(value(a).pow(8).mod(Ed25519Reference.P), canonical(r));
        }
        long[] p = {
            (1L << 51) - 19, (1L << 51) - 1, (1L << 51) - 1, (1L << 51) - 1, (1L << 51) - 1
        };
        assertTrue(Field25519.isZero(p));
        assertTrue(Field25519.isZero(new long[5]));
        assertFalse(Field25519.isZero(new long[] {1, 0, 0, 0, 0}));
    }

    private static long[] limbs(Random random, double bits) {
        long bound = (long) Math.pow(2, bits);
        long[] limbs = new long[5];
        for (int i = 0; i < 5; i++) {
            limbs[i] =
                    switch (random.nextInt(6)) {
                        case 0 -> bound;
                        case 1 -> -bound;
                        case 2 -> 0;
                        default -> random.nextLong(-bound, bound);
                    };
        }
        return limbs;
    }

    private static BigInteger value(long[] limbs) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < 5; i++) {
            value = value.add(BigInteger.valueOf(limbs[i]).shiftLeft(51 * i));
        }
        return value;
    }

    private static BigInteger canonical(long[] limbs) {
        Field25519.canonical(limbs);
        return value(limbs);
    }

    private static boolean reference(Ed25519.Check check) {
        return Ed25519Reference.verify(
                check.key().octets(), check.message(), check.signature().octets());
    }
}
