package io.marmalade.conformance.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Ticket;
import io.marmalade.block.TicketEnvelope;
import io.marmalade.chain.authoring.DevelopmentChain;
import io.marmalade.chain.authoring.TicketMaker;
import io.marmalade.chain.authoring.ValidatorSecrets;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.Entropy;
import io.marmalade.state.SafroleState;
import io.marmalade.state.ValidatorKeys;
import io.marmalade.state.ValidatorSet;
import io.marmalade.store.ChainState;
import io.marmalade.transition.rules.Cryptography;
import io.marmalade.transition.rules.StandardCryptography;
import io.marmalade.transition.safrole.ConsensusState;
import io.marmalade.transition.safrole.Safrole;
import io.marmalade.transition.safrole.SealContexts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Tickets for blocks of validators whose secrets are known. */
class TicketMakerTest {
    private static final ProtocolConfig TINY = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
    private static final Cryptography CRYPTOGRAPHY = new StandardCryptography();
    private static final Hash ENTROPY = Blake2b.hash(new byte[] {1});

    private final DevelopmentChain chain = DevelopmentChain.of(TINY, CRYPTOGRAPHY);
    private final ConsensusState genesis =
            ConsensusState.of(ChainState.of(TINY, chain.state()).state());
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final TicketMaker maker = new TicketMaker(TINY, chain.validators(), background::add);

    @AfterEach
    void wipe() {
        maker.close();
        chain.validators().forEach(ValidatorSecrets::close);
    }

    @Test
    void submitsTheBestInOrderUntilTheEpochHasItsFill() {
        List<Ticket> accumulator = new ArrayList<>();
        for (int block = 0; block < 4; block++) {
            List<TicketEnvelope> submission = submission(block, accumulator, List.of());
            assertEquals(3, submission.size());
            assertValid(submission);
            accumulator.addAll(tickets(submission));
        }
        List<Ticket> sorted = new ArrayList<>(accumulator);
        sorted.sort(Comparator.comparing(Ticket::id));
        assertEquals(sorted, accumulator);
        assertEquals(12, accumulator.stream().map(Ticket::id).distinct().count());
        assertTrue(accumulator.stream().allMatch(each -> each.entryIndex() < 3));
        assertEquals(List.of(), submission(4, accumulator, List.of()));
    }

    @Test
    void submitsNothingWhenTheTimeForTicketsIsOver() {
        assertEquals(3, submission(9, List.of(), List.of()).size());
        assertEquals(List.of(), submission(10, List.of(), List.of()));
    }

    @Test
    void submitsOnlyWhatWillBeAmongTheBest() {
        List<Ticket> own = tickets(submission(0, List.of(), List.of()));
        List<Ticket> better = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            byte[] id = new byte[Hash.SIZE];
            id[31] = (byte) i;
            better.add(new Ticket(Hash.of(id), 0));
        }
        assertEquals(own.subList(0, 1), tickets(submission(1, better, List.of())));
        List<Ticket> full = new ArrayList<>(better);
        full.add(own.getFirst());
        assertEquals(List.of(), submission(2, full, List.of()));
        List<Ticket> displaced = new ArrayList<>(better.subList(0, 10));
        displaced.add(own.get(1));
        displaced.add(own.get(2));
        assertEquals(own.subList(0, 1), tickets(submission(3, displaced, List.of())));
    }

    @Test
    void doesNotRepeatWhatThePriorAccumulatorHas() {
        List<Ticket> first = tickets(submission(0, List.of(), List.of()));
        List<Ticket> second = tickets(submission(0, List.of(), first));
        assertEquals(3, second.size());
        assertTrue(second.stream().noneMatch(first::contains));
    }

    @Test
    void makesTheSameTicketsOnWhateverThreads() {
        List<Ticket> alone = tickets(submission(0, List.of(), List.of()));
        maker.prepare(ENTROPY, genesis.safrole().pendingSet());
        while (!background.isEmpty()) {
            background.remove().run();
        }
        assertEquals(alone, tickets(submission(0, List.of(), List.of())));
        try (ExecutorService two = Executors.newFixedThreadPool(2);
                TicketMaker other = new TicketMaker(TINY, chain.validators(), two)) {
            assertEquals(alone, tickets(other.submission(consensus(0, List.of()), List.of())));
        }
    }

    @Test
    void provesInTheBackgroundOnlyWhatMayBeAmongTheBest() {
        maker.prepare(ENTROPY, genesis.safrole().pendingSet());
        maker.prepare(ENTROPY, genesis.safrole().pendingSet());
        assertEquals(1, background.size());
        background.remove().run();
        assertEquals(TINY.epochLength(), background.size());
    }

    @Test
    void givesUpTheEpochBeforeLast() {
        for (int epoch = 0; epoch < 3; epoch++) {
            maker.prepare(Blake2b.hash(new byte[] {(byte) epoch}), genesis.activeSet());
        }
        assertEquals(3, background.size());
        background.remove().run();
        assertEquals(2, background.size());
        background.remove().run();
        assertEquals(1 + TINY.epochLength(), background.size());
    }

    @Test
    void makesNoTicketsForKeysOutsideTheRing() {
        List<ValidatorKeys> strangers = new ArrayList<>();
        for (int i = 10; i < 16; i++) {
            try (ValidatorSecrets secrets =
                    ValidatorSecrets.ofSeed(ValidatorSecrets.trivialSeed(i))) {
                strangers.add(secrets.keys());
            }
        }
        strangers.set(2, chain.validators().get(4).keys());
        ValidatorSet ring = new ValidatorSet(strangers);
        SafroleState safrole =
                new SafroleState(
                        ring,
                        CRYPTOGRAPHY.ringRoot(Safrole.ring(ring)),
                        genesis.safrole().sealTickets(),
                        List.of());
        ConsensusState consensus = consensus(0, safrole);
        List<TicketEnvelope> submission = maker.submission(consensus, List.of());
        assertEquals(3, submission.size());
        assertEquals(3, submission.stream().map(TicketEnvelope::entryIndex).distinct().count());
        assertValid(Safrole.ring(ring), submission);
        assertFalse(ring.validators().contains(chain.validators().getFirst().keys()));
    }

    private List<TicketEnvelope> submission(int slot, List<Ticket> known, List<Ticket> prior) {
        return maker.submission(consensus(slot, known), prior);
    }

    private ConsensusState consensus(int slot, List<Ticket> accumulator) {
        SafroleState safrole = genesis.safrole();
        return consensus(
                slot,
                new SafroleState(
                        safrole.pendingSet(),
                        safrole.epochRoot(),
                        safrole.sealTickets(),
                        accumulator));
    }

    private ConsensusState consensus(int slot, SafroleState safrole) {
        return new ConsensusState(
                slot,
                safrole,
                new Entropy(Hash.ZERO, Hash.ZERO, ENTROPY, Hash.ZERO),
                genesis.stagingSet(),
                genesis.activeSet(),
                genesis.previousSet());
    }

    private static List<Ticket> tickets(List<TicketEnvelope> envelopes) {
        return envelopes.stream()
                .map(each -> new Ticket(CRYPTOGRAPHY.output(each.proof()), each.entryIndex()))
                .toList();
    }

    private void assertValid(List<TicketEnvelope> envelopes) {
        assertValid(Safrole.ring(genesis.safrole().pendingSet()), envelopes);
    }

    private static void assertValid(List<BandersnatchKey> ring, List<TicketEnvelope> envelopes) {
        List<Cryptography.RingClaim> claims =
                envelopes.stream()
                        .map(each ->
                                new Cryptography.RingClaim(
                                        SealContexts.ticket(ENTROPY, each.entryIndex()),
                                        each.proof()))
                        .toList();
        for (boolean valid :
                CRYPTOGRAPHY.verifyRing(CRYPTOGRAPHY.ringRoot(ring), ring.size(), claims)) {
            assertTrue(valid);
        }
    }
}
