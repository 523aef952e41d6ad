package io.marmalade.state;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.block.Ticket;
import java.util.List;

/**
 * Who may seal in each slot of an epoch (γ_S): E tickets, or E keys where tickets were too few.
 *
 * @gp eq:sealticketsspec
 */
public sealed interface SealKeys {
    /** A ticket a slot. */
    record Tickets(List<Ticket> tickets) implements SealKeys {}

    /** A key a slot: the fallback. */
    record Keys(List<BandersnatchKey> keys) implements SealKeys {}
}
