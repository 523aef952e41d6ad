package io.marmalade.block;

import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Hash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header (H).
 *
 * @param parentHash hash of the parent header
 * @param priorStateRoot Merkle root of the state before this block
 * @param extrinsicHash commitment to the extrinsic
 * @param timeslot 0..2³²−1
 * @param epochMark keys and entropy of the next epoch, in the first block of an epoch
 * @param winningTicketsMark E tickets, in the first block after the end of submission
 * @param authorIndex of the author in the active set, 0..2¹⁶−1
 * @param entropySignature the VRF signature that yields entropy
 * @param offendersMark keys newly known as misbehaving
 * @param seal the seal signature
 * @gp eq:header
 */
public record Header(
        Hash parentHash,
        Hash priorStateRoot,
        Hash extrinsicHash,
        long timeslot,
        @Nullable EpochMark epochMark,
        @Nullable List<Ticket> winningTicketsMark,
        int authorIndex,
        BandersnatchSignature entropySignature,
        List<Ed25519Key> offendersMark,
        BandersnatchSignature seal) {}
