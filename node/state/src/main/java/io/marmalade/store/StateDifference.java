package io.marmalade.store;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.codec.DecodeException;
import io.marmalade.merkle.StateTrie;
import io.marmalade.state.StateCodec;
import io.marmalade.state.StateComponent;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A key of the serialized state at which two states differ.
 *
 * @param key where
 * @param place what stands there: a component's name, or whose account, value, preimage or request
 * @param expected null if nothing is to stand there
 * @param actual null if nothing stands there
 */
public record StateDifference(
        StateKey key, String place, @Nullable Bytes expected, @Nullable Bytes actual) {

    /** Returns where two serialized states differ, in ascending order of the keys. */
    public static List<StateDifference> between(StateTrie expected, StateTrie actual) {
        return StateTrie.differences(expected, actual).stream()
                .map(each ->
                        new StateDifference(
                                each.key(), place(each.key()), each.left(), each.right()))
                .toList();
    }

    /**
     * Returns the expected value in typed form where the kind of key has one, else the octets; null
     * if absent.
     */
    public @Nullable Object decodedExpected(ProtocolConfig config) {
        return expected == null ? null : decoded(config, expected);
    }

    /**
     * Returns the actual value in typed form where the kind of key has one, else the octets; null
     * if absent.
     */
    public @Nullable Object decodedActual(ProtocolConfig config) {
        return actual == null ? null : decoded(config, actual);
    }

    private Object decoded(ProtocolConfig config, Bytes value) {
        try {
            if (StateKeys.isAccount(key)) {
                return StateCodec.decodeAccount(config, StateKeys.accountService(key), value);
            }
            StateComponent<?> component = StateComponent.at(key);
            return component == null ? value : component.decode(config, value);
        } catch (DecodeException e) {
            return value;
        }
    }

    private static String place(StateKey key) {
        if (StateKeys.isAccount(key)) {
            return "account of service " + StateKeys.accountService(key);
        }
        StateComponent<?> component = StateComponent.at(key);
        return component != null
                ? component.name()
                : "value of service " + StateKeys.valueService(key);
    }
}
