package io.marmalade.conformance.crypto;

import com.fasterxml.jackson.databind.JsonNode;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.RingRoot;
import io.marmalade.base.RingSignature;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.crypto.bandersnatch.BandersnatchVrf;
import io.marmalade.crypto.bandersnatch.RingProver;
import io.marmalade.crypto.bandersnatch.RingVerifier;
import io.marmalade.crypto.bandersnatch.SecretKey;
import io.marmalade.crypto.bandersnatch.VrfBackend;
import io.marmalade.crypto.bls.BlstUnavailableException;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Verifies the Bandersnatch signatures of the public vectors, singly contextualized, Pedersen's and
 * by rings, with each of some backends; finds each refused with another message; commits to the
 * rings; and signs with the vectors' secrets. Our signatures are others, for their nonces bind more
 * than the vectors' do, but have the same outputs.
 */
public final class BandersnatchVectors {
    private static final String FAMILY = "crypto/bandersnatch";
    private static final byte[] OTHER_MESSAGE = {0x6f, 0x74, 0x68, 0x65, 0x72};

    private BandersnatchVectors() {}

    /** Judges one vector with one backend. */
    private interface Judge {
        @Nullable String judge(VrfBackend backend, JsonNode vector);
    }

    /**
     * Runs the vectors of a folder.
     *
     * @param folder holds {@code ietf.json}, {@code pedersen.json} and {@code ring.json}
     * @param backends what to run them with
     * @return how they fared, each vector counted with each backend
     * @throws IOException if a file cannot be read
     */
    public static FamilyResult run(Path folder, List<VrfBackend> backends) throws IOException {
        int passed = 0;
        List<String> failures = new ArrayList<>();
        for (VrfBackend backend : backends) {
            for (FamilyResult result :
                    List.of(
                            run(backend, folder.resolve("ietf.json"), BandersnatchVectors::single),
                            run(
                                    backend,
                                    folder.resolve("pedersen.json"),
                                    BandersnatchVectors::pedersen),
                            run(backend, folder.resolve("ring.json"), BandersnatchVectors::ring))) {
                passed += result.passed();
                result.failures().forEach(each -> failures.add(each + ", by " + backend.name()));
            }
        }
        return new FamilyResult(FAMILY, passed, failures);
    }

    private static FamilyResult run(VrfBackend backend, Path file, Judge judge) throws IOException {
        return JsonCases.run(
                FAMILY,
                file,
                vector -> {
                    try {
                        return judge.judge(backend, vector);
                    } catch (BlstUnavailableException e) {
                        return e.getMessage();
                    }
                });
    }

    private static @Nullable String single(VrfBackend backend, JsonNode vector) {
        byte[] context = octets(vector, "alpha");
        byte[] message = octets(vector, "ad");
        BandersnatchKey key = BandersnatchKey.parse(JsonCases.text(vector, "pk"));
        BandersnatchSignature signature =
                BandersnatchSignature.of(join(vector, "gamma", "proof_c", "proof_s"));
        Optional<Hash> output = output(vector);
        if (!backend.verify(key, context, message, signature).equals(output)) {
            return "the signature is refused, or has another output";
        }
        if (backend.verify(key, context, OTHER_MESSAGE, signature).isPresent()) {
            return "the signature is taken for that of another message";
        }
        try (SecretKey secret = SecretKey.ofScalar(octets(vector, "sk"))) {
            if (!secret.publicKey().equals(key)) {
                return "the secret's key is " + secret.publicKey();
            }
            BandersnatchSignature ours = BandersnatchVrf.sign(secret, context, message);
            return backend.verify(key, context, message, ours).equals(output)
                    ? null
                    : "our own signature is refused, or has another output";
        }
    }

    private static @Nullable String pedersen(VrfBackend backend, JsonNode vector) {
        byte[] proof =
                Arrays.copyOf(
                        join(
                                vector,
                                "gamma",
                                "proof_pk_com",
                                "proof_r",
                                "proof_ok",
                                "proof_s",
                                "proof_sb"),
                        RingSignature.SIZE);
        byte[] context = octets(vector, "alpha");
        RingSignature signature = RingSignature.of(proof);
        if (!backend.verifyPedersen(
                        new RingVerifier.Claim(context, octets(vector, "ad"), signature))
                .equals(output(vector))) {
            return "the signature is refused, or has another output";
        }
        return backend.verifyPedersen(new RingVerifier.Claim(context, OTHER_MESSAGE, signature))
                        .isPresent()
                ? "the signature is taken for that of another message"
                : null;
    }

    private static @Nullable String ring(VrfBackend backend, JsonNode vector) {
        byte[] context = octets(vector, "alpha");
        byte[] message = octets(vector, "ad");
        byte[] keys = octets(vector, "ring_pks");
        List<BandersnatchKey> ring = new ArrayList<>();
        for (int i = 0; i < keys.length; i += BandersnatchKey.SIZE) {
            ring.add(BandersnatchKey.of(Arrays.copyOfRange(keys, i, i + BandersnatchKey.SIZE)));
        }
        RingRoot root = RingRoot.parse(JsonCases.text(vector, "ring_pks_com"));
        if (!backend.ringRoot(ring).equals(root)) {
            return "the ring has another root";
        }
        RingSignature signature =
                RingSignature.of(
                        join(
                                vector,
                                "gamma",
                                "proof_pk_com",
                                "proof_r",
                                "proof_ok",
                                "proof_s",
                                "proof_sb",
                                "ring_proof"));
        Optional<Hash> output = output(vector);
        if (!backend.verifyRing(
                        root, ring.size(), new RingVerifier.Claim(context, message, signature))
                .equals(output)) {
            return "the signature is refused, or has another output";
        }
        if (backend.verifyRing(
                        root,
                        ring.size(),
                        new RingVerifier.Claim(context, OTHER_MESSAGE, signature))
                .isPresent()) {
            return "the signature is taken for that of another message";
        }
        try (SecretKey secret = SecretKey.ofScalar(octets(vector, "sk"))) {
            RingSignature ours = new RingProver(ring).sign(secret, context, message);
            return backend.verifyRing(
                                    root,
                                    ring.size(),
                                    new RingVerifier.Claim(context, message, ours))
                            .equals(output)
                    ? null
                    : "our own signature is refused, or has another output";
        }
    }

    private static Optional<Hash> output(JsonNode vector) {
        return Optional.of(Hash.of(Arrays.copyOf(octets(vector, "beta"), Hash.SIZE)));
    }

    private static byte[] join(JsonNode vector, String... fields) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (String field : fields) {
            joined.writeBytes(octets(vector, field));
        }
        return joined.toByteArray();
    }

    private static byte[] octets(JsonNode vector, String field) {
        return Bytes.parse(JsonCases.text(vector, field)).octets();
    }
}
