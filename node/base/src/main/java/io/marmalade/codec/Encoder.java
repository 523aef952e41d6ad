package io.marmalade.codec;

import io.marmalade.base.Bytes;
import io.marmalade.base.FixedOctets;
import io.marmalade.base.ProtocolConfig;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.SortedMap;
import java.util.function.BiConsumer;

/**
 * Writes encodings one after the other into a growing array. Not thread-safe.
 *
 * @gp sec:serialization
 */
public final class Encoder {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ProtocolConfig config;
    private byte[] buffer = new byte[256];
    private int size;

    /**
     * @param config what the structures' encodings depend on
     */
    public Encoder(ProtocolConfig config) {
        this.config = config;
    }

    /** Returns what the structures' encodings depend on. */
    public ProtocolConfig config() {
        return config;
    }

    /** Returns the number of octets written so far. */
    public int size() {
        return size;
    }

    /** Returns a copy of what was written so far. */
    public byte[] toArray() {
        return Arrays.copyOf(buffer, size);
    }

    /** Writes one octet: the low eight bits. */
    public Encoder u8(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
        return this;
    }

    /** Writes two octets, little-endian: the low sixteen bits. */
    public Encoder u16(int value) {
        reserve(2);
        SHORT.set(buffer, size, (short) value);
        size += 2;
        return this;
    }

    /** Writes four octets, little-endian: the low 32 bits. */
    public Encoder u32(long value) {
        reserve(4);
        INT.set(buffer, size, (int) value);
        size += 4;
        return this;
    }

    /** Writes eight octets, little-endian. */
    public Encoder u64(long value) {
        reserve(8);
        LONG.set(buffer, size, value);
        size += 8;
        return this;
    }

    /** Writes a general natural number in 1..9 octets; the value is unsigned. */
    public Encoder natural(long value) {
        reserve(9);
        if (value >= 0 && value < 0x80) {
            buffer[size++] = (byte) value;
            return this;
        }
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value);
        int following = (bits - 1) / 7;
        if (following >= 8) {
            buffer[size++] = (byte) 0xff;
            following = 8;
        } else {
            buffer[size++] =
                    (byte) ((0x100 - (1 << (8 - following))) | (int) (value >>> (8 * following)));
        }
        for (int i = 0; i < following; i++) {
            buffer[size++] = (byte) (value >>> (8 * i));
        }
        return this;
    }

    /** Writes 0 or 1. */
    public Encoder bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /** Forgets what was written so far. */
    public void clear() {
        size = 0;
    }

    /**
     * Writes bits, the first as the least significant of the first octet, without their number.
     *
     * @param count how many bits; none is set beyond
     */
    public Encoder bits(BitSet bits, int count) {
        if (bits.length() > count) {
            throw new IllegalArgumentException(
                    "bit " + (bits.length() - 1) + " set of " + count + " bits");
        }
        int length = (count + 7) / 8;
        return raw(Arrays.copyOf(bits.toByteArray(), length));
    }

    /** Writes octets as they are, without their number. */
    public Encoder raw(byte[] octets) {
        reserve(octets.length);
        System.arraycopy(octets, 0, buffer, size, octets.length);
        size += octets.length;
        return this;
    }

    /** Writes a value of fixed size. */
    public Encoder octets(FixedOctets<?> value) {
        return raw(value.octets());
    }

    /** Writes a blob with its length in front. */
    public Encoder blob(Bytes blob) {
        return blob(blob.octets());
    }

    /** Writes a blob with its length in front. */
    public Encoder blob(byte[] octets) {
        return natural(octets.length).raw(octets);
    }

    /** Writes a structure. */
    public Encoder value(Encodable value) {
        value.encode(this);
        return this;
    }

    /** Writes 0, or 1 and the value. */
    public <T> Encoder optional(@Nullable T value, BiConsumer<Encoder, T> writer) {
        if (value == null) {
            return u8(0);
        }
        u8(1);
        writer.accept(this, value);
        return this;
    }

    /** Writes items without their number. */
    public <T> Encoder fixed(Iterable<T> items, BiConsumer<Encoder, T> writer) {
        for (T item : items) {
            writer.accept(this, item);
        }
        return this;
    }

    /** Writes items with their number in front. */
    public <T> Encoder sequence(Collection<T> items, BiConsumer<Encoder, T> writer) {
        return natural(items.size()).fixed(items, writer);
    }

    /**
     * Writes a dictionary: the number of its entries, then keys and values in the order of the
     * keys.
     */
    public <K, V> Encoder dictionary(
            SortedMap<K, V> entries,
            BiConsumer<Encoder, K> keyWriter,
            BiConsumer<Encoder, V> valueWriter) {
        natural(entries.size());
        entries.forEach((key, value) -> {
            keyWriter.accept(this, key);
            valueWriter.accept(this, value);
        });
        return this;
    }

    private void reserve(int more) {
        if (buffer.length - size < more) {
            int wanted = Math.addExact(size, more);
            int doubled = (int) Math.min(Integer.MAX_VALUE - 8, 2L * buffer.length);
            buffer = Arrays.copyOf(buffer, Math.max(wanted, doubled));
        }
    }
}
