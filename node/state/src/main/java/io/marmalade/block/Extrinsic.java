package io.marmalade.block;

import java.util.List;

/**
 * The extrinsic data of a block (E).
 *
 * @param tickets E_T
 * @param preimages E_P
 * @param guarantees E_G
 * @param assurances E_A
 * @param disputes E_D
 * @gp eq:extrinsic
 */
public record Extrinsic(
        List<TicketEnvelope> tickets,
        List<Preimage> preimages,
        List<Guarantee> guarantees,
        List<Assurance> assurances,
        DisputesExtrinsic disputes) {}
