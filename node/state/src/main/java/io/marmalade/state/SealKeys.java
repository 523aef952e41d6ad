package io.marmalade.state;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.block.Ticket;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.List;

/**
 * Who may seal in each slot of an epoch (γ_S): E tickets, or E keys where tickets were too few.
 *
 * @gp eq:ticketaccumulatorsealticketsspec
 */
public sealed interface SealKeys extends Encodable {
    /** Reads what {@link #encode} writes. */
    static SealKeys decode(Decoder in) {
        int epochLength = in.config().epochLength();
        return in.bool()
                ? new Keys(in.fixed("keys", epochLength, Decoder::bandersnatchKey))
                : new Tickets(in.fixed("tickets", epochLength, Ticket::decode));
    }

    /**
     * A ticket a slot.
     *
     * @param tickets E of them
     */
    record Tickets(List<Ticket> tickets) implements SealKeys {
        /** Copies the list. */
        public Tickets {
            tickets = List.copyOf(tickets);
        }

        @Override
        public void encode(Encoder out) {
            out.u8(0).fixed(tickets, Encoder::value);
        }
    }

    /**
     * A key a slot: the fallback.
     *
     * @param keys E of them
     */
    record Keys(List<BandersnatchKey> keys) implements SealKeys {
        /** Copies the list. */
        public Keys {
            keys = List.copyOf(keys);
        }

        @Override
        public void encode(Encoder out) {
            out.u8(1).fixed(keys, Encoder::octets);
        }
    }
}
