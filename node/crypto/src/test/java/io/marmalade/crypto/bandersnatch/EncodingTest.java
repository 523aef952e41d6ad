package io.marmalade.crypto.bandersnatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Hash;
import io.marmalade.base.RingRoot;
import io.marmalade.base.RingSignature;
import io.marmalade.crypto.bls.Blst;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Which encodings are refused, and which odd ones are not. */
class EncodingTest {
    private static final byte[] CONTEXT = {1, 2, 3};
    private static final byte[] MESSAGE = {4};

    private static final SecretKey SECRET = SecretKey.ofSeed(new byte[32]);

    static Iterable<CurveBackend> backends() {
        return Backends.all();
    }

    private static byte[] littleEndian(BigInteger value) {
        byte[] octets = new byte[32];
        for (int i = 0; i < 32; i++) {
            octets[i] = value.shiftRight(8 * i).byteValue();
        }
        return octets;
    }

    private static BigInteger integer(byte[] octets, int offset) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 31; i >= 0; i--) {
            value = value.shiftLeft(8).add(BigInteger.valueOf(octets[offset + i] & 0xff));
        }
        return value;
    }

    private static boolean decodes(CurveBackend backend, byte[] octets) {
        PointBatch batch = new PointBatch(1);
        int index = batch.addEncoding(octets, 0);
        batch.solve(backend);
        return batch.isValid(index);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void refusesPointsThatAreNotCanonical(CurveBackend backend) {
        assertTrue(decodes(backend, littleEndian(BigInteger.ONE)));
        assertFalse(decodes(backend, littleEndian(BigInteger.ONE.add(Fr.MODULUS))));
        assertFalse(decodes(backend, littleEndian(Fr.MODULUS)));
        byte[] largest = new byte[32];
        Arrays.fill(largest, (byte) 0xff);
        assertFalse(decodes(backend, largest));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void acceptsTheIdentityWithEitherSign(CurveBackend backend) {
        byte[] identity = littleEndian(BigInteger.ONE);
        assertTrue(decodes(backend, identity));
        identity[31] |= (byte) 0x80;
        assertTrue(decodes(backend, identity));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void refusesPointsOutsideTheSubgroup(CurveBackend backend) {
        // (0, −1) is of order two; −P + (0, −1) is (x, −y).
        assertFalse(decodes(backend, littleEndian(Fr.MODULUS.subtract(BigInteger.ONE))));
        BigInteger y = Fr.toBigInteger(Point.GENERATOR, Point.Y);
        assertTrue(decodes(backend, littleEndian(y)));
        assertFalse(decodes(backend, littleEndian(Fr.MODULUS.subtract(y))));
        // a − dy² = 0 belongs to the points of order two at infinity.
        BigInteger d = Fr.toBigInteger(Point.D, 0);
        BigInteger square =
                BigInteger.valueOf(-5).multiply(d.modInverse(Fr.MODULUS)).mod(Fr.MODULUS);
        long[] powers = new long[4 * SquareRoots.POWERS];
        long[] root = new long[4];
        PlainBackend.INSTANCE.rootPowers(Fr.of(square), 1, powers);
        assertTrue(SquareRoots.root(root, 0, Fr.of(square), 0, powers, 0));
        byte[] infinite = new byte[32];
        Fr.encode(infinite, 0, root, 0);
        assertFalse(decodes(backend, infinite));
    }

    @Test
    void acceptsAQuarterOfTheCurve() {
        long seed = Long.getLong("marmalade.seed", System.nanoTime());
        System.out.println("curve points: -Dmarmalade.seed=" + seed);
        Random random = new Random(seed);
        long[] order = Scalar.limbs(Scalar.ORDER);
        int onCurve = 0;
        int inSubgroup = 0;
        for (int i = 0; i < 800; i++) {
            byte[] octets = littleEndian(new BigInteger(260, random).mod(Fr.MODULUS));
            PointBatch batch = new PointBatch(1);
            int index = batch.addEncoding(octets, 0);
            batch.solve(PlainBackend.INSTANCE);
            if (batch.isOnCurve(index)) {
                onCurve++;
                long[] product = new long[Point.LENGTH];
                Point.identity(product);
                long[] w = Point.workspace();
                for (int j = 252; j >= 0; j--) {
                    Point.twice(product, 0, product, 0, w);
                    if ((order[j >> 6] >>> (j & 63) & 1) != 0) {
                        Point.add(product, 0, product, 0, batch.point(index), 0, w);
                    }
                }
                boolean neutral =
                        !Fr.isZero(product, Point.Z)
                                && Fr.isZero(product, Point.X)
                                && Fr.equal(product, Point.Y, product, Point.Z);
                assertEquals(neutral, batch.isValid(index), HexFormat.of().formatHex(octets));
                inSubgroup += neutral ? 1 : 0;
            } else {
                assertFalse(batch.isValid(index));
            }
        }
        assertTrue(onCurve > 300 && onCurve < 500, "on the curve: " + onCurve);
        assertTrue(inSubgroup > 50 && inSubgroup < 160, "in the subgroup: " + inSubgroup);
    }

    private static boolean verifies(byte[] signature) {
        return BandersnatchVrf.verify(
                SECRET.publicKey(), CONTEXT, MESSAGE, BandersnatchSignature.of(signature));
    }

    @Test
    void refusesAScalarThatIsNotReducedButReducesAChallenge() {
        byte[] signature = BandersnatchVrf.sign(SECRET, CONTEXT, MESSAGE).toArray();
        assertTrue(verifies(signature));
        byte[] changed = signature.clone();
        BigInteger challenge = integer(signature, 32).add(Scalar.ORDER);
        System.arraycopy(littleEndian(challenge), 0, changed, 32, 32);
        assertTrue(verifies(changed), "c is reduced");
        changed = signature.clone();
        BigInteger scalar = integer(signature, 64).add(Scalar.ORDER);
        System.arraycopy(littleEndian(scalar), 0, changed, 64, 32);
        assertFalse(verifies(changed), "s is refused");
    }

    @Test
    void acceptsASignatureOfTheIdentity() {
        // The secret key 0: Y = O = the identity, and s = k for any k.
        byte[] identity = littleEndian(BigInteger.ONE);
        long[] input = BandersnatchVrf.input(CONTEXT);
        long[] k = {3, 1, 4, 1};
        long[] neutral = new long[Point.LENGTH];
        Point.identity(neutral);
        byte[] points =
                BandersnatchVrf.encode(
                        neutral,
                        input,
                        neutral,
                        ConstantTime.multiply(k, Point.GENERATOR),
                        ConstantTime.multiply(k, input));
        byte[] c = Nonces.encode(Suite.challenge(points, MESSAGE));
        byte[] signed = identity.clone();
        signed[31] |= (byte) 0x80;
        for (byte[] output : List.of(identity, signed)) {
            BandersnatchSignature signature =
                    BandersnatchSignature.of(Vectors.join(output, c, Nonces.encode(k)));
            Optional<Hash> result =
                    BandersnatchVrf.verifyAndOutput(
                            BandersnatchKey.of(identity), CONTEXT, MESSAGE, signature);
            assertEquals(Optional.of(Suite.output(identity)), result);
            assertEquals(result.get(), BandersnatchVrf.output(signature));
        }
    }

    @Test
    void refusesWhatIsTruncated() {
        assertThrows(IllegalArgumentException.class, () -> BandersnatchSignature.of(new byte[95]));
        assertThrows(IllegalArgumentException.class, () -> RingSignature.of(new byte[783]));
        assertThrows(IllegalArgumentException.class, () -> RingRoot.of(new byte[143]));
        assertThrows(IllegalArgumentException.class, () -> SecretKey.ofScalar(new byte[31]));
    }

    @Test
    void refusesSecretScalarsThatAreZeroOrNotReduced() {
        assertThrows(IllegalArgumentException.class, () -> SecretKey.ofScalar(new byte[32]));
        assertThrows(
                IllegalArgumentException.class,
                () -> SecretKey.ofScalar(littleEndian(Scalar.ORDER)));
    }

    private static boolean decodesG1(byte[] octets) {
        Blst.require();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(192, 64);
            MemorySegment.copy(octets, 0, memory, ValueLayout.JAVA_BYTE, 96, 48);
            return GroupDecoding.decode(memory.address(), memory.address() + 96);
        }
    }

    @Test
    void decodesThePairingCurveStrictly() {
        byte[] generator = Arrays.copyOf(RingSetup.resource("powers.srs"), 48);
        assertTrue(decodesG1(generator));
        byte[] infinity = new byte[48];
        infinity[0] = (byte) 0xc0;
        assertTrue(decodesG1(infinity));
        byte[] changed = infinity.clone();
        changed[47] = 1;
        assertFalse(decodesG1(changed), "the identity with something behind it");
        changed = infinity.clone();
        changed[0] = (byte) 0xe0;
        assertFalse(decodesG1(changed), "the identity with a sign");
        changed = generator.clone();
        changed[0] &= 0x7f;
        assertFalse(decodesG1(changed), "not marked as compressed");
        BigInteger p =
                new BigInteger(
                        "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f624"
                                + "1eabfffeb153ffffb9feffffffffaaab",
                        16);
        int outside = 0;
        int none = 0;
        for (int x = 0; x < 40; x++) {
            byte[] octets = encodeG1(BigInteger.valueOf(x));
            assertFalse(decodesG1(octets), "small x are not in the subgroup");
            assertFalse(decodesG1(encodeG1(p.add(BigInteger.valueOf(x)))), "x is not reduced");
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(192, 64);
                MemorySegment.copy(octets, 0, memory, ValueLayout.JAVA_BYTE, 96, 48);
                if (Blst.p1Uncompress(memory.address(), memory.address() + 96) == 0) {
                    outside++;
                } else {
                    none++;
                }
            }
        }
        assertTrue(outside > 0 && none > 0, outside + " outside, " + none + " not on the curve");
    }

    private static byte[] encodeG1(BigInteger x) {
        byte[] octets = new byte[48];
        for (int i = 0; i < 48; i++) {
            octets[47 - i] = x.shiftRight(8 * i).byteValue();
        }
        octets[0] |= (byte) 0x80;
        return octets;
    }

    @Test
    void refusesEachPartOfARingSignatureThatIsNotCanonical() {
        List<BandersnatchKey> ring = List.of(SECRET.publicKey());
        RingProver prover = new RingProver(ring);
        byte[] signature = prover.sign(SECRET, CONTEXT, MESSAGE).toArray();
        RingVerifier verifier = RingVerifier.of(prover.root(), 1);
        assertTrue(verifier.verify(CONTEXT, MESSAGE, RingSignature.of(signature)).isPresent());
        List<byte[]> bad = new ArrayList<>();
        for (int at : new int[] {128, 160}) {
            bad.add(
                    replaced(
                            signature, at, littleEndian(integer(signature, at).add(Scalar.ORDER))));
        }
        for (int i = 0; i < 8; i++) {
            int at = i < 7 ? 384 + 32 * i : 656;
            bad.add(replaced(signature, at, littleEndian(integer(signature, at).add(Fr.MODULUS))));
        }
        for (int at : new int[] {0, 32, 64, 96}) {
            BigInteger y = integer(signature, at).clearBit(255);
            bad.add(replaced(signature, at, littleEndian(y.add(Fr.MODULUS).setBit(255))));
            bad.add(replaced(signature, at, littleEndian(Fr.MODULUS.subtract(y))));
            bad.add(replaced(signature, at, littleEndian(BigInteger.ONE)));
        }
        byte[] infinity = new byte[48];
        infinity[0] = (byte) 0xc0;
        for (int at : RingProof.POINT_OFFSETS) {
            bad.add(replaced(signature, at, infinity));
            bad.add(replaced(signature, at, encodeG1(BigInteger.valueOf(4))));
            bad.add(replaced(signature, at, new byte[48]));
            byte[] negated = Arrays.copyOfRange(signature, at, at + 48);
            negated[0] ^= 0x20;
            bad.add(replaced(signature, at, negated));
        }
        bad.add(new byte[RingSignature.SIZE]);
        for (byte[] octets : bad) {
            assertEquals(
                    Optional.empty(), verifier.verify(CONTEXT, MESSAGE, RingSignature.of(octets)));
        }
    }

    private static byte[] replaced(byte[] signature, int at, byte[] part) {
        byte[] changed = signature.clone();
        System.arraycopy(part, 0, changed, at, part.length);
        return changed;
    }

    @Test
    void findsNothingValidUnderARootThatIsNoCommitment() {
        List<BandersnatchKey> ring = List.of(SECRET.publicKey());
        RingProver prover = new RingProver(ring);
        RingSignature signature = prover.sign(SECRET, CONTEXT, MESSAGE);
        byte[] infinite = new byte[RingRoot.SIZE];
        infinite[0] = (byte) 0xc0;
        infinite[48] = (byte) 0xc0;
        infinite[96] = (byte) 0xc0;
        byte[] half = prover.root().toArray();
        half[1] ^= 1;
        for (byte[] root : List.of(new byte[RingRoot.SIZE], infinite, half)) {
            assertEquals(
                    Optional.empty(),
                    RingVerifier.of(RingRoot.of(root), 1).verify(CONTEXT, MESSAGE, signature));
        }
        assertThrows(IllegalArgumentException.class, () -> RingVerifier.of(prover.root(), 0));
        assertThrows(IllegalArgumentException.class, () -> RingVerifier.of(prover.root(), 1792));
    }
}
