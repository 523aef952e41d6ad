package io.marmalade.crypto.bandersnatch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.crypto.bls.Blst;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Every backend decodes points of G1 as blst does, one by one. */
class GroupDecodingTest {
    private static final int SIZE = GroupDecoding.SIZE;

    /** The curve's order is this times the group's. */
    private static final BigInteger COFACTOR =
            new BigInteger("396c8c005555e1568c00aaab0000aaab", 16);

    private final long seed = Long.getLong("marmalade.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private static byte[] octets(BigInteger value) {
        byte[] octets = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            octets[SIZE - 1 - i] = value.shiftRight(8 * i).byteValue();
        }
        return octets;
    }

    private static BigInteger root(BigInteger a) {
        return a.modPow(Endomorphism.P.add(BigInteger.ONE).shiftRight(2), Endomorphism.P);
    }

    /** Returns a random point of the curve, nearly never of the group. */
    private byte[] ofCurve() {
        while (true) {
            BigInteger x = new BigInteger(380, random);
            BigInteger square = x.pow(3).add(BigInteger.valueOf(4)).mod(Endomorphism.P);
            if (root(square).pow(2).mod(Endomorphism.P).equals(square)) {
                byte[] octets = octets(x);
                octets[0] |= (byte) (random.nextBoolean() ? 0x80 : 0xa0);
                return octets;
            }
        }
    }

    private static byte[] times(byte[] encoded, BigInteger factor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment octets = arena.allocate(SIZE);
            MemorySegment affine = arena.allocate(Blst.P1_AFFINE_SIZE, 64);
            MemorySegment point = arena.allocate(Blst.P1_SIZE, 64);
            MemorySegment sum = arena.allocate(Blst.P1_SIZE, 64);
            MemorySegment.copy(encoded, 0, octets, ValueLayout.JAVA_BYTE, 0, SIZE);
            assertEquals(0, Blst.p1Uncompress(affine.address(), octets.address()));
            Blst.p1FromAffine(point.address(), affine.address());
            // Doubling and adding, for the point may be of any order.
            for (int i = factor.bitLength() - 1; i >= 0; i--) {
                Blst.p1AddOrDouble(sum.address(), sum.address(), sum.address());
                if (factor.testBit(i)) {
                    Blst.p1AddOrDouble(sum.address(), sum.address(), point.address());
                }
            }
            Blst.p1Compress(octets.address(), sum.address());
            return octets.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private byte[] ofGroup() {
        return times(ofCurve(), COFACTOR);
    }

    /** Decodes with each backend; returns what blst says of each. */
    private boolean[] decode(List<byte[]> encodings) {
        int count = encodings.size();
        byte[] octets = new byte[SIZE * count];
        boolean[] expected = new boolean[count];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment points = arena.allocate((long) count * Blst.P1_AFFINE_SIZE, 64);
            for (int i = 0; i < count; i++) {
                System.arraycopy(encodings.get(i), 0, octets, SIZE * i, SIZE);
                expected[i] =
                        GroupDecoding.decode(
                                points.address() + (long) i * Blst.P1_AFFINE_SIZE,
                                octets,
                                SIZE * i);
            }
            for (CurveBackend backend : Backends.all()) {
                MemorySegment own = arena.allocate((long) count * Blst.P1_AFFINE_SIZE, 64);
                boolean[] valid = new boolean[count];
                int middle = random.nextInt(count + 1);
                backend.decodePoints(octets, 0, middle, own.address(), valid);
                backend.decodePoints(octets, middle, count, own.address(), valid);
                String message = backend.name() + ", seed " + seed;
                assertArrayEquals(expected, valid, message);
                for (int i = 0; i < count; i++) {
                    if (valid[i]) {
                        long at = (long) i * Blst.P1_AFFINE_SIZE;
                        assertEquals(
                                -1,
                                own.asSlice(at, Blst.P1_AFFINE_SIZE)
                                        .mismatch(points.asSlice(at, Blst.P1_AFFINE_SIZE)),
                                message);
                    }
                }
            }
        }
        return expected;
    }

    @Test
    void decodesPointsOfTheGroup() {
        System.out.println("group decoding: -Dmarmalade.seed=" + seed);
        Blst.require();
        List<byte[]> encodings = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            byte[] point = ofGroup();
            point[0] ^= (byte) (random.nextBoolean() ? 0x20 : 0);
            encodings.add(point);
        }
        for (boolean valid : decode(encodings)) {
            assertTrue(valid);
        }
    }

    @Test
    void refusesPointsOutsideTheGroup() {
        System.out.println("group decoding: -Dmarmalade.seed=" + seed);
        Blst.require();
        BigInteger order = Fr.MODULUS.multiply(COFACTOR);
        List<byte[]> encodings = new ArrayList<>();
        for (long prime : new long[] {3, 11, 10177, 859267, 52437899}) {
            byte[] small;
            do {
                small = times(ofCurve(), order.divide(BigInteger.valueOf(prime * prime)));
            } while ((small[0] & 0x40) != 0);
            encodings.add(small);
            byte[] smaller = times(small, BigInteger.valueOf(prime));
            if ((smaller[0] & 0x40) == 0) {
                encodings.add(smaller);
            }
        }
        byte[] zero = new byte[SIZE];
        zero[0] = (byte) 0x80; // (0, ±2), of order three
        encodings.add(zero);
        for (int i = 0; i < 40; i++) {
            encodings.add(ofCurve());
        }
        for (boolean valid : decode(encodings)) {
            assertFalse(valid);
        }
    }

    @Test
    void refusesImproperEncodingsAmongProperOnes() {
        System.out.println("group decoding: -Dmarmalade.seed=" + seed);
        Blst.require();
        byte[] infinity = new byte[SIZE];
        infinity[0] = (byte) 0xc0;
        for (int round = 0; round < 60; round++) {
            List<byte[]> encodings = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                byte[] point = ofGroup();
                switch (random.nextInt(12)) {
                    case 0 -> point = infinity.clone();
                    case 1 -> {
                        point = infinity.clone();
                        point[random.nextInt(SIZE)] |= (byte) (1 << random.nextInt(8));
                    }
                    case 2 -> point[0] &= 0x7f;
                    case 3 -> point[0] |= 0x40;
                    case 4 -> {
                        // the same x, but not below p
                        byte flags = (byte) (point[0] & 0xe0);
                        point[0] &= 0x1f;
                        BigInteger x = new BigInteger(1, point).add(Endomorphism.P);
                        if (x.bitLength() <= 381) {
                            point = octets(x);
                        }
                        point[0] |= flags;
                    }
                    case 5 -> {
                        point = octets(Endomorphism.P.subtract(BigInteger.valueOf(i - 8)));
                        point[0] |= (byte) 0x80;
                    }
                    case 6 -> point[random.nextInt(SIZE)] ^= (byte) (1 << random.nextInt(8));
                    case 7 -> random.nextBytes(point);
                    default -> {}
                }
                encodings.add(point);
            }
            decode(encodings);
        }
    }
}
