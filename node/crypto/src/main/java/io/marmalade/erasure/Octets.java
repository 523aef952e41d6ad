package io.marmalade.erasure;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Copies of a few octets, for which a call of the library's copy costs more than the copy. */
final class Octets {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private Octets() {}

    static void copy(byte[] in, int inOffset, byte[] out, int outOffset, int length) {
        if (length == 12) {
            LONGS.set(out, outOffset, (long) LONGS.get(in, inOffset));
            INTS.set(out, outOffset + 8, (int) INTS.get(in, inOffset + 8));
        } else {
            System.arraycopy(in, inOffset, out, outOffset, length);
        }
    }
}
