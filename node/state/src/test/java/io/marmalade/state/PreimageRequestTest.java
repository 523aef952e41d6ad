package io.marmalade.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Bytes;

import org.junit.jupiter.api.Test;

class PreimageRequestTest {
    @Test
    void decodesWhatItEncodes() {
        for (PreimageRequest request :
                new PreimageRequest[] {
                    PreimageRequest.REQUESTED,
                    PreimageRequest.of(7L),
                    PreimageRequest.of(1L, 0xffffffffL),
                    PreimageRequest.of(1L, 2L, 0x80000000L)
                }) {
            assertEquals(request, PreimageRequest.decode(request.encoded()));
        }
        assertEquals(
                Bytes.parse("0207000000ffffffff"), PreimageRequest.of(7L, 0xffffffffL).encoded());
    }

    @Test
    void takesNothingElseForARequest() {
        for (String hex :
                new String[] {"", "01", "0000", "04", "0401000000020000000300000004000000", "ff"}) {
            assertNull(PreimageRequest.decode(Bytes.parse(hex)), hex);
        }
        assertNull(PreimageRequest.decode(null));
    }

    @Test
    void isAvailableBetweenItsTimeslots() {
        assertFalse(PreimageRequest.REQUESTED.isAvailableAt(5));
        assertTrue(PreimageRequest.of(5L).isAvailableAt(5));
        assertFalse(PreimageRequest.of(5L).isAvailableAt(4));
        assertFalse(PreimageRequest.of(5L, 9L).isAvailableAt(9));
        assertTrue(PreimageRequest.of(5L, 9L).isAvailableAt(8));
        assertFalse(PreimageRequest.of(5L, 9L, 12L).isAvailableAt(11));
        assertTrue(PreimageRequest.of(5L, 9L, 12L).isAvailableAt(12));
    }
}
