package io.marmalade.crypto.bandersnatch;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Prints the median processor time of each operation with each backend: a quick look, not the
 * benchmark suite. On a busy machine run it with {@code -Xbatch}.
 *
 * <p>Arguments: parts of the names of the operations to time; none for all.
 */
public final class Timings {
    private static final int SAMPLES = 40;
    private static final long SAMPLE_NANOS = 4_000_000;
    private static final long WARM_UP_NANOS = 1_500_000_000;

    private static String[] filters = {};

    private Timings() {}

    /** Times the operations. */
    public static void main(String[] arguments) {
        filters = arguments;
        RingVerifierTest.Vector vector = RingVerifierTest.vectors().getFirst();
        RingVerifier verifier = RingVerifier.of(vector.root(), vector.ring().size());
        RingVerifier.Claim claim =
                new RingVerifier.Claim(vector.context(), vector.message(), vector.signature());
        SecretKey secret = SecretKey.ofSeed(new byte[32]);
        byte[] context = new byte[48];
        byte[] message = new byte[300];
        BandersnatchSignature signature = BandersnatchVrf.sign(secret, context, message);
        List<BandersnatchKey> keys = new ArrayList<>();
        for (int i = 0; i < 1023; i++) {
            keys.add(i % 3 == 0 ? vector.ring().get(i % 8) : secret.publicKey());
        }
        for (CurveBackend backend : Backends.all()) {
            String name = backend.name() + " ";
            time(
                    name + "ietf verify",
                    () ->
                            BandersnatchVrf.verify(
                                    backend, secret.publicKey(), context, message, signature));
            time(
                    name + "hash to curve",
                    () -> {
                        PointBatch batch = new PointBatch(2);
                        batch.addMessage(context);
                        batch.solve(backend);
                        return batch;
                    });
            time(name + "pedersen verify", () -> PedersenProof.verifyAll(backend, List.of(claim)));
            for (int count : new int[] {1, 3, 16}) {
                List<RingVerifier.Claim> claims = Collections.nCopies(count, claim);
                time(
                        name + "ring verify of " + count,
                        () -> verifier.verifyAll(backend, new Workers(null), claims));
            }
            for (int count : new int[] {6, 1023}) {
                List<BandersnatchKey> ring = keys.subList(0, count);
                time(
                        name + "ring root of " + count,
                        () -> RingRoots.compute(backend, new Workers(null), ring));
            }
        }
        List<BandersnatchKey> full = new ArrayList<>(Collections.nCopies(1023, keys.getFirst()));
        full.set(500, secret.publicKey());
        for (List<BandersnatchKey> ring : List.of(full.subList(496, 502), full)) {
            RingProver prover = new RingProver(ring);
            time("prove in " + ring.size(), () -> prover.sign(secret, context, message));
        }
        time("ietf sign", () -> BandersnatchVrf.sign(secret, context, message));
    }

    private interface Work {
        Object run();
    }

    private static Object sink = "";

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void time(String name, Work work) {
        if (filters.length > 0 && Arrays.stream(filters).noneMatch(name::contains)) {
            return;
        }
        long start = now();
        int repeats = 0;
        while (now() - start < WARM_UP_NANOS) {
            sink = work.run();
            repeats++;
        }
        start = now();
        for (int i = 0; i < 10; i++) {
            sink = work.run();
        }
        long each = (now() - start) / 10;
        repeats = (int) Math.max(1, SAMPLE_NANOS / each);
        double[] samples = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            start = now();
            for (int j = 0; j < repeats; j++) {
                sink = work.run();
            }
            samples[i] = (now() - start) / (1e3 * repeats);
        }
        Arrays.sort(samples);
        System.out.printf(
                Locale.ROOT,
                "%-32s median %10.1f µs   p10 %10.1f   p90 %10.1f%n",
                name,
                samples[SAMPLES / 2],
                samples[SAMPLES / 10],
                samples[SAMPLES * 9 / 10]);
    }
}
