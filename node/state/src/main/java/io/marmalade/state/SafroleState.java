package io.marmalade.state;

import io.marmalade.base.RingRoot;
import io.marmalade.block.Ticket;
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
        List<Ticket> ticketAccumulator) {}
