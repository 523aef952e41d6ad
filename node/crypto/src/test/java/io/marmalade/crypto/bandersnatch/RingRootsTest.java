package io.marmalade.crypto.bandersnatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.RingRoot;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

class RingRootsTest {
    /**
     * The third is on the curve, but not in the prime subgroup. From davxy/jam-conformance,
     * 1766243493_1163.
     */
    private static final List<BandersnatchKey> RING =
            List.of(
                    key("151e5c8fe2b9d8a606966a79edd2f9e5db47e83947ce368ccba53bf6ba20a40b"),
                    key("ff71c6c03ff88adb5ed52c9681de1629a54e702fc14729f6b50d2f0a76f185b3"),
                    key("ce2d6066cfd9e47c796e577d9353be567e4917e34052ef7c4d6a1984c2856622"),
                    key("dee6d555b82024f1ccf8a1e37e60fa60fd40b1958c4bb3006af78647950e1b91"),
                    key("9326edb21e5541717fde24ec085000b28709847b8aab1ac51f84e94b37ca1b66"),
                    key("0746846d17469fb2f95ef365efcab9f4e22fa1feb53111c995376be8019981cc"));

    private static final RingRoot ROOT =
            RingRoot.parse(
                    "888128a1221215e7dae1046f2a2794217ce769d3af136eef00f6fb943969fd9b46b1eb86"
                        + "bcda27f5a64755e758a93260a2b337710b96f28e66d23cda986df9a4bb657a499062b93e"
                        + "06afa6b43704cebecc87379549b539734bf495aeb1e02aa892e630ae2b14e758ab0960e3"
                        + "72172203f4c9a41777dadd529971d7ab9d23ab29fe0e9c85ec450505dde7f5ac038274cf");

    @Test
    void commitsToKeysOutsideThePrimeSubgroupAsTheyAre() {
        assertEquals(ROOT, RingRoots.of(RING));
    }

    @Test
    void countsKeysThatAreNoPointsAsPadding() {
        List<BandersnatchKey> padded = new ArrayList<>(RING);
        padded.set(2, key("92ca79e61dd90c1573a8693f199bf6e1e86835cc715cdcf93f5ef222560023aa"));
        List<BandersnatchKey> nulled = new ArrayList<>(RING);
        nulled.set(2, BandersnatchKey.ZERO);
        assertEquals(RingRoots.of(padded), RingRoots.of(nulled));
        assertNotEquals(ROOT, RingRoots.of(nulled));
    }

    private static BandersnatchKey key(String hex) {
        return BandersnatchKey.of(HexFormat.of().parseHex(hex));
    }
}
