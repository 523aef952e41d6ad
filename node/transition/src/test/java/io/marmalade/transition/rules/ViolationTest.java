package io.marmalade.transition.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;

class ViolationTest {
    @Test
    void namesAreThoseOfThePublicVectors() {
        assertEquals("bad_slot", Violation.SAFROLE_BAD_SLOT.code());
        assertEquals(
                "reports future_report_slot: time slot 9 for core 1",
                Violation.REPORTS_FUTURE_REPORT_SLOT.because("time slot 9 for core 1").toString());
    }

    @Test
    void everyRuleHasAPartAndANameOfItsOwn() {
        Set<String> names = new HashSet<>();
        for (Violation violation : Violation.values()) {
            assertTrue(names.add(violation.toString()), violation.toString());
            assertTrue(violation.code().matches("[a-z_]+"), violation.code());
        }
    }
}
