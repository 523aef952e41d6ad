package io.marmalade.transition.authorizations;

import static io.marmalade.transition.rules.Samples.OLD;
import static io.marmalade.transition.rules.Samples.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.Hash;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class AuthorizationsTest {
    private static final List<Hash> QUEUE = numbers(500, 80);

    @Test
    void fullPoolLosesItsOldestToTheQueuesEntry() {
        List<Hash> pool = numbers(0, 8);
        List<Hash> expected = new ArrayList<>(pool.subList(1, 8));
        expected.add(hash(503));
        assertEquals(List.of(expected), apply(pool, 83, Map.of()));
    }

    @Test
    void usedAuthorizerGoesOnceFromTheLeft() {
        List<Hash> pool = List.of(hash(1), hash(2), hash(1));
        assertEquals(
                List.of(List.of(hash(2), hash(1), hash(500))), apply(pool, 0, Map.of(0, hash(1))));
        assertEquals(
                List.of(List.of(hash(1), hash(2), hash(1), hash(500))),
                apply(pool, 80, Map.of(1, hash(1))));
    }

    private static List<List<Hash>> apply(List<Hash> pool, long timeslot, Map<Integer, Hash> used) {
        return Authorizations.apply(OLD, List.of(pool), List.of(QUEUE), timeslot, used);
    }

    private static List<Hash> numbers(int first, int count) {
        List<Hash> hashes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hashes.add(hash(first + i));
        }
        return hashes;
    }
}
