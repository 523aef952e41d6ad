package io.marmalade.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class ProtocolParametersTest {
    /** What the recorded runs of real services fetched. */
    private static final Bytes TINY_0_7_2 =
            Bytes.parse(
                    "0a00000000000000010000000000000064000000000000000200200000000c000000"
                            + "809698000000000080f0fa020000000000ca9a3b00000000002d310100000000"
                            + "0800100008000300180000000300080006005000040080000500060000fa0000"
                            + "8070d20000093d0004000000000c00000204000000c0000080000000000c0000"
                            + "0a000000");

    /** The same without N, V, W_E and W_P. */
    private static final Bytes TINY_0_8_0 =
            Bytes.parse(
                    "0a00000000000000010000000000000064000000000000000200200000000c000000"
                            + "809698000000000080f0fa020000000000ca9a3b00000000002d310100000000"
                            + "08001000080003001800000008000600500004008000050000fa0000"
                            + "8070d20000093d00000c000000c0000080000000000c00000a000000");

    /** Put together by hand from the paper's constants. */
    private static final Bytes FULL_0_7_2 =
            Bytes.parse(
                    "0a00000000000000010000000000000064000000000000005501004b000058020000"
                            + "809698000000000080f0fa020000000000f2052a0100000000c39dd0000000000800"
                            + "1000080010004038000002000800060050000a0080000500ff0300fa00008070d200"
                            + "00093d00ac020000000c00000600000000c0000080000000000c0000f4010000");

    /** The same without N, V, W_E and W_P. */
    private static final Bytes FULL_0_8_0 =
            Bytes.parse(
                    "0a00000000000000010000000000000064000000000000005501004b000058020000"
                            + "809698000000000080f0fa020000000000f2052a0100000000c39dd0000000000800"
                            + "100008001000403800000800060050000a008000050000fa00008070d20000093d00"
                            + "000c000000c0000080000000000c0000f4010000");

    @Test
    void encodesTheParametersOfTheRealNetwork() {
        assertEquals(
                FULL_0_7_2, ProtocolParameters.encode(ProtocolConfig.full(ProtocolVersion.V0_7_2)));
        assertEquals(122, FULL_0_8_0.size());
        assertEquals(
                FULL_0_8_0, ProtocolParameters.encode(ProtocolConfig.full(ProtocolVersion.V0_8_0)));
    }

    @Test
    void encodesWhatServicesFetch() {
        assertEquals(
                TINY_0_7_2, ProtocolParameters.encode(ProtocolConfig.tiny(ProtocolVersion.V0_7_2)));
    }

    @Test
    void leavesOutWhatFollowsFromSetSizesSince080() {
        Bytes encoded = ProtocolParameters.encode(ProtocolConfig.tiny(ProtocolVersion.V0_8_0));
        assertEquals(122, encoded.size());
        assertEquals(TINY_0_8_0, encoded);
    }

    @Test
    void derivesWhat080LeavesOutFromThreeValidatorsACore() {
        ProtocolConfig tiny = ProtocolConfig.tiny(ProtocolVersion.V0_8_0);
        ProtocolConfig full = ProtocolConfig.full(ProtocolVersion.V0_8_0);
        assertEquals(full, ProtocolParameters.decode(tiny, ProtocolParameters.encode(full)));
        assertEquals(tiny, ProtocolParameters.decode(full, ProtocolParameters.encode(tiny)));
        assertEquals(4, tiny.ticketEntries());
        assertEquals(6, tiny.erasurePieceSize());
        assertEquals(684, tiny.segmentErasurePieces());
    }

    @Test
    void countsTicketEntriesByTheSizeOfASet() {
        assertEquals(2, ProtocolConfig.ticketEntries(600, 1023));
        assertEquals(200, ProtocolConfig.ticketEntries(600, 6));
        assertEquals(134, ProtocolConfig.ticketEntries(600, 9));
        assertEquals(4, ProtocolConfig.ticketEntries(12, 6));
    }

    @Test
    void decodesWhatItEncodes() {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            for (ProtocolConfig config :
                    List.of(ProtocolConfig.tiny(version), ProtocolConfig.full(version))) {
                Bytes encoded = ProtocolParameters.encode(config);
                assertEquals(config, ProtocolParameters.decode(config, encoded));
            }
        }
    }

    @Test
    void refusesTruncatedAndMeaninglessParameters() {
        ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
        for (int length = 0; length < TINY_0_7_2.size(); length++) {
            Bytes truncated = Bytes.of(Arrays.copyOf(TINY_0_7_2.octets(), length));
            assertThrows(DecodeException.class, () -> ProtocolParameters.decode(config, truncated));
        }
        byte[] coreless = TINY_0_7_2.toArray();
        coreless[24] = 0;
        DecodeException thrown =
                assertThrows(
                        DecodeException.class,
                        () -> ProtocolParameters.decode(config, Bytes.of(coreless)));
        assertTrue(thrown.getMessage().startsWith("core count is 0"), thrown.getMessage());
    }
}
