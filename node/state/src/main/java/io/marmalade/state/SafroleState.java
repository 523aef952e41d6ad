package io.marmalade.state;

import io.marmalade.base.RingRoot;
import io.marmalade.block.Ticket;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.List;

/**
 * The state of Safrole (γ).
 *
 * @param pendingSet γ_P: the next epoch's validators
 * @param epochRoot γ_Z: the commitment to their Bandersnatch keys
 * @param sealTickets γ_S: who may seal in each slot of this epoch
 * @param ticketAccumulator γ_A: the best tickets for the next epoch, ascending, at most E
 * @gp eq:consensusstatecomposition
 */
public record SafroleState(
        ValidatorSet pendingSet,
        RingRoot epochRoot,
        SealKeys sealTickets,
        List<Ticket> ticketAccumulator)
        implements Encodable {
    /** Copies the list. */
    public SafroleState {
        ticketAccumulator = List.copyOf(ticketAccumulator);
    }

    @Override
    public void encode(Encoder out) {
        out.value(pendingSet)
                .octets(epochRoot)
                .value(sealTickets)
                .sequence(ticketAccumulator, Encoder::value);
    }

    /** Reads what {@link #encode} writes. */
    public static SafroleState decode(Decoder in) {
        return new SafroleState(
                in.field("pending set", ValidatorSet::decode),
                in.ringRoot(),
                in.field("seal tickets", SealKeys::decode),
                in.sequence("ticket accumulator", Ticket.MIN_SIZE, Ticket::decode));
    }
}
