package io.marmalade.crypto.bandersnatch;

import io.marmalade.base.RingRoot;
import io.marmalade.crypto.bls.BlstUnavailableException;

/** Prints what still works in a process in which blst cannot be loaded. */
public final class WithoutBlst {
    private WithoutBlst() {}

    /** Runs. */
    public static void main(String[] arguments) {
        System.out.println("backend " + Backends.current().name());
        try (SecretKey key = SecretKey.ofSeed(new byte[32])) {
            byte[] context = {1};
            boolean valid =
                    BandersnatchVrf.verify(
                            key.publicKey(),
                            context,
                            context,
                            BandersnatchVrf.sign(key, context, context));
            System.out.println(valid ? "seal valid" : "seal invalid");
        }
        try {
            RingVerifier.of(RingRoot.ZERO, 6);
            System.out.println("rings");
        } catch (BlstUnavailableException e) {
            System.out.println("no rings: " + e.getMessage());
        }
    }
}
