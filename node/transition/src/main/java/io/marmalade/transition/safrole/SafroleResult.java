package io.marmalade.transition.safrole;

import io.marmalade.block.EpochMark;
import io.marmalade.block.Ticket;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What Safrole makes of a block.
 *
 * @param posterior the posterior values; the staging set is the prior one
 * @param epochMark what the header must carry as its epoch mark
 * @param winningTicketsMark what the header must carry as its winning-tickets mark
 */
public record SafroleResult(
        ConsensusState posterior,
        @Nullable EpochMark epochMark,
        @Nullable List<Ticket> winningTicketsMark) {}
