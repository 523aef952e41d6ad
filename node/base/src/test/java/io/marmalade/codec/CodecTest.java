package io.marmalade.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

class CodecTest {
    private static final ProtocolConfig CONFIG = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);

    @Test
    void writesNaturalNumbersAsTheFormulaSays() {
        Random random = seeded();
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >>> random.nextInt(64);
            if (i < 128) {
                value = i % 2 == 0 ? 1L << (i / 2) : (1L << (i / 2)) - 1;
            }
            byte[] encoded = new Encoder(CONFIG).natural(value).toArray();
            assertArrayEquals(byFormula(value), encoded, Long.toUnsignedString(value));
            long decoded = Decoder.decode(CONFIG, encoded, Decoder::natural);
            assertEquals(value, decoded);
        }
    }

    @Test
    void refusesNaturalNumbersThatAreLongerThanNeeded() {
        for (String hex :
                List.of(
                        "8000",
                        "807f",
                        "c00001",
                        "c0ff3f",
                        "ffffffffffffffff00",
                        "fe00000000000001")) {
            byte[] octets = Bytes.parse(hex).octets();
            assertThrows(
                    DecodeException.class,
                    () -> Decoder.decode(CONFIG, octets, Decoder::natural),
                    hex);
        }
    }

    @Test
    void refusesACountBeforeItAllocates() {
        byte[] octets = Bytes.parse("ffffffffffffffff7f00").octets();
        DecodeException thrown =
                assertThrows(
                        DecodeException.class,
                        () -> Decoder.decode(CONFIG, octets, in -> in.sequence(1, Decoder::u8)));
        assertEquals(
                "a count of 9223372036854775807 does not fit the 1 octets left at offset 0",
                thrown.getMessage());
    }

    @Test
    void refusesWhatIsLeftOver() {
        byte[] octets = {1, 2};
        DecodeException thrown =
                assertThrows(
                        DecodeException.class, () -> Decoder.decode(CONFIG, octets, Decoder::u8));
        assertEquals("1 octets left over at offset 1", thrown.getMessage());
    }

    @Test
    void refusesABooleanThatIsNeither() {
        byte[] octets = {2};
        assertThrows(DecodeException.class, () -> Decoder.decode(CONFIG, octets, Decoder::bool));
    }

    @Test
    void refusesSetsAndDictionariesOutOfOrder() {
        for (String hex : List.of("020201", "020101")) {
            byte[] octets = Bytes.parse(hex).octets();
            assertThrows(
                    DecodeException.class,
                    () -> Decoder.decode(CONFIG, octets, in -> in.set(1, Decoder::u8)));
        }
        byte[] octets = Bytes.parse("0202000100").octets();
        assertThrows(
                DecodeException.class,
                () ->
                        Decoder.decode(
                                CONFIG, octets, in -> in.dictionary(2, Decoder::u8, Decoder::u8)));
    }

    @Test
    void writesDictionariesInTheOrderOfTheirKeys() {
        TreeMap<Long, Long> entries = new TreeMap<>();
        entries.put(256L, 7L);
        entries.put(2L, 8L);
        byte[] encoded =
                new Encoder(CONFIG).dictionary(entries, Encoder::u32, Encoder::natural).toArray();
        assertEquals(Bytes.parse("0202000000080001000007"), Bytes.of(encoded));
        assertEquals(
                entries,
                Decoder.decode(
                        CONFIG, encoded, in -> in.dictionary(5, Decoder::u32, Decoder::natural)));
    }

    @Test
    void packsBitsFromTheLeastSignificantOn() {
        BitSet bits = new BitSet();
        bits.set(0);
        bits.set(9);
        byte[] encoded = new Encoder(CONFIG).bits(bits, 10).toArray();
        assertEquals(Bytes.parse("0102"), Bytes.of(encoded));
        assertEquals(bits, Decoder.decode(CONFIG, encoded, in -> in.bits(10)));
        assertThrows(
                DecodeException.class,
                () -> Decoder.decode(CONFIG, encoded, in -> in.fixed(1, i -> i.bits(9))));
    }

    @Test
    void saysWhereInAStructureItWasWrong() {
        byte[] octets = {2, 0, 5};
        DecodeException thrown =
                assertThrows(
                        DecodeException.class,
                        () ->
                                Decoder.decode(
                                        CONFIG,
                                        octets,
                                        in ->
                                                in.field(
                                                        "outer",
                                                        i ->
                                                                i.sequence(
                                                                        "items",
                                                                        1,
                                                                        Decoder::bool))));
        assertEquals("outer.items[1]: neither 0 nor 1 but 5 at offset 2", thrown.getMessage());
        assertEquals("outer.items[1]", thrown.path());
        assertEquals(2, thrown.offset());
    }

    private static byte[] byFormula(long value) {
        BigInteger x = new BigInteger(Long.toUnsignedString(value));
        for (int l = 0; l < 8; l++) {
            if (x.bitLength() <= 7 * (l + 1)) {
                BigInteger high = x.shiftRight(8 * l);
                byte[] out = new byte[1 + l];
                out[0] = (byte) (256 - (1 << (8 - l)) + high.intValue());
                for (int i = 0; i < l; i++) {
                    out[1 + i] = x.shiftRight(8 * i).byteValue();
                }
                return out;
            }
        }
        byte[] out = new byte[9];
        out[0] = (byte) 255;
        for (int i = 0; i < 8; i++) {
            out[1 + i] = x.shiftRight(8 * i).byteValue();
        }
        return out;
    }

    private static Random seeded() {
        long seed = Long.getLong("marmalade.seed", System.nanoTime());
        System.out.println("CodecTest: -Dmarmalade.seed=" + seed);
        return new Random(seed);
    }
}
