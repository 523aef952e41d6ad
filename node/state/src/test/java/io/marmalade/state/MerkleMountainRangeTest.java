package io.marmalade.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.Decoder;
import io.marmalade.crypto.hash.Keccak;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class MerkleMountainRangeTest {
    private static final ProtocolConfig CONFIG = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);

    @Test
    void hasThePeaksOfTheTreesOverItsItems() {
        Random random = RandomStructures.seeded(MerkleMountainRangeTest.class);
        RandomStructures structures = new RandomStructures(CONFIG, random);
        List<Hash> items = new ArrayList<>();
        MerkleMountainRange range = MerkleMountainRange.EMPTY;
        assertEquals(Hash.ZERO, range.superPeak());
        assertEquals(Bytes.parse("00"), range.encoded(CONFIG));
        for (int count = 1; count <= 70; count++) {
            Hash item = structures.hash();
            items.add(item);
            range = range.append(item);
            checkPeaks(items, range);
            assertEquals(superPeak(range.peaks()), range.superPeak());
            assertEquals(
                    range,
                    Decoder.decode(
                            CONFIG, range.encoded(CONFIG).octets(), MerkleMountainRange::decode));
        }
    }

    private static void checkPeaks(List<Hash> items, MerkleMountainRange range) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(items.size());
        assertEquals(bits, range.peaks().size());
        int from = 0;
        for (int i = bits - 1; i >= 0; i--) {
            boolean present = (items.size() >> i & 1) != 0;
            Hash expected = present ? tree(items.subList(from, from + (1 << i))) : null;
            assertEquals(expected, range.peaks().get(i));
            from += present ? 1 << i : 0;
        }
    }

    private static Hash tree(List<Hash> items) {
        if (items.size() == 1) {
            return items.getFirst();
        }
        int half = items.size() / 2;
        return keccak("", tree(items.subList(0, half)), tree(items.subList(half, items.size())));
    }

    private static Hash superPeak(List<Hash> peaks) {
        List<Hash> present = peaks.stream().filter(peak -> peak != null).toList();
        return present.size() == 1
                ? present.getFirst()
                : keccak(
                        "peak",
                        superPeak(present.subList(0, present.size() - 1)),
                        present.getLast());
    }

    private static Hash keccak(String prefix, Hash left, Hash right) {
        byte[] head = prefix.getBytes(StandardCharsets.US_ASCII);
        byte[] message = Arrays.copyOf(head, head.length + 64);
        System.arraycopy(left.octets(), 0, message, head.length, 32);
        System.arraycopy(right.octets(), 0, message, head.length + 32, 32);
        return Keccak.hash(message);
    }
}
