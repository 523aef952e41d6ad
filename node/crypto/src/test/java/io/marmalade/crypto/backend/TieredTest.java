package io.marmalade.crypto.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class TieredTest {
    private static void spin(int rounds) {
        double sum = 1;
        for (int i = 0; i < rounds; i++) {
            sum += Math.sin(sum + i);
        }
        assertTrue(Double.isFinite(sum));
    }

    @AfterEach
    void forgetTheProperty() {
        System.clearProperty("marmalade.vector.tiered-test");
    }

    @Test
    void staysPlainUntilThereWasEnoughWork() throws Exception {
        assumeTrue(Tiered.vectorsAvailable());
        AtomicInteger made = new AtomicInteger();
        Tiered<String> tiered =
                new Tiered<>(
                        "tiered-test",
                        "plain",
                        () -> "fast" + made.incrementAndGet(),
                        implementation -> spin(implementation.equals("plain") ? 20_000 : 10),
                        100);
        for (int i = 0; i < 99; i++) {
            assertEquals("plain", tiered.forWork(1));
        }
        assertEquals(0, made.get());
        for (int i = 0; i < 1000 && tiered.forWork(1).equals("plain"); i++) {
            Thread.sleep(10);
        }
        assertEquals("fast1", tiered.forWork(1));
    }

    @Test
    void staysPlainWhenTheFastOneCannotBeMade() throws Exception {
        assumeTrue(Tiered.vectorsAvailable());
        CountDownLatch asked = new CountDownLatch(1);
        Tiered<String> tiered =
                new Tiered<>(
                        "tiered-test",
                        "plain",
                        () -> {
                            asked.countDown();
                            throw new UnsatisfiedLinkError("made to fail");
                        },
                        implementation -> {},
                        1);
        tiered.forWork(5);
        assertTrue(asked.await(10, TimeUnit.SECONDS));
        assertSame("plain", tiered.forWork(1_000_000));
    }

    @Test
    void obeysTheProperty() {
        assumeTrue(Tiered.vectorsAvailable());
        System.setProperty("marmalade.vector.tiered-test", "on");
        assertEquals(
                "fast", new Tiered<>("tiered-test", "plain", () -> "fast", x -> {}, 9).forWork(0));
        System.setProperty("marmalade.vector.tiered-test", "off");
        assertEquals(
                "plain",
                new Tiered<>("tiered-test", "plain", () -> "fast", x -> {}, 9).forWork(100));
    }
}
