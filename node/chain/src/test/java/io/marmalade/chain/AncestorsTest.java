package io.marmalade.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Hash;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class AncestorsTest {
    private static final int LIMIT = 5;

    private static Hash hash(int number) {
        byte[] octets = new byte[Hash.SIZE];
        octets[0] = (byte) number;
        octets[1] = (byte) (number >>> 8);
        return Hash.of(octets);
    }

    private static Ancestor block(int number) {
        return new Ancestor(number, hash(number));
    }

    @Test
    void remembersTheLastHeadersAndNoOlderOnes() {
        Ancestors ancestors = Ancestors.of(LIMIT, List.of(), Map.of());
        List<Ancestors> all = new ArrayList<>();
        for (int number = 1; number <= 40; number++) {
            ancestors = ancestors.and(block(number), hash(1000 + number));
            all.add(ancestors);
        }
        for (int last = 1; last <= 40; last++) {
            for (int number = 1; number <= 40; number++) {
                boolean expected = number <= last && number > last - LIMIT;
                assertEquals(
                        expected,
                        all.get(last - 1).contains(hash(number), number),
                        number + " before " + last);
            }
        }
    }

    @Test
    void tellsForksApart() {
        Ancestors parent = Ancestors.of(LIMIT, List.of(), Map.of()).and(block(1), hash(101));
        Ancestors left = parent.and(block(2), hash(102));
        Ancestors right = parent.and(block(3), hash(103));
        assertTrue(left.contains(hash(1), 1) && right.contains(hash(1), 1));
        assertFalse(left.contains(hash(3), 3));
        assertFalse(right.contains(hash(2), 2));
    }

    @Test
    void knowsTimeSlotsAndStateRoots() {
        Ancestors ancestors =
                Ancestors.of(
                                LIMIT,
                                List.of(block(2), block(1), block(4)),
                                Map.of(hash(4), hash(10), hash(5), hash(11)))
                        .and(block(6), hash(9));
        assertTrue(ancestors.contains(hash(1), 1));
        assertFalse(ancestors.contains(hash(1), 2));
        assertTrue(ancestors.leadsTo(hash(6), hash(9)));
        assertFalse(ancestors.leadsTo(hash(6), hash(8)));
        assertTrue(ancestors.leadsTo(hash(4), hash(10)));
        assertFalse(ancestors.leadsTo(hash(4), hash(8)));
        assertTrue(ancestors.leadsTo(hash(2), hash(8)), "its root is not known");
        assertFalse(ancestors.leadsTo(hash(5), hash(11)), "only its root was told");
        assertFalse(ancestors.leadsTo(hash(7), hash(8)));
    }

    @Test
    void takesAGivenLastHeaderOnce() {
        Ancestors ancestors =
                Ancestors.of(2, List.of(block(1), block(2)), Map.of()).and(block(2), hash(9));
        assertTrue(ancestors.contains(hash(1), 1));
        assertFalse(ancestors.leadsTo(hash(2), hash(8)));
    }
}
