package io.marmalade.erasure;

import io.marmalade.crypto.backend.Tiered;

import java.util.ArrayList;
import java.util.List;

/** The kernels, and which of them to use. */
final class Kernels {
    /** Words of data that are coded plainly before vectors are warmed up: some 300 KB. */
    private static final long THRESHOLD = 150_000;

    private static final TransformKernel PLAIN = new ScalarKernel();

    private static final Tiered<TransformKernel> TIERED =
            new Tiered<>(
                    "erasure",
                    PLAIN,
                    () -> VectorKernel.fits() ? new VectorKernel() : new NarrowVectorKernel(),
                    new Sample(),
                    THRESHOLD);

    private Kernels() {}

    /** Returns the kernel to use for so many words of data. */
    static TransformKernel forWork(long words) {
        return TIERED.forWork(words);
    }

    /** Returns all kernels that this machine can run. */
    static TransformKernel[] all() {
        List<TransformKernel> all = new ArrayList<>(List.of(new ScalarKernel()));
        if (Tiered.vectorsAvailable()) {
            all.add(new NarrowVectorKernel());
            if (VectorKernel.fits()) {
                all.add(new VectorKernel());
            }
        }
        return all.toArray(TransformKernel[]::new);
    }

    /** Encodes and restores a little. */
    private static final class Sample implements Tiered.Trial<TransformKernel> {
        private static final int BLOCK = 64;
        private static final int WIDTH = 64;

        private final byte[] work = new byte[2 * BLOCK * 2 * WIDTH];
        private final byte[] octets = new byte[2 * WIDTH];

        @Override
        public void run(TransformKernel kernel) {
            for (int i = 0; i < BLOCK; i++) {
                kernel.spread(octets, 0, WIDTH, work, i * 2 * WIDTH, WIDTH);
                kernel.product(work, i * 2 * WIDTH, i * 2 * WIDTH, WIDTH, 4711 + i);
            }
            int second = BLOCK * 2 * WIDTH;
            kernel.inverse(work, 0, BLOCK, BLOCK, 0, WIDTH);
            kernel.inverse(work, second, BLOCK, BLOCK, BLOCK, WIDTH);
            kernel.addProducts(work, 0, second, BLOCK, WIDTH, 3);
            kernel.derive(work, 0, BLOCK, WIDTH);
            kernel.add(work, 0, second, second);
            kernel.forward(work, 0, BLOCK, BLOCK, BLOCK, WIDTH);
            for (int i = 0; i < BLOCK; i++) {
                kernel.gather(work, i * 2 * WIDTH, WIDTH, octets, 0, WIDTH);
            }
        }
    }
}
