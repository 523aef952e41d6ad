package io.marmalade.crypto.bandersnatch;

import static io.marmalade.crypto.bandersnatch.CoordinateLanes.COUNT;
import static io.marmalade.crypto.bandersnatch.CoordinateLanes.LENGTH;
import static io.marmalade.crypto.bandersnatch.CoordinateLanes.LIMBS;
import static io.marmalade.crypto.bandersnatch.CoordinateLanes.ONE;

import io.marmalade.crypto.bls.Blst;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;

/**
 * Decodes points of G1, eight at once: roots, and the test whether points are of the group.
 *
 * <p>A point is of the group iff its multiple by z² is its image under the {@link Endomorphism},
 * for a number r divides the norm of their difference. The multiple is found in Jacobian
 * coordinates by formulas that are wrong for points of small order; but where they are, Z becomes
 * zero, and remains so. Whatever is not found to be a point of the group here is left to blst: the
 * identity, improper encodings, and all that is to be refused.
 */
final class GroupLanes {
    private static final int ENCODED = GroupDecoding.SIZE;
    private static final int COORDINATE = Blst.P1_AFFINE_SIZE / 2;
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** The absolute value of z. */
    private static final long Z = 0xd201000000010000L;

    /** How to raise to (p + 1)/4. */
    private static final byte[] ROOT_STEPS =
            SquareRoots.steps(Endomorphism.P.add(BigInteger.ONE).shiftRight(2));

    private static final int ROOT_POWERS = 16;

    /** Takes coordinates to the form that blst has them in. */
    private static final double[] TO_BLST =
            CoordinateLanes.broadcast(BigInteger.ONE.shiftLeft(384).mod(Endomorphism.P));

    private static final double[] BETA = CoordinateLanes.broadcast(Endomorphism.beta());

    /** What lanes without an encoding of their own have: the generator. */
    private static final byte[] GENERATOR = GroupDecoding.generator();

    // Where things lie in an array of a decoder's own.
    private static final int X = 0;
    private static final int Y = LENGTH;
    private static final int T = 2 * LENGTH;
    private static final int U = 3 * LENGTH;

    private final double[] coordinates = new double[4 * LENGTH];
    private final double[] powers = new double[ROOT_POWERS * LENGTH];
    private final Jacobian sum = new Jacobian();
    private final Jacobian addend = new Jacobian();
    private final double[] w = CoordinateLanes.workspace();
    private final long[] limbs = new long[LIMBS];
    private final boolean[] candidate = new boolean[COUNT];

    /**
     * Decodes points.
     *
     * @param octets has their encodings of 48 octets without gaps
     * @param first which of them is the first to be decoded
     * @param count how many, 1..8
     * @param points where the affine points go: of the first of all, not of these
     * @param valid receives for each whether it is a point of the group
     */
    void decode(byte[] octets, int first, int count, long points, boolean[] valid) {
        for (int lane = 0; lane < COUNT; lane++) {
            candidate[lane] = lane < count && enter(lane, octets, ENCODED * (first + lane));
            if (!candidate[lane]) {
                enter(lane, GENERATOR, 0);
            }
        }
        CoordinateLanes.combine(coordinates, X, coordinates, X, 1, coordinates, X, 0);
        root();
        for (int lane = 0; lane < count; lane++) {
            if (candidate[lane]) {
                chooseRoot(lane, octets[ENCODED * (first + lane)]);
            }
        }
        multiplyByZ(coordinates, X, Y, ONE, 0);
        sum.copyTo(addend);
        multiplyByZ(addend.at, Jacobian.X, Jacobian.Y, addend.at, Jacobian.Z);
        compareWithImage();
        CoordinateLanes.mul(coordinates, X, coordinates, X, TO_BLST, 0, w);
        CoordinateLanes.mul(coordinates, Y, coordinates, Y, TO_BLST, 0, w);
        for (int lane = 0; lane < count; lane++) {
            long point = points + (long) (first + lane) * Blst.P1_AFFINE_SIZE;
            if (candidate[lane]) {
                leave(lane, X, point);
                leave(lane, Y, point + COORDINATE);
                valid[first + lane] = true;
            } else {
                valid[first + lane] = GroupDecoding.decode(point, octets, ENCODED * (first + lane));
            }
        }
    }

    /** Brings an x into a lane if it is properly encoded and not the identity's. */
    private boolean enter(int lane, byte[] octets, int offset) {
        int flags = octets[offset];
        if ((flags & 0xc0) != 0x80) {
            return false;
        }
        for (int i = 0; i < LIMBS; i++) {
            long limb = 0;
            int at = offset + 6 * (LIMBS - 1 - i);
            for (int j = 0; j < 6; j++) {
                limb = limb << 8 | (octets[at + j] & (at + j == offset ? 0x1f : 0xff));
            }
            limbs[i] = limb;
            coordinates[X + COUNT * i + lane] = limb;
        }
        return CoordinateLanes.isBelowP(limbs);
    }

    /** Finds the roots of x³ + 4; lanes where there are none are no candidates any more. */
    private void root() {
        CoordinateLanes.square(coordinates, T, coordinates, X, w);
        CoordinateLanes.mul(coordinates, T, coordinates, T, coordinates, X, w);
        for (int lane = 0; lane < COUNT; lane++) {
            coordinates[T + lane] += 4;
        }
        // Odd powers for windows of five bits.
        System.arraycopy(coordinates, T, powers, 0, LENGTH);
        CoordinateLanes.square(coordinates, U, coordinates, T, w);
        for (int i = 1; i < ROOT_POWERS; i++) {
            int at = LENGTH * i;
            CoordinateLanes.mul(powers, at, powers, at - LENGTH, coordinates, U, w);
        }
        System.arraycopy(powers, LENGTH * (ROOT_STEPS[0] >> 1), coordinates, Y, LENGTH);
        for (int i = 1; i < ROOT_STEPS.length; i++) {
            int step = ROOT_STEPS[i];
            if (step == 0) {
                CoordinateLanes.square(coordinates, Y, coordinates, Y, w);
            } else {
                int at = LENGTH * (step >> 1);
                CoordinateLanes.mul(coordinates, Y, coordinates, Y, powers, at, w);
            }
        }
        CoordinateLanes.square(coordinates, U, coordinates, Y, w);
        keepWhereEqual(coordinates, U, coordinates, T);
    }

    /** Lets lanes where two elements differ be no candidates; overwrites the first. */
    private void keepWhereEqual(double[] a, int ao, double[] b, int bo) {
        CoordinateLanes.sub(a, ao, a, ao, b, bo);
        CoordinateLanes.mul(a, ao, a, ao, ONE, 0, w);
        for (int lane = 0; lane < COUNT; lane++) {
            candidate[lane] &= CoordinateLanes.isZero(a, ao, lane);
        }
    }

    /** Negates a root if the encoding says the other one. */
    private void chooseRoot(int lane, byte flags) {
        CoordinateLanes.reduce(limbs, coordinates, Y, lane);
        if (CoordinateLanes.isLarger(limbs) != ((flags & 0x20) != 0)) {
            for (int i = 0; i < LENGTH; i += COUNT) {
                coordinates[Y + i + lane] = -coordinates[Y + i + lane];
            }
        }
    }

    /** Writes the multiple by |z| of a Jacobian point to the sum. */
    private void multiplyByZ(double[] a, int x, int y, double[] b, int z) {
        sum.set(a, x, y, b, z);
        Jacobian.Operand operand = new Jacobian.Operand(a, x, y, b, z, w);
        for (int i = Long.SIZE - 2; i >= 0; i--) {
            sum.twice(w);
            if ((Z >>> i & 1) != 0) {
                sum.add(operand, w);
            }
        }
    }

    /** Keeps the lanes where (βx, −y) is the sum: X = βxZ² and Y = −yZ³, with Z not zero. */
    private void compareWithImage() {
        double[] at = sum.at;
        CoordinateLanes.mul(coordinates, T, at, Jacobian.Z, ONE, 0, w);
        for (int lane = 0; lane < COUNT; lane++) {
            candidate[lane] &= !CoordinateLanes.isZero(coordinates, T, lane);
        }
        CoordinateLanes.square(coordinates, T, coordinates, T, w);
        CoordinateLanes.mul(coordinates, U, coordinates, T, coordinates, X, w);
        CoordinateLanes.mul(coordinates, U, coordinates, U, BETA, 0, w);
        keepWhereEqual(coordinates, U, at, Jacobian.X);
        CoordinateLanes.mul(coordinates, T, coordinates, T, at, Jacobian.Z, w);
        CoordinateLanes.mul(coordinates, T, coordinates, T, coordinates, Y, w);
        CoordinateLanes.add(coordinates, T, coordinates, T, at, Jacobian.Y);
        CoordinateLanes.mul(coordinates, T, coordinates, T, ONE, 0, w);
        for (int lane = 0; lane < COUNT; lane++) {
            candidate[lane] &= CoordinateLanes.isZero(coordinates, T, lane);
        }
    }

    private void leave(int lane, int coordinate, long target) {
        CoordinateLanes.reduce(limbs, coordinates, coordinate, lane);
        for (int i = 0; i < 2; i++) {
            long a = limbs[4 * i];
            long b = limbs[4 * i + 1];
            long c = limbs[4 * i + 2];
            long d = limbs[4 * i + 3];
            long to = target + 24L * i;
            ALL.set(ValueLayout.JAVA_LONG, to, a | b << 48);
            ALL.set(ValueLayout.JAVA_LONG, to + 8, b >>> 16 | c << 32);
            ALL.set(ValueLayout.JAVA_LONG, to + 16, c >>> 32 | d << 16);
        }
    }

    /** Eight points in Jacobian coordinates, whose x is X/Z² and y is Y/Z³. */
    private static final class Jacobian {
        static final int X = 0;
        static final int Y = LENGTH;
        static final int Z = 2 * LENGTH;
        private static final int A = 3 * LENGTH;
        private static final int B = 4 * LENGTH;
        private static final int C = 5 * LENGTH;
        private static final int D = 6 * LENGTH;

        /** The coordinates, and room for what is on the way. */
        final double[] at = new double[7 * LENGTH];

        /** A point that is added often, with its Z² and Z³. */
        private static final class Operand {
            private static final int SQUARE = 3 * LENGTH;
            private static final int CUBE = 4 * LENGTH;

            final double[] at = new double[5 * LENGTH];

            Operand(double[] a, int x, int y, double[] b, int z, double[] w) {
                System.arraycopy(a, x, at, X, LENGTH);
                System.arraycopy(a, y, at, Y, LENGTH);
                System.arraycopy(b, z, at, Z, LENGTH);
                CoordinateLanes.square(at, SQUARE, at, Z, w);
                CoordinateLanes.mul(at, CUBE, at, SQUARE, at, Z, w);
            }
        }

        void set(double[] a, int x, int y, double[] b, int z) {
            System.arraycopy(a, x, at, X, LENGTH);
            System.arraycopy(a, y, at, Y, LENGTH);
            System.arraycopy(b, z, at, Z, LENGTH);
        }

        void copyTo(Jacobian other) {
            System.arraycopy(at, 0, other.at, 0, A);
        }

        /**
         * Doubles: with A = X², B = Y², u = (X + B)² − A − B² it is X' = 9A² − 4u, Y' = 3A(2u − X')
         * − 8B², Z' = 2YZ.
         */
        void twice(double[] w) {
            CoordinateLanes.mul(at, Z, at, Y, at, Z, w);
            CoordinateLanes.square(at, A, at, X, w);
            CoordinateLanes.square(at, B, at, Y, w);
            CoordinateLanes.add(at, Z, at, Z, at, Z);
            CoordinateLanes.square(at, C, at, B, w);
            CoordinateLanes.add(at, B, at, X, at, B);
            CoordinateLanes.square(at, B, at, B, w);
            CoordinateLanes.square(at, D, at, A, w);
            CoordinateLanes.sub(at, B, at, B, at, A);
            CoordinateLanes.sub(at, B, at, B, at, C); // u
            CoordinateLanes.combine(at, X, at, D, 9, at, B, -4);
            CoordinateLanes.combine(at, B, at, B, 6, at, D, -9);
            CoordinateLanes.mul(at, A, at, A, at, B, w);
            CoordinateLanes.combine(at, Y, at, A, 3, at, C, -8);
        }

        /**
         * Adds: with U = X₁Z₂², S = Y₁Z₂³, H = X₂Z₁² − U, R = Y₂Z₁³ − S it is X' = R² − H³ − 2UH²,
         * Y' = R(UH² − X') − SH³, Z' = HZ₁Z₂.
         */
        void add(Operand other, double[] w) {
            double[] o = other.at;
            CoordinateLanes.square(at, A, at, Z, w);
            CoordinateLanes.mul(at, B, at, A, at, Z, w);
            CoordinateLanes.mul(at, A, at, A, o, X, w);
            CoordinateLanes.mul(at, B, at, B, o, Y, w);
            CoordinateLanes.mul(at, X, at, X, o, Operand.SQUARE, w); // U
            CoordinateLanes.mul(at, Y, at, Y, o, Operand.CUBE, w); // S
            CoordinateLanes.mul(at, Z, at, Z, o, Z, w);
            CoordinateLanes.combine(at, A, at, A, 1, at, X, -1); // H
            CoordinateLanes.combine(at, B, at, B, 1, at, Y, -1); // R
            CoordinateLanes.mul(at, Z, at, Z, at, A, w);
            CoordinateLanes.square(at, C, at, A, w);
            CoordinateLanes.mul(at, A, at, A, at, C, w); // H³
            CoordinateLanes.mul(at, C, at, C, at, X, w); // UH²
            CoordinateLanes.square(at, D, at, B, w);
            CoordinateLanes.sub(at, D, at, D, at, A);
            CoordinateLanes.combine(at, X, at, D, 1, at, C, -2);
            CoordinateLanes.combine(at, C, at, C, 1, at, X, -1);
            CoordinateLanes.mul(at, B, at, B, at, C, w);
            CoordinateLanes.mul(at, A, at, A, at, Y, w);
            CoordinateLanes.combine(at, Y, at, B, 1, at, A, -1);
        }
    }
}
