package io.marmalade.crypto.bandersnatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.marmalade.crypto.bls.Blst;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

class MillerLoopsTest {
    private static final long G2 = RingSetup.Pairing.lines(0);
    private static final long TAU_G2 = RingSetup.Pairing.lines(1);

    /** Returns whether e(P, G₂) · e(Q, τG₂) is one, by loops of blst's own. */
    private static int separately(Arena arena, long p, long q) {
        long left = arena.allocate(Blst.FP12_SIZE, 64).address();
        long right = arena.allocate(Blst.FP12_SIZE, 64).address();
        Blst.millerLoopLines(left, G2, p);
        Blst.millerLoopLines(right, TAU_G2, q);
        Blst.fp12Multiply(left, left, right);
        Blst.finalExponentiation(left, left);
        return Blst.fp12IsOne(left);
    }

    private static int together(Arena arena, long p, long q) {
        long product = arena.allocate(Blst.FP12_SIZE, 64).address();
        MillerLoops.product(product, G2, p, TAU_G2, q);
        return Blst.fp12FinalVerify(product, Blst.fp12One());
    }

    @Test
    void givesTheProductOfBothLoopsConjugated() {
        Blst.require();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment first = arena.allocate(Blst.FP12_SIZE, 64);
            MemorySegment second = arena.allocate(Blst.FP12_SIZE, 64);
            MemorySegment product = arena.allocate(Blst.FP12_SIZE, 64);
            long powers = RingSetup.Powers.first(40);
            for (int i = 0; i < 20; i++) {
                long p = powers + (long) Blst.P1_AFFINE_SIZE * i;
                long q = powers + (long) Blst.P1_AFFINE_SIZE * (39 - i);
                Blst.millerLoopLines(first.address(), G2, p);
                Blst.millerLoopLines(second.address(), TAU_G2, q);
                Blst.fp12Multiply(first.address(), first.address(), second.address());
                MillerLoops.product(product.address(), G2, p, TAU_G2, q);
                // Conjugation negates the upper half.
                long half = Blst.FP12_SIZE / 2;
                for (long at = half; at < Blst.FP12_SIZE; at += 48) {
                    Blst.fpNegate(product.address() + at, product.address() + at, true);
                }
                assertEquals(-1, product.mismatch(first));
            }
        }
    }

    @Test
    void tellsPairingsWhoseProductIsOne() {
        Blst.require();
        try (Arena arena = Arena.ofConfined()) {
            long powers = RingSetup.Powers.first(40);
            MemorySegment minus = arena.allocate(Blst.P1_AFFINE_SIZE, 64);
            for (int i = 0; i < 20; i++) {
                // e(−τ^(i+1) G₁, G₂) · e(τ^i G₁, τG₂)
                long q = powers + (long) Blst.P1_AFFINE_SIZE * i;
                long next = q + Blst.P1_AFFINE_SIZE;
                MemorySegment.copy(
                        MemorySegment.ofAddress(next).reinterpret(Blst.P1_AFFINE_SIZE),
                        0,
                        minus,
                        0,
                        Blst.P1_AFFINE_SIZE);
                assertEquals(0, separately(arena, minus.address(), q));
                assertEquals(0, together(arena, minus.address(), q));
                Blst.fpNegate(minus.address() + 48, minus.address() + 48, true);
                assertNotEquals(0, separately(arena, minus.address(), q));
                assertNotEquals(0, together(arena, minus.address(), q));
            }
        }
    }

    @Test
    void takesTheIdentityAsBlstDoes() {
        Blst.require();
        try (Arena arena = Arena.ofConfined()) {
            long identity = arena.allocate(Blst.P1_AFFINE_SIZE, 64).address();
            long point = RingSetup.Powers.first(1);
            assertNotEquals(0, separately(arena, identity, identity));
            assertNotEquals(0, together(arena, identity, identity));
            assertEquals(0, separately(arena, identity, point));
            assertEquals(0, together(arena, identity, point));
            assertEquals(0, separately(arena, point, identity));
            assertEquals(0, together(arena, point, identity));
        }
    }
}
