package io.marmalade.invocation.refine;

import io.marmalade.pvm.GuestMemory;

/** Copies between the memories of two machines. */
final class Copy {
    /** The most octets of one copy: an {@code int} counts them. */
    private static final int PIECE = 1 << 30;

    private Copy() {}

    /**
     * Copies octets.
     *
     * @param size both ranges are accessible, so that it is at most 2³²
     */
    static void between(GuestMemory source, long from, GuestMemory target, long to, long size) {
        for (long done = 0; done < size; done += PIECE) {
            int length = (int) Math.min(size - done, PIECE);
            target.copyFrom(to + done, source, from + done, length);
        }
    }
}
