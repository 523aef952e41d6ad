package io.marmalade.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

class ServiceChangesTest {
    private static final Services NOTHING =
            new Services() {
                @Override
                public @Nullable ServiceAccount account(long service) {
                    return null;
                }

                @Override
                public @Nullable Bytes value(StateKey key) {
                    return null;
                }

                @Override
                public List<StateKey> keysOf(long service) {
                    return List.of();
                }
            };

    @Test
    void rollsBackToTheLatestMarkWhateverWasDone() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            ServiceChanges base = new ServiceChanges(NOTHING);
            for (int i = 0; i < 20; i++) {
                step(base, random);
            }
            ServiceChanges changes = new ServiceChanges(base);
            Map<Object, Object> expected = picture(changes);
            int mark = changes.mark();
            for (int i = 0; i < 60; i++) {
                switch (random.nextInt(12)) {
                    case 0 -> {
                        mark = changes.mark();
                        expected = picture(changes);
                    }
                    case 1 -> {
                        changes.rollback(mark);
                        assertEquals(expected, picture(changes));
                    }
                    default -> step(changes, random);
                }
            }
            changes.rollback(mark);
            assertEquals(expected, picture(changes));
        }
    }

    @Test
    void refusesToRollBackBehindTheLatestMark() {
        ServiceChanges changes = new ServiceChanges(NOTHING);
        int first = changes.mark();
        changes.mark();
        assertThrows(IllegalArgumentException.class, () -> changes.rollback(first));
    }

    @Test
    void keepsNothingOfWhatCameAndWent() {
        ServiceChanges changes = new ServiceChanges(NOTHING);
        changes.mark();
        changes.putValue(1, key(7), Bytes.parse("01"));
        changes.removeValue(1, key(7));
        changes.putAccount(5, account(3));
        changes.removeAccount(5);
        assertEquals(Map.of(), changes.changedValues());
        assertEquals(Map.of(), changes.changedAccounts());
        assertNull(changes.value(key(7)));
    }

    private static void step(ServiceChanges changes, Random random) {
        int i = random.nextInt(6);
        switch (random.nextInt(5)) {
            case 0 -> changes.putAccount(i, account(random.nextInt(3)));
            case 1 -> changes.removeAccount(i);
            case 2 -> changes.removeValue(i, key(i));
            default -> changes.putValue(i, key(i), Bytes.of(new byte[random.nextInt(3)]));
        }
    }

    private static Map<Object, Object> picture(ServiceChanges changes) {
        Map<Object, Object> picture = new TreeMap<>();
        for (int i = 0; i < 6; i++) {
            picture.put("account" + i, String.valueOf(changes.account(i)));
            picture.put("value" + i, String.valueOf(changes.value(key(i))));
            picture.put("keys" + i, changes.keysOf(i).toString());
        }
        return picture;
    }

    private static StateKey key(int i) {
        byte[] octets = new byte[StateKey.SIZE];
        octets[3] = (byte) i;
        return StateKey.of(octets);
    }

    private static ServiceAccount account(long balance) {
        return new ServiceAccount(Hash.ZERO, balance, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
