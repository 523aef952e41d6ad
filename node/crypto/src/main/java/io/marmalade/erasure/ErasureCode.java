package io.marmalade.erasure;

import io.marmalade.base.ProtocolConfig;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Objects;

/**
 * A systematic Reed–Solomon code over GF(2^16): data becomes {@link #shards} shards, the first
 * {@link #dataShards} of which are the data itself, and any {@link #dataShards} of which restore
 * it. Immutable; all methods may be called from any thread.
 *
 * <p>With D data shards, c the smallest power of two that is not below D, and a word being two
 * octets, lowest first: words of equal place in all shards form a codeword; its polynomial has a
 * degree below c, takes the value of data word i at position i, zero at positions D..c−1, and
 * recovery word j is its value at position c + j.
 *
 * @gp sec:erasurecoding eq:erasurecoding eq:erasurecodinginv
 */
public final class ErasureCode {
    /** The most shards that a code may have. */
    public static final int MAX_SHARDS = 1023;

    /** How many words of each shard are worked on at a time: what fits the cache. */
    private static final int STRIP = 256;

    private static final ThreadLocal<Workspace> WORKSPACE = ThreadLocal.withInitial(Workspace::new);

    /** Only tests choose. */
    private final @Nullable TransformKernel chosen;

    private final int dataShards;
    private final int shards;

    /** c: the rows of a block. */
    private final int block;

    /** The blocks that have recovery shards in them. */
    private final int recoveryBlocks;

    /** The positions that recovery takes into account, a power of two: all blocks, rounded up. */
    private final int positions;

    private final Locator locator;

    /** What {@link #combine} multiplies each block with. */
    private final int[] blockWeights;

    /**
     * Creates a code.
     *
     * @param dataShards D, 1 or more
     * @param shards more than D, at most {@link #MAX_SHARDS}
     * @throws IllegalArgumentException if the numbers are others
     */
    public static ErasureCode of(int dataShards, int shards) {
        return new ErasureCode(dataShards, shards, null);
    }

    /**
     * Returns the code for a set of validators: in 0.7.2 by the piece size of the parameters, from
     * 0.8.0 on by the size of the set alone.
     *
     * @param validators the size of the set, 3 to {@link #MAX_SHARDS}
     */
    public static ErasureCode of(ProtocolConfig config, int validators) {
        return switch (config.version()) {
            case V0_7_2 -> of(config.erasurePieceSize() / 2, validators);
            case V0_8_0 -> of(dataShardsFor(validators), validators);
        };
    }

    /**
     * Returns D of 0.8.0 for a set of validators: the largest number that is at most v/3 + 1 and by
     * whose double a segment divides.
     *
     * @param validators the size of the set, 3 to {@link #MAX_SHARDS}
     */
    public static int dataShardsFor(int validators) {
        if (validators < 3 || validators > MAX_SHARDS) {
            throw new IllegalArgumentException(validators + " validators");
        }
        return ProtocolConfig.erasurePieceSize(validators) / 2;
    }

    ErasureCode(int dataShards, int shards, @Nullable TransformKernel chosen) {
        if (dataShards < 1 || shards <= dataShards || shards > MAX_SHARDS) {
            throw new IllegalArgumentException("A code of " + dataShards + " to " + shards);
        }
        this.chosen = chosen;
        this.dataShards = dataShards;
        this.shards = shards;
        block = powerOfTwo(dataShards);
        recoveryBlocks = (shards - dataShards + block - 1) / block;
        positions = powerOfTwo((1 + recoveryBlocks) * block);
        locator = new Locator(positions);
        blockWeights = blockWeights(positions / block);
    }

    /**
     * Follows a one in each block through the layers of the inverse transform that join blocks, and
     * from there into the lowest block of the derivative, which takes up the blocks 1, 2, 4, ...
     */
    private static int[] blockWeights(int blocks) {
        int[] weights = new int[blocks];
        for (int block = 0; block < blocks; block++) {
            int[] values = new int[blocks];
            values[block] = 1;
            for (int distance = 1, layer = 0; distance < blocks; distance <<= 1, layer++) {
                for (int i = 0; i < blocks; i++) {
                    if ((i & distance) == 0) {
                        values[i + distance] ^= values[i];
                        int constant = (i & -2 * distance) >> layer;
                        values[i] ^= BinaryField.multiply(values[i + distance], constant);
                    }
                }
            }
            for (int distance = 1; distance < blocks; distance <<= 1) {
                weights[block] ^= values[distance];
            }
        }
        return weights;
    }

    private static int powerOfTwo(int atLeast) {
        return atLeast == 1 ? 1 : Integer.highestOneBit(atLeast - 1) << 1;
    }

    /** Returns the number of shards that restore the data. */
    public int dataShards() {
        return dataShards;
    }

    /** Returns the number of all shards. */
    public int shards() {
        return shards;
    }

    /** Returns the octets of data that give one word a shard. */
    public int pieceSize() {
        return 2 * dataShards;
    }

    /**
     * Returns the octets of a shard for data of a size: whole words, and data filled up with
     * zeroes.
     */
    public int shardSize(int dataSize) {
        return 2 * Math.toIntExact(((long) dataSize + pieceSize() - 1) / pieceSize());
    }

    /**
     * Encodes data, filled up with zeroes to whole pieces.
     *
     * @return all shards, each of {@link #shardSize} octets
     */
    public byte[][] encode(byte[] data) {
        int size = shardSize(data.length);
        byte[] flat = new byte[Math.multiplyExact(size, shards)];
        encodeInto(Arrays.copyOf(data, size * dataShards), flat);
        byte[][] out = new byte[shards][];
        for (int i = 0; i < shards; i++) {
            out[i] = Arrays.copyOfRange(flat, i * size, (i + 1) * size);
        }
        return out;
    }

    /**
     * Encodes whole pieces into one array; allocates nothing.
     *
     * @param data whole pieces
     * @param out where the shards go one behind the other, {@code shards · shardSize(data.length)}
     *     octets; must not be {@code data}
     * @throws IllegalArgumentException if the data is not whole pieces, or the output has another
     *     size
     */
    public void encodeInto(byte[] data, byte[] out) {
        encodeBatch(data, 1, out);
    }

    /**
     * Encodes many blobs of equal size at once, such as segments, which by themselves are too small
     * for vectors; allocates nothing.
     *
     * @param data the blobs, one behind the other, each whole pieces
     * @param count how many blobs, 1 or more
     * @param out where the shards go: first those of index 0 of all blobs in order, then those of
     *     index 1, and so on; must not be {@code data}
     * @throws IllegalArgumentException if a blob is not whole pieces, or the output has another
     *     size
     */
    public void encodeBatch(byte[] data, int count, byte[] out) {
        int size = shardSizeOfBatch(data.length, count);
        int words = size / 2 * count;
        if (out.length != shards * 2 * words) {
            throw new IllegalArgumentException(
                    "Shards of " + shards * 2 * words + " octets into " + out.length);
        }
        // The code is systematic: the first shards are the data.
        if (count == 1) {
            System.arraycopy(data, 0, out, 0, data.length);
        } else {
            deal(data, count, size, out);
        }
        TransformKernel kernel = kernel(words);
        for (int from = 0; from < words; from += STRIP) {
            encodeStrip(kernel, out, from, Math.min(STRIP, words - from), words);
        }
    }

    private int shardSizeOfBatch(int length, int count) {
        if (count < 1 || length % count != 0 || length / count % pieceSize() != 0) {
            throw new IllegalArgumentException(
                    count + " blobs in " + length + " octets, in pieces of " + pieceSize());
        }
        return length / count / dataShards;
    }

    /** From blobs of shards to shards of blobs. */
    private void deal(byte[] data, int count, int size, byte[] out) {
        for (int shard = 0; shard < dataShards; shard++) {
            for (int blob = 0; blob < count; blob++) {
                Octets.copy(
                        data,
                        (blob * dataShards + shard) * size,
                        out,
                        (shard * count + blob) * size,
                        size);
            }
        }
    }

    private void encodeStrip(
            TransformKernel kernel, byte[] out, int from, int words, int rowWords) {
        int width = width(words);
        int row = 2 * width;
        byte[] work = WORKSPACE.get().rows(2 * block * row);
        for (int i = 0; i < dataShards; i++) {
            kernel.spread(out, 2 * (i * rowWords + from), words, work, i * row, width);
        }
        Arrays.fill(work, dataShards * row, block * row, (byte) 0);
        kernel.inverse(work, 0, block, dataShards, 0, width);
        int recovery = shards - dataShards;
        for (int chunk = 0; chunk < recoveryBlocks; chunk++) {
            int first = chunk * block;
            int wanted = Math.min(block, recovery - first);
            boolean last = chunk == recoveryBlocks - 1;
            int at = last ? 0 : block * row;
            if (!last) {
                System.arraycopy(work, 0, work, at, block * row);
            }
            kernel.forward(work, at, block, wanted, block + first, width);
            for (int i = 0; i < wanted; i++) {
                int shard = dataShards + first + i;
                kernel.gather(work, at + i * row, width, out, 2 * (shard * rowWords + from), words);
            }
        }
    }

    /**
     * Restores data from shards.
     *
     * @param indices the indices of the shards, each once, at least {@link #dataShards} of them
     * @param someShards the shards in the order of the indices, all of one even size
     * @param dataSize the size of the data, at most what the shards hold
     * @throws IllegalArgumentException if the shards are not so
     */
    public byte[] recover(int[] indices, byte[][] someShards, int dataSize) {
        if (indices.length != someShards.length || indices.length == 0) {
            throw new IllegalArgumentException(
                    indices.length + " indices for " + someShards.length + " shards");
        }
        int size = someShards[0].length;
        if (dataSize < 0 || dataSize > (long) size * dataShards) {
            throw new IllegalArgumentException(dataSize + " octets of data in shards of " + size);
        }
        byte[] out = new byte[Math.multiplyExact(size, dataShards)];
        recoverInto(indices, someShards, out);
        return dataSize == out.length ? out : Arrays.copyOf(out, dataSize);
    }

    /**
     * Restores many blobs of equal size that were encoded together by {@link #encodeBatch}.
     *
     * @param indices the indices of the shards, each once, at least {@link #dataShards} of them
     * @param someShards for each index the shards of all blobs in order
     * @param count how many blobs
     * @return the blobs, one behind the other
     * @throws IllegalArgumentException if the shards are not so
     */
    public byte[] recoverBatch(int[] indices, byte[][] someShards, int count) {
        if (someShards.length == 0 || count < 1 || someShards[0].length % (2 * count) != 0) {
            throw new IllegalArgumentException("Shards that do not hold " + count + " blobs");
        }
        int size = someShards[0].length / count;
        byte[] dealt = new byte[Math.multiplyExact(someShards[0].length, dataShards)];
        recoverInto(indices, someShards, dealt);
        byte[] out = new byte[dealt.length];
        for (int shard = 0; shard < dataShards; shard++) {
            for (int blob = 0; blob < count; blob++) {
                Octets.copy(
                        dealt,
                        (shard * count + blob) * size,
                        out,
                        (blob * dataShards + shard) * size,
                        size);
            }
        }
        return out;
    }

    /**
     * Restores whole pieces into an array.
     *
     * @param indices the indices of the shards, each once, at least {@link #dataShards} of them
     * @param someShards the shards in the order of the indices, all of one even size
     * @param out where the data goes, {@code dataShards} times the size of a shard
     * @throws IllegalArgumentException if the shards or the output are not so
     */
    public void recoverInto(int[] indices, byte[][] someShards, byte[] out) {
        if (indices.length != someShards.length || indices.length < dataShards) {
            throw new IllegalArgumentException(
                    "%d indices and %d shards of the %d needed"
                            .formatted(indices.length, someShards.length, dataShards));
        }
        int size = someShards[0].length;
        Workspace workspace = WORKSPACE.get();
        workspace.reserve(shards, positions);
        try {
            recoverInto(indices, someShards, out, size, workspace);
        } finally {
            // Shards are the caller's, and may be large.
            Arrays.fill(workspace.byIndex, null);
        }
    }

    private void recoverInto(
            int[] indices, byte[][] someShards, byte[] out, int size, Workspace workspace) {
        byte[] @Nullable [] byIndex = workspace.byIndex;
        for (int i = 0; i < indices.length; i++) {
            int index = Objects.checkIndex(indices[i], shards);
            if (byIndex[index] != null || someShards[i].length != size || size % 2 != 0) {
                throw new IllegalArgumentException(
                        "Shard " + index + " twice or of another size than " + size);
            }
            byIndex[index] = someShards[i];
        }
        if (out.length != (long) dataShards * size) {
            throw new IllegalArgumentException(
                    dataShards + " shards of " + size + " octets into " + out.length);
        }
        int known = 0;
        for (int i = 0; i < dataShards; i++) {
            byte[] shard = byIndex[i];
            if (shard != null) {
                System.arraycopy(shard, 0, out, i * size, size);
                known++;
            }
        }
        if (known == dataShards) {
            return;
        }
        // Exactly D shards count, data shards first; what is more is as good as lost.
        for (int i = dataShards; i < shards; i++) {
            if (byIndex[i] != null && known++ >= dataShards) {
                byIndex[i] = null;
            }
        }
        boolean[] lost = workspace.lost;
        Arrays.fill(lost, 0, positions, true);
        Arrays.fill(lost, dataShards, block, false);
        for (int i = 0; i < shards; i++) {
            if (byIndex[i] != null) {
                lost[position(i)] = false;
            }
        }
        int[] factors = workspace.factors;
        locator.logarithms(lost, factors);
        int words = size / 2;
        TransformKernel kernel = kernel(words);
        for (int from = 0; from < words; from += STRIP) {
            recoverStrip(kernel, workspace, out, from, Math.min(STRIP, words - from), words);
        }
    }

    private int position(int shard) {
        return shard < dataShards ? shard : block + shard - dataShards;
    }

    /**
     * Let Λ vanish at the lost positions, so that P·Λ is known at all of them. Its derivative there
     * is P·Λ', and Λ' is the product over the other lost positions.
     */
    private void recoverStrip(
            TransformKernel kernel,
            Workspace workspace,
            byte[] out,
            int from,
            int words,
            int rowWords) {
        int width = width(words);
        int row = 2 * width;
        byte[] work = workspace.rows((1 + recoveryBlocks) * block * row);
        byte[] @Nullable [] byIndex = workspace.byIndex;
        int[] factors = workspace.factors;
        int[] used = workspace.used;
        Arrays.fill(used, 0, 1 + recoveryBlocks, 0);
        Arrays.fill(work, 0, (1 + recoveryBlocks) * block * row, (byte) 0);
        for (int i = 0; i < shards; i++) {
            byte[] shard = byIndex[i];
            if (shard != null) {
                int position = position(i);
                int at = position * row;
                kernel.spread(shard, 2 * from, words, work, at, width);
                kernel.product(work, at, at, width, BinaryField.exp(factors[position]));
                used[position / block] = position % block + 1;
            }
        }
        for (int i = 0; i <= recoveryBlocks; i++) {
            if (used[i] > 0) {
                kernel.inverse(work, i * block * row, block, used[i], i * block, width);
            }
        }
        combine(kernel, work, row, width);
        kernel.forward(work, 0, block, dataShards, 0, width);
        for (int i = 0; i < dataShards; i++) {
            if (byIndex[i] == null) {
                int at = i * row;
                int inverse = BinaryField.exp(BinaryField.ORDER - factors[i]);
                kernel.product(work, at, at, width, inverse);
                kernel.gather(work, at, width, out, 2 * (i * rowWords + from), words);
            }
        }
    }

    /**
     * Turns the coefficients of each block by itself into the lowest block of the derivative's
     * coefficients: the derivative within the lowest block, and of each block a multiple.
     */
    private void combine(TransformKernel kernel, byte[] work, int row, int width) {
        int octets = block * row;
        if (blockWeights[1] != 1) {
            for (int i = 0; i < block; i++) {
                kernel.product(work, octets + i * row, octets + i * row, width, blockWeights[1]);
            }
        }
        for (int i = 0; i <= recoveryBlocks; i++) {
            if (i != 1) {
                kernel.addProducts(work, octets, i * octets, block, width, blockWeights[i]);
            }
        }
        kernel.derive(work, 0, block, width);
        kernel.add(work, 0, octets, octets);
    }

    private TransformKernel kernel(int words) {
        return chosen != null ? chosen : Kernels.forWork((long) words * dataShards);
    }

    private static int width(int words) {
        return (words + TransformKernel.LANES - 1) / TransformKernel.LANES * TransformKernel.LANES;
    }

    /** What a thread needs to work, kept from call to call. */
    private static final class Workspace {
        private byte[] rows = new byte[0];

        /** The shards that there are, only while something is restored. */
        byte[] @Nullable [] byIndex = new byte[0][];

        /** For each position whether its shard is lost, and the locator's logarithm. */
        boolean[] lost = new boolean[0];

        int[] factors = new int[0];

        /** How many positions of each block matter. */
        int[] used = new int[0];

        byte[] rows(int size) {
            if (rows.length < size) {
                rows = new byte[size];
            }
            return rows;
        }

        void reserve(int shards, int positions) {
            if (lost.length < positions || byIndex.length < shards) {
                byIndex = new byte[Math.max(shards, byIndex.length)][];
                lost = new boolean[Math.max(positions, lost.length)];
                factors = new int[lost.length];
                used = new int[lost.length];
            }
        }
    }
}
