package io.marmalade.pvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.Set;

class ProtocolVersionTest {
    @Test
    void readsWhatItWrites() {
        for (ProtocolVersion version : ProtocolVersion.values()) {
            assertEquals(version, ProtocolVersion.parse(version.toString()));
        }
    }

    @Test
    void namesAVersionThatIsNotKnownAndThoseThatAre() {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> ProtocolVersion.parse("0.9.0"));
        assertEquals("unknown protocol version 0.9.0; known are 0.7.2, 0.8.0", thrown.getMessage());
    }

    @Test
    void appliesAllDeviationsFromTheTextOf080AndNoneOf072() {
        assertEquals(EnumSet.allOf(Deviation.class), ProtocolVersion.V0_8_0.deviations());
        assertEquals(Set.of(), ProtocolVersion.V0_7_2.deviations());
    }

    @Test
    void switchesDeviationsOffByName() {
        EnumSet<Deviation> rest = EnumSet.allOf(Deviation.class);
        assertEquals(rest, Deviation.without(""));
        rest.remove(Deviation.ANYONE_MAY_BLESS);
        rest.remove(Deviation.BOUNDED_PROGRAMS);
        assertEquals(rest, Deviation.without("bounded-programs, anyone-may-bless"));
    }

    @Test
    void namesADeviationThatIsNotKnown() {
        IllegalArgumentException thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Deviation.without("anyone-may-bless,nonsense"));
        assertEquals(
                "no deviation is called nonsense; there are grow-heap-leaves-no-gas,"
                        + " stack-rounded-to-zone, anyone-may-bless,"
                        + " conditional-moves-read-destination, bounded-programs,"
                        + " inclusive-package-gas",
                thrown.getMessage());
    }
}
