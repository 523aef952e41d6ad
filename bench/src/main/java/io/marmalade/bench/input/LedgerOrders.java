package io.marmalade.bench.input;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Orders for {@code ledger}, the service in C that carries them out. */
final class LedgerOrders {
    /** How many there are. */
    static final int COUNT = 100;

    private static final int KEY_SIZE = 8;
    private static final int VALUE_SIZE = 32;

    private LedgerOrders() {}

    /** Returns orders to write a value under each of a hundred keys. */
    static byte[] make() {
        ByteBuffer out = ByteBuffer.allocate(COUNT * (3 + KEY_SIZE + VALUE_SIZE));
        for (int i = 0; i < COUNT; i++) {
            byte[] key = "key %4d".formatted(i).getBytes(StandardCharsets.US_ASCII);
            byte[] value = new byte[VALUE_SIZE];
            value[0] = (byte) i;
            out.put((byte) 'w').put((byte) key.length).put(key);
            out.put((byte) VALUE_SIZE).put(value);
        }
        return out.array();
    }
}
