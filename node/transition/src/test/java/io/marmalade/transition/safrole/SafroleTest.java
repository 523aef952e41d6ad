package io.marmalade.transition.safrole;

import static io.marmalade.transition.rules.Samples.ENTROPY;
import static io.marmalade.transition.rules.Samples.NEW;
import static io.marmalade.transition.rules.Samples.NEW_FULL;
import static io.marmalade.transition.rules.Samples.OLD;
import static io.marmalade.transition.rules.Samples.hash;
import static io.marmalade.transition.rules.Samples.validators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.Ed25519Key;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.RingRoot;
import io.marmalade.block.Ticket;
import io.marmalade.block.TicketEnvelope;
import io.marmalade.state.SafroleState;
import io.marmalade.state.SealKeys;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.FakeCryptography;
import io.marmalade.transition.rules.InvalidReason;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.Violation;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class SafroleTest {
    private static final FakeCryptography CRYPTOGRAPHY = new FakeCryptography();
    private static final ValidatorSet PREVIOUS = validators(100, 6);
    private static final ValidatorSet ACTIVE = validators(200, 6);
    private static final ValidatorSet PENDING = validators(300, 6);
    private static final ValidatorSet STAGING = validators(400, 6);
    private static final RingRoot RING = CRYPTOGRAPHY.ringRoot(keys(PENDING));
    private static final SealKeys KEYS =
            new SealKeys.Keys(Collections.nCopies(12, ACTIVE.get(0).bandersnatch()));

    @Test
    void leavesAllButTimeAndEntropyWhereNothingHappens() {
        ConsensusState prior = state(OLD, 3, List.of());
        SafroleResult result = apply(OLD, prior, 4, List.of(), Set.of());
        assertSame(prior.safrole(), result.posterior().safrole());
        assertSame(prior.activeSet(), result.posterior().activeSet());
        assertEquals(ENTROPY.first(), result.posterior().entropy().first());
        assertNull(result.epochMark());
        assertNull(result.winningTicketsMark());
    }

    @Test
    void refusesTheTimeOfTheParent() {
        assertEquals(
                Violation.SAFROLE_BAD_SLOT, refuse(OLD, state(OLD, 3, List.of()), 3, List.of()));
    }

    @Test
    void rotatesKeysAndEntropyWithoutOffendersInANewEpoch() {
        Ed25519Key offender = STAGING.get(2).ed25519();
        SafroleResult result =
                apply(OLD, state(OLD, 11, tickets(12)), 12, List.of(), Set.of(offender));
        ConsensusState posterior = result.posterior();
        assertEquals(PENDING, posterior.activeSet());
        assertEquals(ACTIVE, posterior.previousSet());
        assertEquals(ENTROPY.current(), posterior.entropy().first());
        assertEquals(ENTROPY.first(), posterior.entropy().second());
        assertEquals(ENTROPY.second(), posterior.entropy().third());
        ValidatorSet pending = posterior.safrole().pendingSet();
        assertEquals(STAGING.get(1), pending.get(1));
        assertEquals(Ed25519Key.ZERO, pending.get(2).ed25519());
        assertEquals(BandersnatchKey.ZERO, pending.get(2).bandersnatch());
        assertEquals(CRYPTOGRAPHY.ringRoot(keys(pending)), posterior.safrole().epochRoot());
        assertEquals(List.of(), posterior.safrole().ticketAccumulator());
        assertEquals(ENTROPY.current(), result.epochMark().entropy());
        assertEquals(ENTROPY.first(), result.epochMark().ticketsEntropy());
    }

    @Test
    void sealsTheNextEpochByTicketsFromTheOutsideIn() {
        List<Ticket> tickets = tickets(12);
        SafroleResult result = apply(OLD, state(OLD, 11, tickets), 13, List.of(), Set.of());
        SealKeys.Tickets sealing =
                assertInstanceOf(
                        SealKeys.Tickets.class, result.posterior().safrole().sealTickets());
        assertEquals(tickets.get(0), sealing.tickets().get(0));
        assertEquals(tickets.get(11), sealing.tickets().get(1));
        assertEquals(tickets.get(1), sealing.tickets().get(2));
        assertEquals(tickets.get(6), sealing.tickets().get(11));
    }

    @Test
    void fallsBackToKeysWhenTicketsAreFewOrTheTailOrAnEpochWasSkipped() {
        for (ConsensusState prior :
                List.of(state(OLD, 11, tickets(11)), state(OLD, 9, tickets(12)))) {
            SafroleResult result = apply(OLD, prior, 12, List.of(), Set.of());
            assertInstanceOf(SealKeys.Keys.class, result.posterior().safrole().sealTickets());
        }
        SafroleResult skipped = apply(OLD, state(OLD, 11, tickets(12)), 24, List.of(), Set.of());
        SealKeys.Keys keys =
                assertInstanceOf(SealKeys.Keys.class, skipped.posterior().safrole().sealTickets());
        assertEquals(12, keys.keys().size());
        assertEquals(PENDING, skipped.posterior().activeSet());
    }

    @Test
    void marksTheWinnersOnceWhenTheContestEnds() {
        List<Ticket> tickets = tickets(12);
        assertEquals(
                Safrole.outsideIn(tickets),
                apply(OLD, state(OLD, 8, tickets), 10, List.of(), Set.of()).winningTicketsMark());
        assertNull(
                apply(OLD, state(OLD, 10, tickets), 11, List.of(), Set.of()).winningTicketsMark());
        assertNull(
                apply(OLD, state(OLD, 8, tickets(11)), 10, List.of(), Set.of())
                        .winningTicketsMark());
    }

    @Test
    void keepsTheBestTicketsInOrder() {
        List<Ticket> known = tickets(11);
        SafroleResult result =
                apply(
                        OLD,
                        state(OLD, 3, known),
                        4,
                        List.of(envelope(5, 0), envelope(15, 1)),
                        Set.of());
        List<Ticket> accumulator = result.posterior().safrole().ticketAccumulator();
        assertEquals(12, accumulator.size());
        assertEquals(new Ticket(hash(5), 0), accumulator.get(0));
        assertEquals(known.get(0), accumulator.get(1));
        assertEquals(new Ticket(hash(15), 1), accumulator.get(2));
        assertEquals(known.get(9), accumulator.get(11));
    }

    @Test
    void refusesTicketsThatAreUselessKnownOrOutOfOrder() {
        ConsensusState full = state(OLD, 3, tickets(12));
        assertEquals(
                Violation.SAFROLE_USELESS_TICKET,
                refuse(OLD, full, 4, List.of(envelope(5, 0), envelope(500, 0))));
        assertEquals(
                Violation.SAFROLE_DUPLICATE_TICKET, refuse(OLD, full, 4, List.of(envelope(20, 0))));
        assertEquals(
                Violation.SAFROLE_BAD_TICKET_ORDER,
                refuse(OLD, full, 4, List.of(envelope(6, 0), envelope(6, 1))));
    }

    @Test
    void refusesTicketsThatAreTooManyOrTooLate() {
        List<TicketEnvelope> four =
                List.of(envelope(1, 0), envelope(2, 0), envelope(3, 0), envelope(4, 0));
        assertEquals(
                Violation.SAFROLE_TOO_MANY_TICKETS, refuse(OLD, state(OLD, 3, List.of()), 4, four));
        assertEquals(
                Violation.SAFROLE_UNEXPECTED_TICKET,
                refuse(OLD, state(OLD, 3, List.of()), 10, List.of(envelope(1, 0))));
    }

    @Test
    void reportsABadProofBeforeABadOrder() {
        TicketEnvelope forged =
                new TicketEnvelope(
                        0, FakeCryptography.proof(CRYPTOGRAPHY.ringRoot(keys(ACTIVE)), hash(9)));
        assertEquals(
                Violation.SAFROLE_BAD_TICKET_PROOF,
                refuse(OLD, state(OLD, 3, List.of()), 4, List.of(forged, envelope(5, 0))));
    }

    @Test
    void boundsEntriesByTheParameterOrBySetSize() {
        assertEquals(
                Violation.SAFROLE_BAD_TICKET_ATTEMPT,
                refuse(OLD, state(OLD, 3, List.of()), 4, List.of(envelope(1, 3))));
        apply(NEW, state(NEW, 3, List.of()), 4, List.of(envelope(1, 3)), Set.of());
        assertEquals(
                Violation.SAFROLE_BAD_TICKET_ATTEMPT,
                refuse(NEW, state(NEW, 3, List.of()), 4, List.of(envelope(1, 4))));
        // Six validators share the 600 slots of the full chain by 200 entries each.
        apply(NEW_FULL, state(NEW_FULL, 3, List.of()), 4, List.of(envelope(1, 199)), Set.of());
        assertEquals(
                Violation.SAFROLE_BAD_TICKET_ATTEMPT,
                refuse(NEW_FULL, state(NEW_FULL, 3, List.of()), 4, List.of(envelope(1, 200))));
    }

    private static SafroleResult apply(
            ProtocolConfig config,
            ConsensusState prior,
            long timeslot,
            List<TicketEnvelope> tickets,
            Set<Ed25519Key> offenders) {
        SignatureChecks checks = new SignatureChecks(Runnable::run);
        Outcome<SafroleResult> outcome =
                new Safrole(config, CRYPTOGRAPHY)
                        .apply(prior, timeslot, hash(9), tickets, offenders, checks);
        assertEquals(Optional.empty(), checks.verdict());
        return ((Outcome.Valid<SafroleResult>) outcome).value();
    }

    private static Violation refuse(
            ProtocolConfig config,
            ConsensusState prior,
            long timeslot,
            List<TicketEnvelope> tickets) {
        SignatureChecks checks = new SignatureChecks(Runnable::run);
        Outcome<SafroleResult> outcome =
                new Safrole(config, CRYPTOGRAPHY)
                        .apply(prior, timeslot, hash(9), tickets, Set.of(), checks);
        return checks.verdict()
                .map(InvalidReason::violation)
                .orElseGet(() -> ((Outcome.Invalid<SafroleResult>) outcome).reason().violation());
    }

    private static ConsensusState state(
            ProtocolConfig config, long timeslot, List<Ticket> accumulator) {
        return new ConsensusState(
                timeslot,
                new SafroleState(PENDING, RING, KEYS, accumulator),
                ENTROPY,
                STAGING,
                ACTIVE,
                PREVIOUS);
    }

    /** Returns tickets 10, 20, 30, ... */
    private static List<Ticket> tickets(int count) {
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            tickets.add(new Ticket(hash(10 * i), 0));
        }
        return tickets;
    }

    private static TicketEnvelope envelope(int number, int entry) {
        return new TicketEnvelope(entry, FakeCryptography.proof(RING, hash(number)));
    }

    private static List<BandersnatchKey> keys(ValidatorSet set) {
        return set.validators().stream().map(validator -> validator.bandersnatch()).toList();
    }
}
