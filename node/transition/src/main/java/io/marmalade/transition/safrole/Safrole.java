package io.marmalade.transition.safrole;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BlsKey;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.RingRoot;
import io.marmalade.base.ValidatorMetadata;
import io.marmalade.block.EpochMark;
import io.marmalade.block.EpochMarkKeys;
import io.marmalade.block.Ticket;
import io.marmalade.block.TicketEnvelope;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.state.Entropy;
import io.marmalade.state.SafroleState;
import io.marmalade.state.SealKeys;
import io.marmalade.state.ValidatorKeys;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.Cryptography;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.TransitionRules;
import io.marmalade.transition.rules.Violation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The transition of Safrole's state: rotates keys and entropy when an epoch begins, chooses who may
 * seal, and gathers tickets.
 *
 * @gp sec:blockproduction
 */
public final class Safrole {
    private static final ValidatorKeys NULL_KEYS =
            new ValidatorKeys(
                    BandersnatchKey.ZERO, Ed25519Key.ZERO, BlsKey.ZERO, ValidatorMetadata.ZERO);

    private final ProtocolConfig config;
    private final TransitionRules rules;
    private final Cryptography cryptography;

    /**
     * @param config the chain's parameters
     * @param cryptography verifies tickets and commits to rings
     */
    public Safrole(ProtocolConfig config, Cryptography cryptography) {
        this.config = config;
        this.rules = TransitionRules.of(config.version());
        this.cryptography = cryptography;
    }

    /**
     * Applies a block's time and tickets.
     *
     * @param prior the prior state
     * @param timeslot of the block (H_T)
     * @param entropyOutput of the block's entropy signature, Y(H_V)
     * @param tickets E_T
     * @param offenders ψ_O'
     * @param checks takes the tickets' proofs
     */
    public Outcome<SafroleResult> apply(
            ConsensusState prior,
            long timeslot,
            Hash entropyOutput,
            List<TicketEnvelope> tickets,
            Set<Ed25519Key> offenders,
            SignatureChecks checks) {
        if (timeslot <= prior.timeslot()) {
            return Outcome.invalid(
                    Violation.SAFROLE_BAD_SLOT,
                    "time slot " + timeslot + " is not after " + prior.timeslot());
        }
        long priorEpoch = config.epoch(prior.timeslot());
        int priorPhase = config.phase(prior.timeslot());
        long epoch = config.epoch(timeslot);
        int phase = config.phase(timeslot);
        boolean newEpoch = epoch > priorEpoch;
        SafroleState safrole = prior.safrole();
        List<Ticket> accumulator = safrole.ticketAccumulator();
        boolean saturated = accumulator.size() == config.epochLength();

        Entropy entropy = entropy(prior.entropy(), entropyOutput, newEpoch);
        ValidatorSet pendingSet = safrole.pendingSet();
        ValidatorSet activeSet = prior.activeSet();
        ValidatorSet previousSet = prior.previousSet();
        RingRoot epochRoot = safrole.epochRoot();
        SealKeys sealKeys = safrole.sealTickets();
        if (newEpoch) {
            if (pendingSet.size() == 0 || prior.stagingSet().size() == 0) {
                return Outcome.invalid(
                        Violation.SAFROLE_BAD_AUTHOR_INDEX, "the new epoch has no validators");
            }
            previousSet = activeSet;
            activeSet = pendingSet;
            pendingSet = withoutOffenders(prior.stagingSet(), offenders);
            epochRoot = cryptography.ringRoot(ring(pendingSet));
            sealKeys =
                    epoch == priorEpoch + 1 && priorPhase >= config.epochTailStart() && saturated
                            ? new SealKeys.Tickets(outsideIn(accumulator))
                            : new SealKeys.Keys(fallbackKeys(entropy.second(), activeSet));
        }

        if (phase >= config.epochTailStart() && !tickets.isEmpty()) {
            return Outcome.invalid(
                    Violation.SAFROLE_UNEXPECTED_TICKET,
                    tickets.size() + " tickets in phase " + phase + " of the epoch");
        }
        if (tickets.size() > config.maxBlockTickets()) {
            return Outcome.invalid(
                    Violation.SAFROLE_TOO_MANY_TICKETS,
                    tickets.size() + " tickets, more than " + config.maxBlockTickets());
        }
        Outcome<List<Ticket>> merged =
                merge(
                        newEpoch ? List.of() : accumulator,
                        accumulator,
                        tickets,
                        epochRoot,
                        pendingSet.size(),
                        entropy,
                        checks);
        return switch (merged) {
            case Outcome.Invalid<List<Ticket>>(var reason) -> new Outcome.Invalid<>(reason);
            case Outcome.Valid<List<Ticket>>(var posteriorAccumulator) ->
                    Outcome.valid(
                            new SafroleResult(
                                    new ConsensusState(
                                            timeslot,
                                            newEpoch || !tickets.isEmpty()
                                                    ? new SafroleState(
                                                            pendingSet,
                                                            epochRoot,
                                                            sealKeys,
                                                            posteriorAccumulator)
                                                    : safrole,
                                            entropy,
                                            prior.stagingSet(),
                                            activeSet,
                                            previousSet),
                                    newEpoch ? epochMark(prior.entropy(), pendingSet) : null,
                                    !newEpoch
                                                    && priorPhase < config.epochTailStart()
                                                    && config.epochTailStart() <= phase
                                                    && saturated
                                            ? outsideIn(accumulator)
                                            : null));
        };
    }

    private Outcome<List<Ticket>> merge(
            List<Ticket> base,
            List<Ticket> priorAccumulator,
            List<TicketEnvelope> envelopes,
            RingRoot ring,
            int ringSize,
            Entropy entropy,
            SignatureChecks checks) {
        if (envelopes.isEmpty()) {
            return Outcome.valid(base);
        }
        int entries = rules.ticketEntries(config, Math.max(1, ringSize));
        List<Ticket> tickets = new ArrayList<>(envelopes.size());
        List<Cryptography.RingClaim> claims = new ArrayList<>(envelopes.size());
        for (TicketEnvelope envelope : envelopes) {
            if (envelope.entryIndex() >= entries) {
                return Outcome.invalid(
                        Violation.SAFROLE_BAD_TICKET_ATTEMPT,
                        "entry " + envelope.entryIndex() + " of " + entries);
            }
            claims.add(
                    new Cryptography.RingClaim(
                            SealContexts.ticket(entropy.second(), envelope.entryIndex()),
                            envelope.proof()));
            tickets.add(new Ticket(cryptography.output(envelope.proof()), envelope.entryIndex()));
        }
        checks.addAll(
                Violation.SAFROLE_BAD_TICKET_PROOF,
                index -> "the ring proof of ticket " + index,
                () -> cryptography.verifyRing(ring, ringSize, claims));
        for (int i = 1; i < tickets.size(); i++) {
            if (tickets.get(i - 1).id().compareTo(tickets.get(i).id()) >= 0) {
                return Outcome.invalid(
                        Violation.SAFROLE_BAD_TICKET_ORDER,
                        "ticket " + i + " does not come after the one before it");
            }
        }
        return join(base, priorAccumulator, tickets);
    }

    /** Merges two ascending lists and keeps the first E; every new ticket must be among them. */
    private Outcome<List<Ticket>> join(
            List<Ticket> base, List<Ticket> priorAccumulator, List<Ticket> tickets) {
        int known = 0;
        for (int i = 0; i < tickets.size(); i++) {
            Hash id = tickets.get(i).id();
            while (known < priorAccumulator.size()
                    && priorAccumulator.get(known).id().compareTo(id) < 0) {
                known++;
            }
            if (known < priorAccumulator.size() && priorAccumulator.get(known).id().equals(id)) {
                return Outcome.invalid(
                        Violation.SAFROLE_DUPLICATE_TICKET,
                        "ticket " + i + " is in the accumulator already");
            }
        }
        int size = Math.min(config.epochLength(), base.size() + tickets.size());
        List<Ticket> merged = new ArrayList<>(size);
        int old = 0;
        int fresh = 0;
        while (merged.size() < size) {
            boolean takeFresh =
                    old == base.size()
                            || (fresh < tickets.size()
                                    && tickets.get(fresh).id().compareTo(base.get(old).id()) < 0);
            merged.add(takeFresh ? tickets.get(fresh++) : base.get(old++));
        }
        if (fresh < tickets.size()) {
            return Outcome.invalid(
                    Violation.SAFROLE_USELESS_TICKET,
                    "ticket " + fresh + " comes after the " + size + " best");
        }
        return Outcome.valid(List.copyOf(merged));
    }

    private static Entropy entropy(Entropy prior, Hash output, boolean newEpoch) {
        Hash accumulated = Blake2b.hash(prior.current().octets(), output.octets());
        return newEpoch
                ? new Entropy(accumulated, prior.current(), prior.first(), prior.second())
                : new Entropy(accumulated, prior.first(), prior.second(), prior.third());
    }

    private static EpochMark epochMark(Entropy prior, ValidatorSet pendingSet) {
        List<EpochMarkKeys> keys = new ArrayList<>(pendingSet.size());
        for (ValidatorKeys validator : pendingSet.validators()) {
            keys.add(new EpochMarkKeys(validator.bandersnatch(), validator.ed25519()));
        }
        return new EpochMark(prior.current(), prior.first(), List.copyOf(keys));
    }

    /**
     * Returns the set with null keys in the place of offenders (Φ).
     *
     * @gp eq:blacklistfilter
     */
    public static ValidatorSet withoutOffenders(ValidatorSet set, Set<Ed25519Key> offenders) {
        if (offenders.isEmpty()) {
            return set;
        }
        List<ValidatorKeys> filtered = new ArrayList<>(set.size());
        for (ValidatorKeys validator : set.validators()) {
            filtered.add(offenders.contains(validator.ed25519()) ? NULL_KEYS : validator);
        }
        return new ValidatorSet(filtered);
    }

    /** Returns the ring that a set's tickets are proven in. */
    public static List<BandersnatchKey> ring(ValidatorSet set) {
        List<BandersnatchKey> keys = new ArrayList<>(set.size());
        for (ValidatorKeys validator : set.validators()) {
            keys.add(validator.bandersnatch());
        }
        return List.copyOf(keys);
    }

    /**
     * Returns the tickets from the outside in (Z): the first, the last, the second, the last but
     * one, ...
     */
    static List<Ticket> outsideIn(List<Ticket> tickets) {
        List<Ticket> sequence = new ArrayList<>(tickets.size());
        for (int low = 0, high = tickets.size() - 1; low <= high; low++, high--) {
            sequence.add(tickets.get(low));
            if (low < high) {
                sequence.add(tickets.get(high));
            }
        }
        return List.copyOf(sequence);
    }

    /**
     * Returns the keys that seal an epoch without tickets (F).
     *
     * @param entropy η₂'
     * @param set the active set of that epoch, not empty
     * @return E keys
     * @gp eq:fallbackkeysequence
     */
    public List<BandersnatchKey> fallbackKeys(Hash entropy, ValidatorSet set) {
        byte[] seed = new byte[Hash.SIZE + 4];
        System.arraycopy(entropy.octets(), 0, seed, 0, Hash.SIZE);
        List<BandersnatchKey> keys = new ArrayList<>(config.epochLength());
        for (int i = 0; i < config.epochLength(); i++) {
            LittleEndian.putInt(seed, Hash.SIZE, i);
            long draw = LittleEndian.unsignedInt(Blake2b.hash(seed).octets(), 0);
            keys.add(set.get((int) (draw % set.size())).bandersnatch());
        }
        return List.copyOf(keys);
    }
}
