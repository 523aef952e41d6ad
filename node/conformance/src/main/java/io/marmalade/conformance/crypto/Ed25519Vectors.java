package io.marmalade.conformance.crypto;

import com.fasterxml.jackson.databind.JsonNode;

import io.marmalade.base.Bytes;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.crypto.ed25519.Ed25519;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Verifies the signatures on which libraries disagree: by ZIP-215 all of them are valid, alone and
 * together.
 */
public final class Ed25519Vectors {
    private Ed25519Vectors() {}

    /**
     * Runs the vectors of a folder.
     *
     * @throws IOException if the file cannot be read
     */
    public static FamilyResult run(Path folder) throws IOException {
        List<Ed25519.Check> checks = new ArrayList<>();
        FamilyResult single =
                JsonCases.run(
                        "crypto/ed25519",
                        folder.resolve("vectors.json"),
                        vector -> {
                            Ed25519.Check check = check(vector);
                            checks.add(check);
                            return Ed25519.verify(check.key(), check.message(), check.signature())
                                    ? null
                                    : "refused: " + JsonCases.text(vector, "desc");
                        });
        List<String> failures = new ArrayList<>(single.failures());
        boolean[] together = Ed25519.verifyAll(checks);
        for (int i = 0; i < together.length; i++) {
            if (!together[i]) {
                failures.add("vectors.json case " + i + ": refused among others");
            }
        }
        return new FamilyResult(single.family(), single.passed(), failures);
    }

    private static Ed25519.Check check(JsonNode vector) {
        return new Ed25519.Check(
                Ed25519Key.parse(JsonCases.text(vector, "pk")),
                Bytes.parse(JsonCases.text(vector, "msg")).octets(),
                Ed25519Signature.parse(JsonCases.text(vector, "r") + JsonCases.text(vector, "s")));
    }
}
