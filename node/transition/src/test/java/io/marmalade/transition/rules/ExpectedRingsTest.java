package io.marmalade.transition.rules;

import static io.marmalade.transition.rules.Samples.validators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.RingRoot;
import io.marmalade.transition.safrole.Safrole;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

class ExpectedRingsTest {
    private static final FakeCryptography FAKE = new FakeCryptography();
    private static final Runnable NOTHING = () -> {};

    private final Deque<Runnable> background = new ArrayDeque<>();
    private final List<List<BandersnatchKey>> committed = new ArrayList<>();
    private final ExpectedRings rings = new ExpectedRings(background::add, this::commit);

    private RingRoot commit(List<BandersnatchKey> ring) {
        committed.add(ring);
        return FAKE.ringRoot(ring);
    }

    private static List<BandersnatchKey> ring(int seed) {
        return Safrole.ring(validators(seed, 6));
    }

    @Test
    void findsAnExpectedRootInTheBackgroundAndOnlyOnce() {
        List<String> done = new ArrayList<>();
        rings.expect(ring(1), () -> done.add("prepared"));
        rings.expect(ring(1), () -> done.add("prepared twice"));
        assertEquals(List.of(), committed);
        background.removeFirst().run();
        assertEquals(List.of(ring(1)), committed);
        assertEquals(List.of("prepared"), done);
        RingRoot root = rings.root(ring(1));
        assertEquals(FAKE.ringRoot(ring(1)), root);
        assertSame(root, rings.root(ring(1)));
        assertEquals(1, committed.size());
        assertEquals(0, background.size());
    }

    @Test
    void findsARootItselfThatNobodyHasBegun() {
        rings.expect(ring(1), NOTHING);
        assertEquals(FAKE.ringRoot(ring(1)), rings.root(ring(1)));
        background.removeFirst().run();
        assertEquals(List.of(ring(1)), committed);
    }

    @Test
    void givesTheSameRootsThatWereNotExpected() {
        rings.expect(ring(1), NOTHING);
        assertEquals(FAKE.ringRoot(ring(2)), rings.root(ring(2)));
        assertEquals(List.of(ring(2)), committed);
    }

    @Test
    void keepsTheFourRingsLastUsed() {
        for (int seed = 0; seed < 6; seed++) {
            rings.expect(ring(seed), NOTHING);
            rings.root(ring(0));
        }
        background.forEach(Runnable::run);
        committed.clear();
        for (int seed : new int[] {0, 3, 4, 5}) {
            assertEquals(FAKE.ringRoot(ring(seed)), rings.root(ring(seed)));
        }
        assertEquals(List.of(), committed);
        rings.root(ring(1));
        assertEquals(List.of(ring(1)), committed);
    }

    @Test
    void doesWithoutAnExecutorThatRefuses() {
        ExpectedRings refused =
                new ExpectedRings(
                        task -> {
                            throw new RejectedExecutionException();
                        },
                        this::commit);
        refused.expect(ring(1), NOTHING);
        assertEquals(FAKE.ringRoot(ring(1)), refused.root(ring(1)));
    }

    @Test
    void failsAsItWouldHaveWithoutExpectation() {
        ExpectedRings failing =
                new ExpectedRings(
                        Runnable::run,
                        ring -> {
                            throw new IllegalArgumentException("no ring");
                        });
        failing.expect(ring(1), () -> committed.add(List.of()));
        assertThrows(IllegalArgumentException.class, () -> failing.root(ring(1)));
        assertEquals(List.of(), committed);
    }
}
