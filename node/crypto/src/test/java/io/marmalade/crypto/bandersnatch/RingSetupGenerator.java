package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.bls.Blst;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the resources of {@link RingSetup} from the trusted setup's file, {@code
 * zcash-srs-2-11-uncompressed.bin}: a count in 64 little-endian bits, so many points of G1 with 96
 * octets each, then the same for G2 with 192.
 *
 * <p>Arguments: the file, and the folder for the resources.
 */
public final class RingSetupGenerator {
    private final byte[] srs;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment powers;

    RingSetupGenerator(byte[] srs) {
        Blst.require();
        this.srs = srs;
        long count = ByteBuffer.wrap(srs).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (count != RingSetup.POWERS) {
            throw new IllegalArgumentException("the setup has " + count + " points of G1");
        }
        powers = arena.allocate((long) RingSetup.POWERS * Blst.P1_AFFINE_SIZE, 64);
        MemorySegment octets = arena.allocate(srs.length);
        MemorySegment.copy(srs, 0, octets, ValueLayout.JAVA_BYTE, 0, srs.length);
        for (int i = 0; i < RingSetup.POWERS; i++) {
            long affine = powers.address() + (long) i * Blst.P1_AFFINE_SIZE;
            if (Blst.p1Deserialize(affine, octets.address() + 8 + 96L * i) != 0) {
                throw new IllegalArgumentException("power " + i + " is no point");
            }
        }
    }

    /** Writes the resources. */
    public static void main(String[] arguments) throws IOException {
        RingSetupGenerator generator =
                new RingSetupGenerator(Files.readAllBytes(Path.of(arguments[0])));
        Path folder = Path.of(arguments[1]);
        Files.write(folder.resolve("pairing.srs"), generator.pairing());
        Files.write(folder.resolve("powers.srs"), generator.powers());
        for (int ringSize : new int[] {1, 256, 1023}) {
            RingDomain domain = RingDomain.of(ringSize);
            Files.write(
                    folder.resolve("lagrange-" + domain.size() + ".srs"),
                    generator.lagrange(domain));
        }
    }

    byte[] pairing() {
        byte[] pairing = new byte[2 * 192];
        System.arraycopy(srs, 8 + 96 * RingSetup.POWERS + 8, pairing, 0, pairing.length);
        return pairing;
    }

    byte[] powers() {
        return compressAffine(powers, RingSetup.POWERS);
    }

    private byte[] compressAffine(MemorySegment points, int count) {
        MemorySegment octets = arena.allocate(48L * count);
        for (int i = 0; i < count; i++) {
            Blst.p1AffineCompress(
                    octets.address() + 48L * i, points.address() + (long) i * Blst.P1_AFFINE_SIZE);
        }
        return octets.toArray(ValueLayout.JAVA_BYTE);
    }

    /** The Lagrange points are the inverse Fourier transform of the powers. */
    byte[] lagrange(RingDomain domain) {
        int n = domain.size();
        MemorySegment points = arena.allocate((long) n * Blst.P1_SIZE, 64);
        for (int i = 0; i < n; i++) {
            int reversed = Integer.reverse(i) >>> (32 - domain.logSize());
            Blst.p1FromAffine(
                    at(points, reversed), powers.address() + (long) i * Blst.P1_AFFINE_SIZE);
        }
        MemorySegment scalar = arena.allocate(Blst.SCALAR_SIZE, 8);
        MemorySegment product = arena.allocate(Blst.P1_SIZE, 64);
        for (int half = 1; half < n; half *= 2) {
            FieldElement step = domain.omegaInverse().power(n / (2 * half));
            FieldElement twiddle = FieldElement.ONE;
            for (int j = 0; j < half; j++) {
                PointSums.putScalar(scalar, 0, twiddle);
                for (int i = j; i < n; i += 2 * half) {
                    long low = at(points, i);
                    long high = at(points, i + half);
                    Blst.p1Multiply(product.address(), high, scalar.address(), 255);
                    MemorySegment.copy(
                            points,
                            (long) i * Blst.P1_SIZE,
                            points,
                            (long) (i + half) * Blst.P1_SIZE,
                            Blst.P1_SIZE);
                    Blst.p1AddOrDouble(low, low, product.address());
                    Blst.p1Negate(product.address(), true);
                    Blst.p1AddOrDouble(high, high, product.address());
                }
                twiddle = twiddle.times(step);
            }
        }
        PointSums.putScalar(scalar, 0, FieldElement.of(n).inverse());
        MemorySegment affine = arena.allocate((long) n * Blst.P1_AFFINE_SIZE, 64);
        for (int i = 0; i < n; i++) {
            Blst.p1Multiply(product.address(), at(points, i), scalar.address(), 255);
            Blst.p1ToAffine(affine.address() + (long) i * Blst.P1_AFFINE_SIZE, product.address());
        }
        byte[] lagrange = compressAffine(affine, n);
        byte[] resource = new byte[3 * 48 + lagrange.length];
        for (int column = 0; column < 3; column++) {
            byte[] commitment = emptyColumn(domain, column, affine);
            System.arraycopy(commitment, 0, resource, 48 * column, 48);
        }
        System.arraycopy(lagrange, 0, resource, 3 * 48, lagrange.length);
        return resource;
    }

    private static long at(MemorySegment points, int index) {
        return points.address() + (long) index * Blst.P1_SIZE;
    }

    /** Commits to a column of a ring without keys. */
    private byte[] emptyColumn(RingDomain domain, int column, MemorySegment lagrange) {
        int n = domain.size();
        MemorySegment scalars = arena.allocate((long) n * Blst.SCALAR_SIZE, 8);
        int coordinate = column == 0 ? Point.X : Point.Y;
        long[] power = Point.BLINDING_BASE.clone();
        for (int row = 0; row < domain.lastRow(); row++) {
            FieldElement value;
            if (row < domain.keyRows()) {
                value = column == 2 ? FieldElement.ONE : FieldElement.at(Point.PADDING, coordinate);
            } else {
                value = column == 2 ? FieldElement.ZERO : FieldElement.at(power, coordinate);
                Point.twice(power, 0, power, 0, Point.workspace());
                Point.normalize(PlainBackend.INSTANCE, power);
            }
            PointSums.putScalar(scalars, (long) row * Blst.SCALAR_SIZE, value);
        }
        MemorySegment sum = arena.allocate(Blst.P1_SIZE, 64);
        PointSums.sum(sum.address(), lagrange.address(), n, scalars.address(), 255);
        MemorySegment octets = arena.allocate(48);
        Blst.p1Compress(octets.address(), sum.address());
        return octets.toArray(ValueLayout.JAVA_BYTE);
    }
}
