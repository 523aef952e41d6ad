package io.marmalade.codec;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.BlsKey;
import io.marmalade.base.Bytes;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.Hash;
import io.marmalade.base.Memo;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.RingRoot;
import io.marmalade.base.RingSignature;
import io.marmalade.base.StateKey;
import io.marmalade.base.ValidatorMetadata;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Reads encodings one after the other, strictly: only what an {@link Encoder} would have written is
 * accepted, and every count is bounded by the octets that are left before anything is allocated for
 * it. All methods throw {@link DecodeException} when the octets are not what is asked for. Not
 * thread-safe.
 *
 * @gp sec:serialization
 */
public final class Decoder {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final ProtocolConfig config;
    private final byte[] input;
    private final int end;
    private int offset;

    /**
     * @param config what the structures' encodings depend on
     * @param input read, never written, and not kept by what is decoded
     */
    public Decoder(ProtocolConfig config, byte[] input) {
        this(config, input, 0, input.length);
    }

    /** Reads a part of an array: {@code length} octets from {@code offset} on. */
    public Decoder(ProtocolConfig config, byte[] input, int offset, int length) {
        this.config = config;
        this.input = input;
        this.offset = offset;
        this.end = offset + length;
    }

    /** Decodes a whole input, with nothing left over. */
    public static <T> T decode(ProtocolConfig config, byte[] input, Function<Decoder, T> reader) {
        Decoder in = new Decoder(config, input);
        T value = reader.apply(in);
        in.finish();
        return value;
    }

    /** Returns what the structures' encodings depend on. */
    public ProtocolConfig config() {
        return config;
    }

    /** Returns where the next octet is read, from the start of the array. */
    public int offset() {
        return offset;
    }

    /** Returns the number of octets that are left. */
    public int remaining() {
        return end - offset;
    }

    /** Makes sure that nothing is left over. */
    public void finish() {
        if (offset != end) {
            throw fail((end - offset) + " octets left over");
        }
    }

    /** Returns an exception that says what is wrong here. */
    public DecodeException fail(String reason) {
        return new DecodeException(offset, reason);
    }

    /** Reads one octet, 0..255. */
    public int u8() {
        need(1);
        return input[offset++] & 0xff;
    }

    /** Reads two octets, little-endian, 0..2¹⁶−1. */
    public int u16() {
        need(2);
        int value = (short) SHORT.get(input, offset) & 0xffff;
        offset += 2;
        return value;
    }

    /** Reads four octets, little-endian, 0..2³²−1. */
    public long u32() {
        need(4);
        long value = (int) INT.get(input, offset) & 0xffffffffL;
        offset += 4;
        return value;
    }

    /** Reads eight octets, little-endian, unsigned. */
    public long u64() {
        need(8);
        long value = (long) LONG.get(input, offset);
        offset += 8;
        return value;
    }

    /** Reads a general natural number, unsigned; a longer encoding than needed is refused. */
    public long natural() {
        int start = offset;
        int first = u8();
        int following = Integer.numberOfLeadingZeros(~(first << 24));
        if (following == 0) {
            return first;
        }
        need(following);
        long value = following >= 7 ? 0 : (long) (first & (0x7f >>> following)) << (8 * following);
        for (int i = 0; i < following; i++) {
            value |= (input[offset++] & 0xffL) << (8 * i);
        }
        boolean shortest = following == 8 ? value >>> 56 != 0 : value >>> (7 * following) != 0;
        if (!shortest) {
            throw new DecodeException(start, "natural number not in its shortest form");
        }
        return value;
    }

    /**
     * Reads a general natural number with a bound.
     *
     * @param max the largest value that is accepted, 0..2⁶³−1
     * @param what names the value in the error
     */
    public long natural(long max, String what) {
        int start = offset;
        long value = natural();
        if (Long.compareUnsigned(value, max) > 0) {
            throw new DecodeException(
                    start, what + " is " + Long.toUnsignedString(value) + ", more than " + max);
        }
        return value;
    }

    /** Reads the number of items that follow, each at least {@code minSize} octets long. */
    public int count(int minSize) {
        int start = offset;
        long count = natural();
        if (Long.compareUnsigned(count, remaining() / Math.max(1, minSize)) > 0) {
            throw new DecodeException(
                    start,
                    "a count of "
                            + Long.toUnsignedString(count)
                            + " does not fit the "
                            + remaining()
                            + " octets left");
        }
        return (int) count;
    }

    /** Reads 0 or 1. */
    public boolean bool() {
        int value = u8();
        if (value > 1) {
            throw new DecodeException(offset - 1, "neither 0 nor 1 but " + value);
        }
        return value == 1;
    }

    /** Reads octets as they are. */
    public byte[] raw(int size) {
        need(size);
        byte[] octets = Arrays.copyOfRange(input, offset, offset + size);
        offset += size;
        return octets;
    }

    /** Reads a hash. */
    public Hash hash() {
        return Hash.of(raw(Hash.SIZE));
    }

    /** Reads an Ed25519 key. */
    public Ed25519Key ed25519Key() {
        return Ed25519Key.of(raw(Ed25519Key.SIZE));
    }

    /** Reads an Ed25519 signature. */
    public Ed25519Signature ed25519Signature() {
        return Ed25519Signature.of(raw(Ed25519Signature.SIZE));
    }

    /** Reads a Bandersnatch key. */
    public BandersnatchKey bandersnatchKey() {
        return BandersnatchKey.of(raw(BandersnatchKey.SIZE));
    }

    /** Reads a Bandersnatch VRF signature. */
    public BandersnatchSignature bandersnatchSignature() {
        return BandersnatchSignature.of(raw(BandersnatchSignature.SIZE));
    }

    /** Reads a Bandersnatch ring VRF proof. */
    public RingSignature ringSignature() {
        return RingSignature.of(raw(RingSignature.SIZE));
    }

    /** Reads a commitment to a ring of Bandersnatch keys. */
    public RingRoot ringRoot() {
        return RingRoot.of(raw(RingRoot.SIZE));
    }

    /** Reads a BLS key. */
    public BlsKey blsKey() {
        return BlsKey.of(raw(BlsKey.SIZE));
    }

    /** Reads a validator's metadata. */
    public ValidatorMetadata validatorMetadata() {
        return ValidatorMetadata.of(raw(ValidatorMetadata.SIZE));
    }

    /** Reads a transfer's memo. */
    public Memo memo() {
        return Memo.of(raw(Memo.SIZE));
    }

    /** Reads a key of the serialized state. */
    public StateKey stateKey() {
        return StateKey.of(raw(StateKey.SIZE));
    }

    /**
     * Reads bits, the first as the least significant of the first octet; those that fill up the
     * last octet are zero.
     *
     * @param count how many bits
     */
    public BitSet bits(int count) {
        int start = offset;
        BitSet bits = BitSet.valueOf(raw((count + 7) / 8));
        if (bits.length() > count) {
            throw new DecodeException(
                    start, "bit " + (bits.length() - 1) + " set of " + count + " bits");
        }
        return bits;
    }

    /** Reads a blob with its length in front. */
    public Bytes blob() {
        return Bytes.of(raw(count(1)));
    }

    /** Reads 0, or 1 and a value. */
    public <T> @Nullable T optional(Function<Decoder, T> reader) {
        return bool() ? reader.apply(this) : null;
    }

    /**
     * Reads a part of a structure.
     *
     * @param name says in an error where it is
     */
    public <T extends @Nullable Object> T field(String name, Function<Decoder, T> reader) {
        try {
            return reader.apply(this);
        } catch (DecodeException e) {
            throw e.within(name);
        }
    }

    /**
     * Reads a known number of items.
     *
     * @param name says in an error where they are
     * @return an unmodifiable list
     */
    public <T extends @Nullable Object> List<T> fixed(
            String name, int count, Function<Decoder, T> reader) {
        ArrayList<T> items = new ArrayList<>(Math.min(count, remaining() + 1));
        try {
            for (int i = 0; i < count; i++) {
                items.add(reader.apply(this));
            }
        } catch (DecodeException e) {
            throw e.within(name + "[" + items.size() + "]");
        }
        return Collections.unmodifiableList(items);
    }

    /**
     * Reads items with their number in front.
     *
     * @param name says in an error where they are
     * @param minSize the fewest octets that an item has
     * @return an unmodifiable list
     */
    public <T> List<T> sequence(String name, int minSize, Function<Decoder, T> reader) {
        int count = field(name, in -> in.count(minSize));
        return fixed(name, count, reader);
    }

    /**
     * Reads a known number of items.
     *
     * @return an unmodifiable list
     */
    public <T> List<T> fixed(int count, Function<Decoder, T> reader) {
        ArrayList<T> items = new ArrayList<>(Math.min(count, remaining() + 1));
        for (int i = 0; i < count; i++) {
            items.add(reader.apply(this));
        }
        return Collections.unmodifiableList(items);
    }

    /**
     * Reads items with their number in front.
     *
     * @param minSize the fewest octets that an item has
     * @return an unmodifiable list
     */
    public <T> List<T> sequence(int minSize, Function<Decoder, T> reader) {
        return fixed(count(minSize), reader);
    }

    /**
     * Reads items with their number in front, and refuses more than a bound.
     *
     * @param minSize the fewest octets that an item has
     * @return an unmodifiable list
     */
    public <T> List<T> sequence(
            int minSize, int maxCount, String what, Function<Decoder, T> reader) {
        int start = offset;
        int count = count(minSize);
        if (count > maxCount) {
            throw new DecodeException(start, count + " " + what + ", more than " + maxCount);
        }
        return fixed(count, reader);
    }

    /**
     * Reads a set: items with their number in front, in ascending order without repetition.
     *
     * @return an unmodifiable set
     */
    public <T extends Comparable<T>> SortedSet<T> set(int minSize, Function<Decoder, T> reader) {
        int count = count(minSize);
        TreeSet<T> items = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            int start = offset;
            T item = reader.apply(this);
            if (!items.isEmpty() && items.last().compareTo(item) >= 0) {
                throw new DecodeException(start, "set not in ascending order");
            }
            items.add(item);
        }
        return Collections.unmodifiableSortedSet(items);
    }

    /**
     * Reads a dictionary: the number of its entries, then keys and values in ascending order of the
     * keys.
     *
     * @return an unmodifiable map
     */
    public <K extends Comparable<K>, V> SortedMap<K, V> dictionary(
            int minSize, Function<Decoder, K> keyReader, Function<Decoder, V> valueReader) {
        int count = count(minSize);
        TreeMap<K, V> entries = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            int start = offset;
            K key = keyReader.apply(this);
            if (!entries.isEmpty() && entries.lastKey().compareTo(key) >= 0) {
                throw new DecodeException(start, "dictionary not in ascending order of its keys");
            }
            entries.put(key, valueReader.apply(this));
        }
        return Collections.unmodifiableSortedMap(entries);
    }

    private void need(int octets) {
        if (octets < 0 || end - offset < octets) {
            throw fail(octets + " octets wanted, " + (end - offset) + " left");
        }
    }
}
