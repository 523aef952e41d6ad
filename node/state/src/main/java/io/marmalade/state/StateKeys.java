package io.marmalade.state;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.StateKey;
import io.marmalade.crypto.hash.Blake2b;

/**
 * The keys of the serialized state (C).
 *
 * @gp sec:statemerklization
 */
public final class StateKeys {
    private StateKeys() {}

    /** Returns the key of a state component, 1..16. */
    public static StateKey component(int index) {
        byte[] key = new byte[StateKey.SIZE];
        key[0] = (byte) index;
        return StateKey.of(key);
    }

    /** Returns the key of a service's account. */
    public static StateKey account(long service) {
        byte[] key = new byte[StateKey.SIZE];
        key[0] = (byte) 255;
        for (int i = 0; i < 4; i++) {
            key[1 + 2 * i] = (byte) (service >>> (8 * i));
        }
        return StateKey.of(key);
    }

    /**
     * Returns the key of a value in a service's storage.
     *
     * @param storageKey the key that the service gave, of any length
     */
    public static StateKey storage(long service, Bytes storageKey) {
        return inner(service, 0xffffffffL, storageKey.octets());
    }

    /** Returns the key of a preimage that a service has. */
    public static StateKey preimage(long service, Hash hash) {
        return inner(service, 0xfffffffeL, hash.octets());
    }

    /**
     * Returns the key of a service's request for a preimage.
     *
     * @param length of the preimage, 0..2³²−1
     */
    public static StateKey request(long service, Hash hash, long length) {
        return inner(service, length, hash.octets());
    }

    /** Returns whether it is the key of a component: all but the first octet are zero. */
    public static boolean isComponent(StateKey key) {
        return zeroFrom(key.octets(), 1);
    }

    /** Returns the index of the component whose key it is. */
    public static int componentIndex(StateKey key) {
        return key.octets()[0] & 0xff;
    }

    /** Returns whether it is the key of an account. */
    public static boolean isAccount(StateKey key) {
        byte[] octets = key.octets();
        return octets[0] == (byte) 255
                && (octets[2] | octets[4] | octets[6]) == 0
                && zeroFrom(octets, 8);
    }

    /** Returns the service whose account's key it is. */
    public static long accountService(StateKey key) {
        return service(key.octets(), 1);
    }

    /** Returns the service whose value's, preimage's or request's key it is. */
    public static long valueService(StateKey key) {
        return service(key.octets(), 0);
    }

    private static long service(byte[] octets, int offset) {
        long service = 0;
        for (int i = 0; i < 4; i++) {
            service |= (octets[offset + 2 * i] & 0xffL) << (8 * i);
        }
        return service;
    }

    private static boolean zeroFrom(byte[] octets, int offset) {
        for (int i = offset; i < octets.length; i++) {
            if (octets[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static StateKey inner(long service, long chapter, byte[] name) {
        byte[] hashed = new byte[4 + name.length];
        for (int i = 0; i < 4; i++) {
            hashed[i] = (byte) (chapter >>> (8 * i));
        }
        System.arraycopy(name, 0, hashed, 4, name.length);
        byte[] digest = Blake2b.hash(hashed).octets();
        byte[] key = new byte[StateKey.SIZE];
        for (int i = 0; i < 4; i++) {
            key[2 * i] = (byte) (service >>> (8 * i));
            key[2 * i + 1] = digest[i];
        }
        System.arraycopy(digest, 4, key, 8, 23);
        return StateKey.of(key);
    }
}
