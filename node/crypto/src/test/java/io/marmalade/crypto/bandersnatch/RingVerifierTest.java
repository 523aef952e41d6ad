package io.marmalade.crypto.bandersnatch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.Hash;
import io.marmalade.base.RingRoot;
import io.marmalade.base.RingSignature;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

class RingVerifierTest {
    private static final String FILE = "crypto/bandersnatch/ring.json";

    /** One of the public vectors. */
    record Vector(
            byte[] secret,
            byte[] context,
            byte[] message,
            List<BandersnatchKey> ring,
            RingRoot root,
            RingSignature signature,
            Hash output,
            byte[] blinding) {}

    static List<Vector> vectors() {
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode node : Vectors.all(FILE)) {
            byte[] keys = Vectors.octets(node, "ring_pks");
            List<BandersnatchKey> ring = new ArrayList<>();
            for (int i = 0; i < keys.length; i += 32) {
                ring.add(BandersnatchKey.of(Arrays.copyOfRange(keys, i, i + 32)));
            }
            vectors.add(
                    new Vector(
                            Vectors.octets(node, "sk"),
                            Vectors.octets(node, "alpha"),
                            Vectors.octets(node, "ad"),
                            ring,
                            RingRoot.of(Vectors.octets(node, "ring_pks_com")),
                            RingSignature.of(
                                    Vectors.join(
                                            Vectors.octets(node, "gamma"),
                                            Vectors.octets(node, "proof_pk_com"),
                                            Vectors.octets(node, "proof_r"),
                                            Vectors.octets(node, "proof_ok"),
                                            Vectors.octets(node, "proof_s"),
                                            Vectors.octets(node, "proof_sb"),
                                            Vectors.octets(node, "ring_proof"))),
                            Hash.of(Arrays.copyOf(Vectors.octets(node, "beta"), 32)),
                            Vectors.octets(node, "blinding")));
        }
        return vectors;
    }

    @Test
    void agreesWithThePublicVectors() {
        List<Vector> vectors = vectors();
        for (Vector vector : vectors) {
            assertEquals(vector.root(), RingRoots.of(vector.ring()));
            assertEquals(
                    Optional.of(vector.output()),
                    RingVerifier.of(vector.root(), vector.ring().size())
                            .verify(vector.context(), vector.message(), vector.signature()));
            RingVerifier.Claim claim =
                    new RingVerifier.Claim(vector.context(), vector.message(), vector.signature());
            for (CurveBackend backend : Backends.all()) {
                assertEquals(
                        vector.root(),
                        RingRoots.compute(backend, new Workers(null), vector.ring()));
                assertEquals(
                        List.of(Optional.of(vector.output())),
                        RingVerifier.of(vector.root(), vector.ring().size())
                                .verifyAll(backend, new Workers(null), List.of(claim)),
                        backend.name());
            }
        }
        assertEquals(7, vectors.size());
    }

    @Test
    void refusesTheIdentityInPlaceOfAPoint() {
        Vector vector = vectors().getFirst();
        RingVerifier verifier = RingVerifier.of(vector.root(), vector.ring().size());
        RingVerifier.Claim valid =
                new RingVerifier.Claim(vector.context(), vector.message(), vector.signature());
        List<Optional<Hash>> expected = List.of(Optional.empty(), Optional.of(vector.output()));
        for (int offset : RingProof.POINT_OFFSETS) {
            byte[] octets = vector.signature().octets().clone();
            Arrays.fill(octets, offset, offset + GroupDecoding.SIZE, (byte) 0);
            octets[offset] = (byte) 0xc0;
            List<RingVerifier.Claim> claims =
                    List.of(
                            new RingVerifier.Claim(
                                    vector.context(), vector.message(), RingSignature.of(octets)),
                            valid);
            assertEquals(expected, verifier.verifyAll(claims));
            assertEquals(expected, verifier.verifyAll(claims, Runnable::run));
        }
    }

    @Test
    void verifiesTheSameTicketTwiceInABlock() {
        Vector vector = vectors().getFirst();
        RingVerifier verifier = RingVerifier.of(vector.root(), vector.ring().size());
        RingVerifier.Claim claim =
                new RingVerifier.Claim(vector.context(), vector.message(), vector.signature());
        List<Optional<Hash>> expected =
                List.of(Optional.of(vector.output()), Optional.of(vector.output()));
        assertEquals(expected, verifier.verifyAll(List.of(claim, claim)));
        assertEquals(expected, verifier.verifyAll(List.of(claim, claim), Runnable::run));
    }

    @Test
    void agreesWithThePublicVectorsOfPedersenSignatures() {
        List<JsonNode> vectors = Vectors.all("crypto/bandersnatch/pedersen.json");
        for (JsonNode node : vectors) {
            byte[] parts =
                    Vectors.join(
                            Vectors.octets(node, "gamma"),
                            Vectors.octets(node, "proof_pk_com"),
                            Vectors.octets(node, "proof_r"),
                            Vectors.octets(node, "proof_ok"),
                            Vectors.octets(node, "proof_s"),
                            Vectors.octets(node, "proof_sb"));
            byte[] context = Vectors.octets(node, "alpha");
            byte[] message = Vectors.octets(node, "ad");
            Hash output = Hash.of(Arrays.copyOf(Vectors.octets(node, "beta"), 32));
            for (CurveBackend backend : Backends.all()) {
                for (int changed = -1; changed < PedersenProof.SIZE; changed += 19) {
                    byte[] octets = Arrays.copyOf(parts, RingSignature.SIZE);
                    if (changed >= 0) {
                        octets[changed] ^= 1;
                    }
                    PedersenProof proof =
                            PedersenProof.verifyAll(
                                            backend,
                                            List.of(
                                                    new RingVerifier.Claim(
                                                            context,
                                                            message,
                                                            RingSignature.of(octets))))
                                    .getFirst();
                    assertEquals(changed < 0, proof != null);
                    if (proof != null) {
                        assertEquals(output, proof.output());
                        assertEquals(
                                node.get("proof_pk_com").asText(),
                                Point.toString(proof.commitment()));
                    }
                }
            }
        }
        assertEquals(7, vectors.size());
    }

    @Test
    void findsTheWrongOnesOfABatch() {
        Vector vector = vectors().getFirst();
        RingVerifier verifier = RingVerifier.of(vector.root(), vector.ring().size());
        RingVerifier.Claim good =
                new RingVerifier.Claim(vector.context(), vector.message(), vector.signature());
        RingVerifier.Claim otherContext =
                new RingVerifier.Claim(new byte[] {1}, vector.message(), vector.signature());
        Optional<Hash> output = Optional.of(vector.output());
        assertEquals(
                List.of(output, output, output), verifier.verifyAll(List.of(good, good, good)));
        for (int at : new int[] {0, 40, 70, 100, 130, 170, 384, 400, 500, 660}) {
            byte[] changed = vector.signature().toArray();
            changed[at] ^= 1;
            RingVerifier.Claim bad =
                    new RingVerifier.Claim(
                            vector.context(), vector.message(), RingSignature.of(changed));
            assertEquals(
                    List.of(Optional.empty(), output, Optional.empty()),
                    verifier.verifyAll(List.of(bad, good, otherContext)),
                    "octet " + at);
            assertEquals(List.of(Optional.empty()), verifier.verifyAll(List.of(bad)));
        }
        assertEquals(List.of(), verifier.verifyAll(List.of()));
    }

    @Test
    void findsTheSameWithWhateverHelp() {
        Vector vector = vectors().getFirst();
        RingVerifier verifier = RingVerifier.of(vector.root(), vector.ring().size());
        List<RingVerifier.Claim> claims = new ArrayList<>();
        List<Optional<Hash>> expected = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            byte[] context = i % 5 == 1 ? new byte[] {9} : vector.context();
            claims.add(new RingVerifier.Claim(context, vector.message(), vector.signature()));
            expected.add(i % 5 == 1 ? Optional.empty() : Optional.of(vector.output()));
        }
        Executor never = task -> {};
        Executor refusing =
                task -> {
                    throw new RejectedExecutionException();
                };
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (Executor executor : List.of(two, Runnable::run, never, refusing)) {
                for (int count : new int[] {0, 1, 2, 3, 12}) {
                    assertEquals(
                            expected.subList(0, count),
                            verifier.verifyAll(claims.subList(0, count), executor));
                }
            }
        }
    }

    @Test
    void computesTheRootsOfTheSafroleVectors() throws IOException {
        int count = 0;
        try (Stream<Path> files = Files.list(Vectors.path("stf/safrole/tiny"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                JsonNode state = Vectors.json(file).get("pre_state");
                List<BandersnatchKey> keys = new ArrayList<>();
                state.get("gamma_k")
                        .forEach(k ->
                                keys.add(BandersnatchKey.parse(k.get("bandersnatch").asText())));
                assertEquals(
                        RingRoot.parse(state.get("gamma_z").asText()),
                        RingRoots.of(keys),
                        file.toString());
                count++;
            }
        }
        assertEquals(21, count);
    }

    @Test
    void shipsTheSetupThatTheFileGives() throws IOException {
        RingSetupGenerator generator =
                new RingSetupGenerator(
                        Files.readAllBytes(
                                Vectors.path(
                                        "crypto/bandersnatch/zcash-srs-2-11-uncompressed.bin")));
        assertArrayEquals(generator.pairing(), RingSetup.resource("pairing.srs"));
        assertArrayEquals(generator.powers(), RingSetup.resource("powers.srs"));
        for (int ringSize : new int[] {6, 510, 1023}) {
            RingDomain domain = RingDomain.of(ringSize);
            assertArrayEquals(
                    generator.lagrange(domain),
                    RingSetup.resource("lagrange-" + domain.size() + ".srs"),
                    "domain of " + domain.size());
        }
    }
}
