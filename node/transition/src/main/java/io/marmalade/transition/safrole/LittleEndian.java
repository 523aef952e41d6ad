package io.marmalade.transition.safrole;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Four octets as a number. */
final class LittleEndian {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static void putInt(byte[] octets, int offset, int value) {
        INT.set(octets, offset, value);
    }

    static long unsignedInt(byte[] octets, int offset) {
        return (int) INT.get(octets, offset) & 0xffff_ffffL;
    }
}
