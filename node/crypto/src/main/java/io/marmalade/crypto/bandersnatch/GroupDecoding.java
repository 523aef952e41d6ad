package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.bls.Blst;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Decodes points of G1, by blst. */
final class GroupDecoding {
    /** The octets of a point. */
    static final int SIZE = 48;

    private GroupDecoding() {}

    /**
     * Decodes 48 octets to a point of G1; the identity is one.
     *
     * @param affine where the point goes
     * @return whether the octets are a point of the group, properly encoded
     */
    static boolean decode(long affine, byte[] octets, int offset) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment encoded = arena.allocate(SIZE);
            MemorySegment.copy(octets, offset, encoded, ValueLayout.JAVA_BYTE, 0, SIZE);
            return decode(affine, encoded.address());
        }
    }

    static boolean decode(long affine, long encoded) {
        return Blst.p1Uncompress(affine, encoded) == 0 && Blst.p1AffineInG1(affine) != 0;
    }

    /** Returns the encoding of the generator. */
    static byte[] generator() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment encoded = arena.allocate(SIZE);
            Blst.p1AffineCompress(encoded.address(), Blst.p1AffineGenerator());
            return encoded.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** Decodes as many points as a proof has, to see how long that takes. */
    static void sample(CurveBackend backend) {
        byte[] generator = generator();
        byte[] octets = new byte[SIZE * RingProof.POINTS];
        for (int i = 0; i < RingProof.POINTS; i++) {
            System.arraycopy(generator, 0, octets, SIZE * i, SIZE);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment points =
                    arena.allocate((long) RingProof.POINTS * Blst.P1_AFFINE_SIZE, 64);
            boolean[] valid = new boolean[RingProof.POINTS];
            backend.decodePoints(octets, 0, RingProof.POINTS, points.address(), valid);
        }
    }
}
