package io.marmalade.conformance.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TimingsTest {
    @Test
    void interpolatesQuantilesLinearly() {
        Timings timings = new Timings();
        for (int i = 101; i >= 1; i--) {
            timings.add(i * 1_000_000L);
        }
        timings.add(102_000_000L);
        Timings.Summary summary = timings.summary();
        assertEquals(102, summary.count());
        assertEquals(1, summary.min());
        assertEquals(102, summary.max());
        assertEquals(51.5, summary.p50(), 1e-9);
        assertEquals(91.9, summary.p90(), 1e-9);
        assertEquals(51.5, summary.mean(), 1e-9);
        assertEquals(29.443, summary.deviation(), 1e-3);
    }

    @Test
    void isAllZeroesWithoutAnything() {
        assertEquals(new Timings.Summary(0, 0, 0, 0, 0, 0, 0, 0, 0), new Timings().summary());
    }
}
