package io.marmalade.crypto.ed25519;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/** ZIP-215 verification with big integers: the plain twin of the fast forms. */
public final class Ed25519Reference {
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger L =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    static final BigInteger D =
            BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
    private static final BigInteger ROOT =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    /** A point: X, Y, Z with x = X/Z and y = Y/Z. */
    record Point(BigInteger x, BigInteger y, BigInteger z) {
        static final Point IDENTITY = new Point(BigInteger.ZERO, BigInteger.ONE, BigInteger.ONE);

        Point add(Point o) {
            BigInteger a = z.multiply(o.z).mod(P);
            BigInteger b = a.multiply(a).mod(P);
            BigInteger c = x.multiply(o.x).mod(P);
            BigInteger d = y.multiply(o.y).mod(P);
            BigInteger e = D.multiply(c).multiply(d).mod(P);
            BigInteger f = b.subtract(e);
            BigInteger g = b.add(e);
            BigInteger cross = x.add(y).multiply(o.x.add(o.y)).subtract(c).subtract(d);
            return new Point(
                    a.multiply(f).multiply(cross).mod(P),
                    a.multiply(g).multiply(d.add(c)).mod(P),
                    f.multiply(g).mod(P));
        }

        Point negate() {
            return new Point(P.subtract(x).mod(P), y, z);
        }

        Point times(BigInteger k) {
            Point sum = IDENTITY;
            for (int i = k.bitLength() - 1; i >= 0; i--) {
                sum = sum.add(sum);
                if (k.testBit(i)) {
                    sum = sum.add(this);
                }
            }
            return sum;
        }

        boolean isIdentity() {
            return x.signum() == 0 && y.equals(z);
        }

        byte[] encode() {
            BigInteger inverse = z.modInverse(P);
            byte[] out = littleEndian(y.multiply(inverse).mod(P), 32);
            if (x.multiply(inverse).mod(P).testBit(0)) {
                out[31] |= (byte) 0x80;
            }
            return out;
        }
    }

    static final Point BASE = base();

    private Ed25519Reference() {}

    private static Point base() {
        byte[] encoding = new byte[32];
        Arrays.fill(encoding, (byte) 0x66);
        encoding[0] = 0x58;
        Point base = decode(encoding);
        if (base == null) {
            throw new AssertionError();
        }
        return base;
    }

    static BigInteger number(byte[] littleEndian) {
        byte[] reversed = new byte[littleEndian.length];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = littleEndian[reversed.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    static byte[] littleEndian(BigInteger value, int size) {
        byte[] out = new byte[size];
        for (int i = 0; i < size; i++) {
            out[i] = value.shiftRight(8 * i).byteValue();
        }
        return out;
    }

    static @Nullable Point decode(byte[] encoding) {
        byte[] ordinate = encoding.clone();
        ordinate[31] &= 0x7f;
        BigInteger y = number(ordinate).mod(P);
        BigInteger u = y.multiply(y).subtract(BigInteger.ONE).mod(P);
        BigInteger v = D.multiply(y).multiply(y).add(BigInteger.ONE).mod(P);
        BigInteger square = u.multiply(v.modInverse(P)).mod(P);
        BigInteger x = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!x.multiply(x).mod(P).equals(square)) {
            x = x.multiply(ROOT).mod(P);
        }
        if (!x.multiply(x).mod(P).equals(square)) {
            return null;
        }
        if (x.testBit(0) != (encoding[31] < 0)) {
            x = P.subtract(x).mod(P);
        }
        return new Point(x, y, BigInteger.ONE);
    }

    /** Returns the challenge of a signature. */
    static BigInteger challenge(byte[] key, byte[] message, byte[] signature) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-512");
            sha.update(signature, 0, 32);
            sha.update(key);
            return number(sha.digest(message)).mod(L);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns whether a signature is valid. */
    public static boolean verify(byte[] key, byte[] message, byte[] signature) {
        Point a = decode(key);
        Point r = decode(Arrays.copyOf(signature, 32));
        BigInteger s = number(Arrays.copyOfRange(signature, 32, 64));
        if (a == null || r == null || s.compareTo(L) >= 0) {
            return false;
        }
        BigInteger k = challenge(key, message, signature);
        return BASE.times(s)
                .add(a.times(k).negate())
                .add(r.negate())
                .times(BigInteger.valueOf(8))
                .isIdentity();
    }
}
