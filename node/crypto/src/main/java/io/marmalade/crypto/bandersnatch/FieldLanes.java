package io.marmalade.crypto.bandersnatch;

import io.marmalade.crypto.bls.Blst;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;

/**
 * Products in the fields of Bandersnatch and BLS12-381, eight at once, to be measured by
 * themselves: what the verification of signatures does thousands of times. Each call goes on with
 * what the one before left. Not for several threads.
 */
public final class FieldLanes {
    private static final int COORDINATE = Blst.P1_AFFINE_SIZE / 2;

    private final long[] scalars = Lanes.ONE.clone();
    private final long[] scalarWork = Lanes.workspace();
    private final double[] coordinates = CoordinateLanes.broadcast(Endomorphism.beta());
    private final double[] factor = CoordinateLanes.broadcast(BigInteger.TWO);
    private final double[] coordinateWork = CoordinateLanes.workspace();
    private final long[] plain = new long[Lanes.COUNT * Fr.LIMBS];

    /** Kept, for its memory goes with it. */
    private final MemorySegment elements =
            Arena.ofAuto().allocate((long) Lanes.COUNT * COORDINATE, 64);

    /**
     * Creates the lanes.
     *
     * @throws UnsupportedOperationException if this machine's vectors are shorter than 512 bits
     * @throws io.marmalade.crypto.bls.BlstUnavailableException without blst
     */
    public FieldLanes() {
        if (!VectorBackend.isSupported()) {
            throw new UnsupportedOperationException("vectors are shorter than 512 bits");
        }
        Blst.require();
        for (int i = 0; i < Lanes.COUNT; i++) {
            Fr.copy(plain, Fr.LIMBS * i, Point.GENERATOR, Point.X);
        }
    }

    /** Multiplies eight elements of the field of Bandersnatch's coordinates. */
    public void multiplyScalars() {
        Lanes.mul(scalars, 0, scalars, 0, Lanes.ONE, 0, scalarWork);
    }

    /** Squares eight elements of the field of Bandersnatch's coordinates. */
    public void squareScalars() {
        Lanes.square(scalars, 0, scalars, 0);
    }

    /** Multiplies eight elements one after the other, in plain Java. */
    public void multiplyScalarsPlainly() {
        for (int i = 0; i < plain.length; i += Fr.LIMBS) {
            Fr.mul(plain, i, plain, i, Fr.ONE, 0);
        }
    }

    /** Squares eight elements one after the other, in plain Java. */
    public void squareScalarsPlainly() {
        for (int i = 0; i < plain.length; i += Fr.LIMBS) {
            Fr.square(plain, i, plain, i);
        }
    }

    /** Multiplies eight elements of the field of BLS12-381's coordinates. */
    public void multiplyCoordinates() {
        CoordinateLanes.mul(coordinates, 0, coordinates, 0, factor, 0, coordinateWork);
    }

    /** Squares eight elements of the field of BLS12-381's coordinates. */
    public void squareCoordinates() {
        CoordinateLanes.square(coordinates, 0, coordinates, 0, coordinateWork);
    }

    /** Multiplies eight elements one after the other, by the library. */
    public void multiplyCoordinatesByLibrary() {
        for (int i = 0; i < Lanes.COUNT; i++) {
            long at = elements.address() + (long) i * COORDINATE;
            Blst.fpMultiply(at, at, at);
        }
    }

    /** Squares eight elements one after the other, by the library. */
    public void squareCoordinatesByLibrary() {
        for (int i = 0; i < Lanes.COUNT; i++) {
            long at = elements.address() + (long) i * COORDINATE;
            Blst.fpSquare(at, at);
        }
    }
}
