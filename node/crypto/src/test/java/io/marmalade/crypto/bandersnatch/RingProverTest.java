package io.marmalade.crypto.bandersnatch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.RingSignature;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class RingProverTest {
    @Test
    void makesTheProofsOfThePublicVectorsWithTheirNonces() {
        for (RingVerifierTest.Vector vector : RingVerifierTest.vectors()) {
            SecretKey secret = SecretKey.ofScalar(vector.secret());
            byte[] input = BandersnatchVrf.encode(BandersnatchVrf.input(vector.context()));
            assertArrayEquals(
                    vector.blinding(),
                    Nonces.encode(
                            DeterministicNonces.INSTANCE.blinding(
                                    secret.scalar(), input, vector.message())));
            RingProver prover = new RingProver(vector.ring());
            assertEquals(vector.root(), prover.root());
            try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
                for (Workers workers : List.of(new Workers(null), new Workers(executor))) {
                    assertEquals(
                            vector.signature(),
                            prover.sign(
                                    workers,
                                    secret,
                                    vector.context(),
                                    vector.message(),
                                    DeterministicNonces.INSTANCE));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 255, 300, 1023})
    void makesSignaturesThatVerify(int ringSize) {
        List<BandersnatchKey> ring = new ArrayList<>();
        SecretKey secret = SecretKey.ofSeed(new byte[] {7});
        BandersnatchKey other = SecretKey.ofSeed(new byte[] {8}).publicKey();
        for (int i = 0; i < ringSize; i++) {
            ring.add(i % 2 == 0 ? other : BandersnatchKey.ZERO);
        }
        ring.set(ringSize - 1, secret.publicKey());
        RingProver prover = new RingProver(ring);
        byte[] context = {1, 2};
        byte[] message = {3};
        RingSignature signature = prover.sign(secret, context, message);
        RingVerifier verifier = RingVerifier.of(prover.root(), ringSize);
        assertEquals(
                Optional.of(BandersnatchVrf.output(secret, context)),
                verifier.verify(context, message, signature));
        assertEquals(Optional.empty(), verifier.verify(message, message, signature));
        assertEquals(Optional.empty(), verifier.verify(context, context, signature));
        RingSignature another = prover.sign(secret, context, message, Runnable::run);
        assertNotEquals(signature, another);
        assertEquals(
                verifier.verify(context, message, signature),
                verifier.verify(context, message, another));
    }

    @Test
    void refusesToSignForAStranger() {
        RingProver prover = new RingProver(List.of(SecretKey.ofSeed(new byte[] {8}).publicKey()));
        SecretKey stranger = SecretKey.ofSeed(new byte[] {9});
        assertThrows(
                IllegalArgumentException.class,
                () -> prover.sign(stranger, new byte[0], new byte[0]));
    }
}
