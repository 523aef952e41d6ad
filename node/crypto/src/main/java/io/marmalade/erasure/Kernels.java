package io.marmalade.erasure;

/** Chooses the kernel. */
final class Kernels {
    /** The kernel of this process. */
    static final TransformKernel CHOSEN = new ScalarKernel();

    private Kernels() {}

    /** Returns all kernels that this machine can run. */
    static TransformKernel[] all() {
        return new TransformKernel[] {new ScalarKernel()};
    }
}
