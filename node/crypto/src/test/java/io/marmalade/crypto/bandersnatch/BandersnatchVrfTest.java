package io.marmalade.crypto.bandersnatch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Hash;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

class BandersnatchVrfTest {
    private static final String FILE = "crypto/bandersnatch/ietf.json";

    @Test
    void agreesWithThePublicVectors() {
        List<JsonNode> vectors = Vectors.all(FILE);
        for (JsonNode vector : vectors) {
            byte[] alpha = Vectors.octets(vector, "alpha");
            byte[] ad = Vectors.octets(vector, "ad");
            SecretKey secret = SecretKey.ofScalar(Vectors.octets(vector, "sk"));
            assertEquals(BandersnatchKey.of(Vectors.octets(vector, "pk")), secret.publicKey());
            assertEquals(vector.get("h").asText(), Point.toString(BandersnatchVrf.input(alpha)));
            BandersnatchSignature expected =
                    BandersnatchSignature.of(
                            Vectors.join(
                                    Vectors.octets(vector, "gamma"),
                                    Vectors.octets(vector, "proof_c"),
                                    Vectors.octets(vector, "proof_s")));
            assertEquals(
                    expected,
                    BandersnatchVrf.sign(secret, alpha, ad, DeterministicNonces.INSTANCE));
            Hash output = Hash.of(Arrays.copyOf(Vectors.octets(vector, "beta"), 32));
            assertEquals(
                    Optional.of(output),
                    BandersnatchVrf.verifyAndOutput(secret.publicKey(), alpha, ad, expected));
            for (CurveBackend backend : Backends.all()) {
                assertEquals(
                        Optional.of(output),
                        BandersnatchVrf.verify(backend, secret.publicKey(), alpha, ad, expected),
                        backend.name());
            }
            assertEquals(output, BandersnatchVrf.output(expected));
            assertEquals(output, BandersnatchVrf.output(secret, alpha));
        }
        assertEquals(7, vectors.size());
    }

    @Test
    void hashesTheStringsOfTheConstantsToTheConstants() {
        assertEquals(
                Point.toString(Point.BLINDING_BASE),
                hashed(
                        "basis caecans lucis occultae quae mentem fugit et tenebras iis qui vident"
                                + " creat"));
        assertEquals(
                Point.toString(Point.ACCUMULATOR_SEED),
                hashed(
                        "substratum accumulatoris quod in silentio temporis arcanum absconditum"
                                + " custodit"));
        assertEquals(
                Point.toString(Point.PADDING),
                hashed(
                        "umbra quae vacuum implet ab animabus perditis relictum inter tenebras"
                                + " resonans"));
    }

    private static String hashed(String text) {
        return Point.toString(
                BandersnatchVrf.input(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    }

    @Test
    void acceptsWhatItSignsAndNothingElse() {
        SecretKey secret = SecretKey.ofSeed(new byte[32]);
        SecretKey other = SecretKey.ofSeed(new byte[] {1});
        byte[] context = {1, 2, 3};
        byte[] message = {4, 5};
        BandersnatchSignature signature = BandersnatchVrf.sign(secret, context, message);
        assertTrue(BandersnatchVrf.verify(secret.publicKey(), context, message, signature));
        assertFalse(BandersnatchVrf.verify(other.publicKey(), context, message, signature));
        assertFalse(BandersnatchVrf.verify(secret.publicKey(), message, message, signature));
        assertFalse(BandersnatchVrf.verify(secret.publicKey(), context, context, signature));
        for (int bit : new int[] {0, 200, 256, 300, 512, 700}) {
            byte[] changed = signature.toArray();
            changed[bit >> 3] ^= (byte) (1 << (bit & 7));
            assertFalse(
                    BandersnatchVrf.verify(
                            secret.publicKey(),
                            context,
                            message,
                            BandersnatchSignature.of(changed)),
                    "bit " + bit);
        }
    }

    @Test
    void neverUsesANonceTwice() {
        SecretKey secret = SecretKey.ofSeed(new byte[32]);
        byte[] context = {1};
        assertNotEquals(
                BandersnatchVrf.sign(secret, context, new byte[] {1}),
                BandersnatchVrf.sign(secret, context, new byte[] {1}));
    }

    @Test
    void derivesTheSecretOfASeedAsJip5Does() {
        // The first trivial seed of JIP-5: its Bandersnatch seed and keys.
        SecretKey secret =
                SecretKey.ofSeed(
                        HexFormat.of()
                                .parseHex(
                                        "007596986419e027e65499cc87027a236bf4a78b5e8bd7f675759d73e7a9c799"));
        assertEquals(
                BandersnatchKey.parse(
                        "ff71c6c03ff88adb5ed52c9681de1629a54e702fc14729f6b50d2f0a76f185b3"),
                secret.publicKey());
    }

    @Test
    void wipesASecret() {
        SecretKey secret = SecretKey.ofSeed(new byte[32]);
        long[] scalar = secret.scalar();
        secret.close();
        assertArrayEquals(new long[4], scalar);
        org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException.class, secret::scalar);
    }
}
