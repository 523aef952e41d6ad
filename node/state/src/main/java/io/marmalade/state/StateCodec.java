package io.marmalade.state;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.Decoder;

import org.jspecify.annotations.Nullable;

import java.util.SortedMap;
import java.util.function.Function;

/**
 * The serialized state (T): key-values to typed form and back.
 *
 * @gp sec:statemerklization
 */
public final class StateCodec {
    private StateCodec() {}

    /**
     * Decodes the components of a state.
     *
     * @param values what stands at a key, null if nothing does
     * @param services what the state's accounts are to be
     * @throws DecodeException if a component is missing or not an encoding of one; the message
     *     names it
     */
    public static State decode(
            ProtocolConfig config, Function<StateKey, @Nullable Bytes> values, Services services) {
        Components components = new Components(config, values);
        return new State(
                components.read(StateComponent.AUTHORIZER_POOLS),
                components.read(StateComponent.RECENT_HISTORY),
                components.read(StateComponent.LAST_ACCUMULATION_OUTPUTS),
                components.read(StateComponent.SAFROLE),
                services,
                components.read(StateComponent.ENTROPY),
                components.read(StateComponent.STAGING_SET),
                components.read(StateComponent.ACTIVE_SET),
                components.read(StateComponent.PREVIOUS_SET),
                components.read(StateComponent.PENDING_REPORTS),
                components.read(StateComponent.TIMESLOT),
                components.read(StateComponent.AUTHORIZER_QUEUES),
                components.read(StateComponent.PRIVILEGES),
                components.read(StateComponent.DISPUTES),
                components.read(StateComponent.STATISTICS),
                components.read(StateComponent.READY_QUEUE),
                components.read(StateComponent.ACCUMULATED_PACKAGES));
    }

    /**
     * Puts the encodings of those components that are not the same object in two states.
     *
     * @param prior null if all are to be put
     */
    public static void encodeChanged(
            ProtocolConfig config,
            @Nullable State prior,
            State posterior,
            SortedMap<StateKey, ? super Bytes> edits) {
        for (StateComponent<?> component : StateComponent.ALL) {
            if (prior == null || component.of(prior) != component.of(posterior)) {
                edits.put(component.key(), component.encodeOf(config, posterior));
            }
        }
    }

    /**
     * Decodes an account.
     *
     * @throws DecodeException if it is not the encoding of one; the message names the service
     */
    public static ServiceAccount decodeAccount(
            ProtocolConfig config, long service, Bytes encoding) {
        try {
            return Decoder.decode(config, encoding.octets(), ServiceAccount::decode);
        } catch (DecodeException e) {
            throw e.within("account of service " + service);
        }
    }

    /**
     * Makes sure that a component's key is one of a known component.
     *
     * @throws DecodeException if it is not; the message names it
     */
    public static void requireKnown(StateKey key) {
        if (StateComponent.at(key) == null) {
            throw new DecodeException(0, "unknown component")
                    .within("component " + StateKeys.componentIndex(key));
        }
    }

    private record Components(ProtocolConfig config, Function<StateKey, @Nullable Bytes> values) {
        <T> T read(StateComponent<T> component) {
            Bytes value = values.apply(component.key());
            if (value == null) {
                throw new DecodeException(0, "missing").within(component.name());
            }
            return component.decode(config, value);
        }
    }
}
