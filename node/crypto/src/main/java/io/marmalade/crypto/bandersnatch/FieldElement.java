package io.marmalade.crypto.bandersnatch;

import java.math.BigInteger;

/**
 * An element of {@link Fr} as an immutable value: for formulas that should read as such and are not
 * evaluated often.
 */
final class FieldElement {
    static final FieldElement ZERO = new FieldElement(Fr.ZERO);
    static final FieldElement ONE = new FieldElement(Fr.ONE);

    private final long[] limbs;

    private FieldElement(long[] limbs) {
        this.limbs = limbs;
    }

    static FieldElement of(long value) {
        return of(BigInteger.valueOf(value));
    }

    static FieldElement of(BigInteger value) {
        return new FieldElement(Fr.of(value));
    }

    /** Returns the element that stands in an array. */
    static FieldElement at(long[] limbs, int offset) {
        long[] copy = new long[Fr.LIMBS];
        Fr.copy(copy, 0, limbs, offset);
        return new FieldElement(copy);
    }

    /** Returns the integer of 48 big-endian octets, reduced. */
    static FieldElement reduced(byte[] octets) {
        long[] limbs = new long[Fr.LIMBS];
        Fr.reduce48(limbs, 0, octets, 0);
        return new FieldElement(limbs);
    }

    /** Returns the limbs themselves, which must stay as they are. */
    long[] limbs() {
        return limbs;
    }

    FieldElement plus(FieldElement other) {
        long[] r = new long[Fr.LIMBS];
        Fr.add(r, 0, limbs, 0, other.limbs, 0);
        return new FieldElement(r);
    }

    FieldElement minus(FieldElement other) {
        long[] r = new long[Fr.LIMBS];
        Fr.sub(r, 0, limbs, 0, other.limbs, 0);
        return new FieldElement(r);
    }

    FieldElement times(FieldElement other) {
        long[] r = new long[Fr.LIMBS];
        Fr.mul(r, 0, limbs, 0, other.limbs, 0);
        return new FieldElement(r);
    }

    FieldElement negated() {
        return ZERO.minus(this);
    }

    FieldElement squared() {
        return times(this);
    }

    /** Returns this to the power 2<sup>k</sup>. */
    FieldElement squared(int k) {
        long[] r = limbs.clone();
        for (int i = 0; i < k; i++) {
            Fr.square(r, 0, r, 0);
        }
        return new FieldElement(r);
    }

    FieldElement power(long exponent) {
        long[] r = new long[Fr.LIMBS];
        Fr.pow(r, 0, limbs, 0, new long[] {exponent});
        return new FieldElement(r);
    }

    /** Returns the inverse, of zero zero. */
    FieldElement inverse() {
        long[] r = limbs.clone();
        Backends.current().invert(r);
        return new FieldElement(r);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldElement element && Fr.equal(limbs, 0, element.limbs, 0);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(limbs[0]);
    }

    @Override
    public String toString() {
        return Fr.toBigInteger(limbs, 0).toString();
    }
}
