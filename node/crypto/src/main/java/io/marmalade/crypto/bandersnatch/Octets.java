package io.marmalade.crypto.bandersnatch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers in octet arrays. */
final class Octets {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Octets() {}

    static long longAt(byte[] octets, int offset) {
        return (long) LONG.get(octets, offset);
    }

    static void putLong(byte[] octets, int offset, long value) {
        LONG.set(octets, offset, value);
    }
}
