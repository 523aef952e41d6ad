package io.marmalade.crypto.ed25519;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes signatures of all kinds: honest, damaged, and of the kinds on which libraries disagree. */
public final class Ed25519Cases {
    private final Random random;
    private final List<Ed25519Reference.Point> torsion = new ArrayList<>();
    private final List<byte[]> torsionEncodings = new ArrayList<>();

    /** Makes the cases of a seed. */
    public Ed25519Cases(long seed) {
        random = new Random(seed);
        // L times a point leaves its part in the group of eight.
        Ed25519Reference.Point generator = null;
        while (generator == null || generator.times(BigInteger.valueOf(4)).isIdentity()) {
            Ed25519Reference.Point point = Ed25519Reference.decode(octets(32));
            generator = point == null ? null : point.times(Ed25519Reference.L);
        }
        Ed25519Reference.Point point = Ed25519Reference.Point.IDENTITY;
        for (int i = 0; i < 8; i++) {
            torsion.add(point);
            torsionEncodings.add(point.encode());
            point = point.add(generator);
        }
        // Other encodings of the same: the ordinate p or more, the sign of a zero abscissa set.
        for (int ordinate : new int[] {0, 1}) {
            for (int sign : new int[] {0, 0x80}) {
                byte[] encoding =
                        Ed25519Reference.littleEndian(
                                Ed25519Reference.P.add(BigInteger.valueOf(ordinate)), 32);
                encoding[31] |= (byte) sign;
                torsionEncodings.add(encoding);
            }
        }
        for (BigInteger ordinate :
                List.of(BigInteger.ONE, Ed25519Reference.P.subtract(BigInteger.ONE))) {
            byte[] encoding = Ed25519Reference.littleEndian(ordinate, 32);
            encoding[31] |= (byte) 0x80;
            torsionEncodings.add(encoding);
        }
    }

    /** Returns a check that is nearly always of another kind than the last. */
    public Ed25519.Check next() {
        return switch (random.nextInt(8)) {
            case 0 -> damaged();
            case 1 -> smallOrder();
            case 2 -> mixedOrder(true);
            case 3 -> mixedOrder(false);
            case 4 -> responseTooLarge();
            case 5 -> new Ed25519.Check(key(octets(32)), message(), signature(octets(64)));
            default -> honest();
        };
    }

    /** Returns a valid signature as everyone makes them. */
    public Ed25519.Check honest() {
        byte[] seed = octets(32);
        byte[] message = message();
        return new Ed25519.Check(Ed25519.publicKey(seed), message, Ed25519.sign(seed, message));
    }

    private Ed25519.Check damaged() {
        Ed25519.Check check = honest();
        byte[] key = check.key().toArray();
        byte[] message = check.message().clone();
        byte[] signature = check.signature().toArray();
        int bit = random.nextInt(8);
        switch (random.nextInt(3)) {
            case 0 -> key[random.nextInt(32)] ^= (byte) (1 << bit);
            case 1 -> signature[random.nextInt(64)] ^= (byte) (1 << bit);
            default -> {
                message = Arrays.copyOf(message, message.length + 1);
            }
        }
        return new Ed25519.Check(key(key), message, signature(signature));
    }

    /**
     * Returns the checks of all encodings of small order as key and as nonce, the response zero:
     * all of them valid.
     */
    public List<Ed25519.Check> allSmallOrderPairs() {
        List<Ed25519.Check> checks = new ArrayList<>();
        for (byte[] key : torsionEncodings) {
            for (byte[] nonce : torsionEncodings) {
                checks.add(
                        new Ed25519.Check(
                                key(key.clone()), message(), signature(Arrays.copyOf(nonce, 64))));
            }
        }
        return checks;
    }

    /** Key and nonce of small order, the response zero: valid by the cofactor. */
    private Ed25519.Check smallOrder() {
        byte[] signature = new byte[64];
        System.arraycopy(anyTorsion(), 0, signature, 0, 32);
        if (random.nextInt(4) == 0) {
            signature[32] = 1;
        }
        return new Ed25519.Check(key(anyTorsion()), message(), signature(signature));
    }

    /**
     * Honest up to points of small order that are added to key and nonce: valid by the cofactor.
     */
    private Ed25519.Check mixedOrder(boolean valid) {
        BigInteger secret = scalar();
        BigInteger nonce = scalar();
        byte[] key = Ed25519Reference.BASE.times(secret).add(somePoint()).encode();
        byte[] message = message();
        byte[] signature = new byte[64];
        byte[] r = Ed25519Reference.BASE.times(nonce).add(somePoint()).encode();
        System.arraycopy(r, 0, signature, 0, 32);
        BigInteger k = Ed25519Reference.challenge(key, message, signature);
        BigInteger s = nonce.add(k.multiply(secret)).mod(Ed25519Reference.L);
        if (!valid) {
            s = s.add(BigInteger.ONE).mod(Ed25519Reference.L);
        }
        System.arraycopy(Ed25519Reference.littleEndian(s, 32), 0, signature, 32, 32);
        return new Ed25519.Check(key(key), message, signature(signature));
    }

    private Ed25519.Check responseTooLarge() {
        Ed25519.Check check = honest();
        byte[] signature = check.signature().toArray();
        BigInteger s = Ed25519Reference.number(Arrays.copyOfRange(signature, 32, 64));
        s = s.add(Ed25519Reference.L);
        System.arraycopy(Ed25519Reference.littleEndian(s, 32), 0, signature, 32, 32);
        return new Ed25519.Check(check.key(), check.message(), signature(signature));
    }

    private Ed25519Reference.Point somePoint() {
        return torsion.get(random.nextInt(8));
    }

    private byte[] anyTorsion() {
        return torsionEncodings.get(random.nextInt(torsionEncodings.size())).clone();
    }

    private BigInteger scalar() {
        return new BigInteger(300, random).mod(Ed25519Reference.L);
    }

    private byte[] message() {
        return octets(random.nextInt(200));
    }

    private byte[] octets(int size) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        return octets;
    }

    private static Ed25519Key key(byte[] octets) {
        return Ed25519Key.of(octets);
    }

    private static Ed25519Signature signature(byte[] octets) {
        return Ed25519Signature.of(octets);
    }
}
