package io.marmalade.chain.authoring;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Block;
import io.marmalade.block.Extrinsic;
import io.marmalade.block.Header;
import io.marmalade.block.Ticket;
import io.marmalade.crypto.bandersnatch.BandersnatchVrf;
import io.marmalade.crypto.bandersnatch.SecretKey;
import io.marmalade.state.SealKeys;
import io.marmalade.state.State;
import io.marmalade.state.ValidatorSet;
import io.marmalade.store.ChainState;
import io.marmalade.transition.rules.Cryptography;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.safrole.ConsensusState;
import io.marmalade.transition.safrole.Safrole;
import io.marmalade.transition.safrole.SafroleResult;
import io.marmalade.transition.safrole.SealContexts;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * Makes blocks with the secrets of some validators, with those validators' tickets where a {@link
 * TicketMaker} is handed in. Its blocks have no disputes.
 */
public final class BlockAuthor {
    private static final byte[] NO_MESSAGE = new byte[0];

    private final ProtocolConfig config;
    private final Safrole safrole;
    private final List<ValidatorSecrets> validators;
    private final @Nullable TicketMaker tickets;

    /** Who seals a slot, and in which context. */
    private record Sealer(int index, SecretKey key, byte[] context) {}

    /**
     * Makes one whose blocks have no tickets.
     *
     * @param config the chain's parameters and protocol version
     * @param cryptography commits to rings
     * @param validators whose secrets are known; owned by the caller
     */
    public BlockAuthor(
            ProtocolConfig config, Cryptography cryptography, List<ValidatorSecrets> validators) {
        this(config, cryptography, validators, null);
    }

    /**
     * Makes one whose blocks have tickets.
     *
     * @param config the chain's parameters and protocol version
     * @param cryptography commits to rings
     * @param validators whose secrets are known; owned by the caller
     * @param tickets makes the tickets, or null for none; owned by the caller
     */
    public BlockAuthor(
            ProtocolConfig config,
            Cryptography cryptography,
            List<ValidatorSecrets> validators,
            @Nullable TicketMaker tickets) {
        this.config = config;
        this.safrole = new Safrole(config, cryptography);
        this.validators = List.copyOf(validators);
        this.tickets = tickets;
    }

    /**
     * Makes a block, if one of the validators may seal it.
     *
     * @param parentHash the hash of the parent's header
     * @param parent its posterior state
     * @param timeslot of the block, after that of the parent, at most 2³²−1
     * @param extrinsic what the block brings, without tickets and disputes
     * @return nothing if the slot is somebody else's
     * @gp sec:sealandentropy
     */
    public Optional<Block> author(
            Hash parentHash, ChainState parent, long timeslot, Extrinsic extrinsic) {
        // Neither keys nor marks depend on the entropy and the tickets that the block brings, only
        // what comes after it does.
        SafroleResult rotated = rotate(parent.state(), timeslot);
        return sealer(rotated.posterior(), timeslot)
                .map(sealer ->
                        seal(
                                parentHash,
                                parent,
                                timeslot,
                                withTickets(extrinsic, parent.state(), rotated.posterior()),
                                rotated,
                                sealer));
    }

    private Extrinsic withTickets(Extrinsic extrinsic, State prior, ConsensusState consensus) {
        if (tickets == null) {
            return extrinsic;
        }
        if (config.phase(consensus.timeslot()) >= config.epochTailStart()) {
            // Unless the staging set changes, these are the next epoch's.
            tickets.prepare(
                    consensus.entropy().first(),
                    Safrole.withoutOffenders(consensus.stagingSet(), prior.disputes().offenders()));
        }
        return new Extrinsic(
                tickets.submission(consensus, prior.safrole().ticketAccumulator()),
                extrinsic.preimages(),
                extrinsic.guarantees(),
                extrinsic.assurances(),
                extrinsic.disputes());
    }

    private SafroleResult rotate(State prior, long timeslot) {
        Outcome<SafroleResult> outcome =
                safrole.apply(
                        ConsensusState.of(prior),
                        timeslot,
                        Hash.ZERO,
                        List.of(),
                        prior.disputes().offenders(),
                        new SignatureChecks(Runnable::run));
        return switch (outcome) {
            case Outcome.Valid<SafroleResult>(var result) -> result;
            case Outcome.Invalid<SafroleResult>(var reason) ->
                    throw new IllegalArgumentException(reason.toString());
        };
    }

    private Optional<Sealer> sealer(ConsensusState consensus, long timeslot) {
        int phase = config.phase(timeslot);
        Hash entropy = consensus.entropy().third();
        for (ValidatorSecrets each : validators) {
            SecretKey key = each.bandersnatch();
            Optional<byte[]> context =
                    switch (consensus.safrole().sealTickets()) {
                        case SealKeys.Keys(var keys) ->
                                keys.get(phase).equals(key.publicKey())
                                        ? Optional.of(SealContexts.fallback(entropy))
                                        : Optional.empty();
                        case SealKeys.Tickets(var tickets) ->
                                ticketContext(entropy, tickets.get(phase), key);
                    };
            int index = index(consensus.activeSet(), key.publicKey());
            if (context.isPresent() && index >= 0) {
                return Optional.of(new Sealer(index, key, context.get()));
            }
        }
        return Optional.empty();
    }

    private static Optional<byte[]> ticketContext(Hash entropy, Ticket ticket, SecretKey key) {
        byte[] context = SealContexts.ticket(entropy, ticket.entryIndex());
        return BandersnatchVrf.output(key, context).equals(ticket.id())
                ? Optional.of(context)
                : Optional.empty();
    }

    private static int index(ValidatorSet set, BandersnatchKey key) {
        for (int i = 0; i < set.size(); i++) {
            if (set.get(i).bandersnatch().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private Block seal(
            Hash parentHash,
            ChainState parent,
            long timeslot,
            Extrinsic extrinsic,
            SafroleResult rotated,
            Sealer sealer) {
        Hash output = BandersnatchVrf.output(sealer.key, sealer.context);
        Header unsealed =
                new Header(
                        parentHash,
                        parent.root(),
                        extrinsic.hash(config),
                        timeslot,
                        rotated.epochMark(),
                        rotated.winningTicketsMark(),
                        sealer.index,
                        BandersnatchVrf.sign(sealer.key, SealContexts.entropy(output), NO_MESSAGE),
                        List.of(),
                        BandersnatchSignature.ZERO);
        BandersnatchSignature seal =
                BandersnatchVrf.sign(
                        sealer.key, sealer.context, unsealed.unsignedEncoding(config).octets());
        return new Block(unsealed.withSeal(seal), extrinsic);
    }
}
