package io.marmalade.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;

class ErasureCodeTest {
    private static final long SEED = 0x657261737572L;

    /** The sizes of validator sets at which D is v/3 + 1. */
    private static final int[] TIGHT_SIZES = {
        6, 9, 15, 24, 33, 51, 54, 78, 105, 111, 159, 168, 225, 321, 339, 510, 681, 1023
    };

    private final Random random = new Random(SEED);

    static TransformKernel[] kernels() {
        return Kernels.all();
    }

    private byte[] random(int size) {
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        return octets;
    }

    @Test
    void multipliesLikePolynomials() {
        for (int i = 0; i < 3000; i++) {
            int a = random.nextInt(65536);
            int b = i % 50 == 0 ? 0 : random.nextInt(65536);
            assertEquals(ErasureReference.multiply(a, b), BinaryField.multiply(a, b));
        }
    }

    @Test
    void choosesTheDataShardsOfASetByItsSize() {
        for (int size : TIGHT_SIZES) {
            assertEquals(size / 3 + 1, ErasureCode.dataShardsFor(size));
        }
        assertEquals(4, ErasureCode.dataShardsFor(12));
        assertEquals(228, ErasureCode.dataShardsFor(1020));
        ProtocolConfig old = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
        assertEquals(2, ErasureCode.of(old, 6).dataShards());
        assertEquals(
                3, ErasureCode.of(ProtocolConfig.tiny(ProtocolVersion.V0_8_0), 6).dataShards());
        assertEquals(
                342,
                ErasureCode.of(ProtocolConfig.full(ProtocolVersion.V0_7_2), 1023).dataShards());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void encodesTheSampleForSixValidators(TransformKernel kernel) {
        byte[][] shards = new ErasureCode(3, 6, kernel).encode(HexFormat.of().parseHex("615d17"));
        String[] expected = {"615d", "1700", "0000", "59d0", "0615", "756d"};
        for (int i = 0; i < 6; i++) {
            assertEquals(expected[i], HexFormat.of().formatHex(shards[i]));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void encodesByTheDefinition(TransformKernel kernel) {
        for (int[] size :
                new int[][] {
                    {1, 3}, {2, 6}, {3, 6}, {4, 12}, {6, 15}, {9, 24}, {5, 40}, {27, 78}, {36, 105}
                }) {
            ErasureCode code = new ErasureCode(size[0], size[1], kernel);
            int words = 1 + random.nextInt(3);
            byte[][] shards = code.encode(random(code.pieceSize() * words));
            for (int word = 0; word < words; word++) {
                int[] data = new int[size[0]];
                for (int i = 0; i < data.length; i++) {
                    data[i] = word(shards[i], word);
                }
                int[] expected = ErasureReference.encode(data, size[1]);
                for (int i = 0; i < expected.length; i++) {
                    assertEquals(expected[i], word(shards[i], word), "seed " + SEED);
                }
            }
        }
    }

    private static int word(byte[] shard, int index) {
        return (shard[2 * index] & 0xff) | (shard[2 * index + 1] & 0xff) << 8;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void restoresDataFromAnyShardsForEveryLegalSize(TransformKernel kernel) {
        for (int validators = 6; validators <= 1023; validators += 3) {
            boolean tight = ErasureCode.dataShardsFor(validators) == validators / 3 + 1;
            if (!tight && validators % 17 != 0 && validators != 1020) {
                continue;
            }
            ErasureCode code =
                    new ErasureCode(ErasureCode.dataShardsFor(validators), validators, kernel);
            byte[] data = random(1 + random.nextInt(tight ? 3 * code.pieceSize() : 50));
            byte[][] shards = code.encode(data);
            assertEquals(validators, shards.length);
            for (int round = 0; round < 3; round++) {
                int extra = round == 2 ? random.nextInt(validators - code.dataShards() + 1) : 0;
                int[] indices =
                        round == 1
                                ? IntStream.range(validators - code.dataShards(), validators)
                                        .toArray()
                                : some(validators, code.dataShards() + extra);
                byte[][] some = new byte[indices.length][];
                Arrays.setAll(some, i -> shards[indices[i]]);
                assertArrayEquals(
                        data,
                        code.recover(indices, some, data.length),
                        () -> "seed " + SEED + " shards " + Arrays.toString(indices));
            }
        }
    }

    private int[] some(int all, int count) {
        int[] indices = IntStream.range(0, all).toArray();
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i, all);
            int swapped = indices[i];
            indices[i] = indices[other];
            indices[other] = swapped;
        }
        return Arrays.copyOf(indices, count);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void encodesManySegmentsAsItEncodesEach(TransformKernel kernel) {
        for (int[] size : new int[][] {{2, 6}, {3, 6}, {18, 51}, {342, 1023}}) {
            ErasureCode code = new ErasureCode(size[0], size[1], kernel);
            int shardSize = 4104 / size[0];
            int count = size[0] < 100 ? 3 : 33;
            byte[] segments = random(4104 * count);
            byte[] out = new byte[size[1] * count * shardSize];
            code.encodeBatch(segments, count, out);
            for (int s = 0; s < count; s++) {
                byte[][] expected =
                        code.encode(Arrays.copyOfRange(segments, 4104 * s, 4104 * (s + 1)));
                for (int i = 0; i < size[1]; i++) {
                    int at = (i * count + s) * shardSize;
                    assertArrayEquals(expected[i], Arrays.copyOfRange(out, at, at + shardSize));
                }
            }
            int[] indices = some(size[1], size[0]);
            byte[][] some = new byte[indices.length][];
            for (int i = 0; i < indices.length; i++) {
                int at = indices[i] * count * shardSize;
                some[i] = Arrays.copyOfRange(out, at, at + count * shardSize);
            }
            assertArrayEquals(segments, code.recoverBatch(indices, some, count));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void agreesWithTheScalarKernelForEveryWidth(TransformKernel kernel) {
        ErasureCode code = new ErasureCode(54, 159, kernel);
        ErasureCode plain = new ErasureCode(54, 159, new ScalarKernel());
        for (int words = 1; words < 300; words += 7) {
            byte[] data = random(words * code.pieceSize());
            byte[][] shards = plain.encode(data);
            assertArrayEquals(shards, code.encode(data), () -> "seed " + SEED);
        }
    }

    @Test
    void refusesShardsThatDoNotFit() {
        ErasureCode code = ErasureCode.of(2, 6);
        byte[] shard = new byte[2];
        assertThrows(
                IllegalArgumentException.class,
                () -> code.recover(new int[] {1}, new byte[][] {shard}, 4));
        assertThrows(
                IllegalArgumentException.class,
                () -> code.recover(new int[] {1, 1}, new byte[][] {shard, shard}, 4));
        assertThrows(
                IllegalArgumentException.class,
                () -> code.recover(new int[] {1, 2}, new byte[][] {shard, new byte[4]}, 4));
        assertThrows(
                IllegalArgumentException.class,
                () -> code.recover(new int[] {1, 2}, new byte[][] {shard, shard}, 5));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> code.recover(new int[] {1, 6}, new byte[][] {shard, shard}, 4));
        assertThrows(IllegalArgumentException.class, () -> ErasureCode.of(0, 3));
        assertThrows(IllegalArgumentException.class, () -> ErasureCode.of(3, 3));
        assertThrows(IllegalArgumentException.class, () -> ErasureCode.of(342, 1024));
        assertThrows(
                IllegalArgumentException.class,
                () -> code.encodeBatch(new byte[8], 1, new byte[23]));
    }
}
