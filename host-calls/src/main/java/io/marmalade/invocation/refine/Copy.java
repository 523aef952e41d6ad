package io.marmalade.invocation.refine;

import io.marmalade.pvm.GuestMemory;

/** Copies between the memories of two machines. */
final class Copy {
    private static final int CHUNK = 64 << 10;

    private Copy() {}

    /**
     * Copies octets, piece by piece.
     *
     * @param size both ranges are accessible, so that it is at most 2³²
     */
    static void between(GuestMemory source, long from, GuestMemory target, long to, long size) {
        if (size == 0) {
            return;
        }
        byte[] buffer = new byte[(int) Math.min(size, CHUNK)];
        for (long done = 0; done < size; done += buffer.length) {
            int length = (int) Math.min(size - done, buffer.length);
            source.read(from + done, buffer, 0, length);
            target.write(to + done, buffer, 0, length);
        }
    }
}
