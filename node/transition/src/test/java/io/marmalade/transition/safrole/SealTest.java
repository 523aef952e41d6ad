package io.marmalade.transition.safrole;

import static io.marmalade.transition.rules.Samples.ENTROPY;
import static io.marmalade.transition.rules.Samples.OLD;
import static io.marmalade.transition.rules.Samples.hash;
import static io.marmalade.transition.rules.Samples.validators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.BandersnatchSignature;
import io.marmalade.base.Hash;
import io.marmalade.base.RingRoot;
import io.marmalade.block.EpochMark;
import io.marmalade.block.Header;
import io.marmalade.block.Ticket;
import io.marmalade.state.SafroleState;
import io.marmalade.state.SealKeys;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.FakeCryptography;
import io.marmalade.transition.rules.InvalidReason;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.Violation;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

class SealTest {
    private static final int AUTHOR = 2;
    private static final int PHASE = 4;
    private static final ValidatorSet ACTIVE = validators(200, 6);
    private static final BandersnatchKey KEY = ACTIVE.get(AUTHOR).bandersnatch();
    private static final EpochMark MARK = new EpochMark(hash(1), hash(2), List.of());

    private final FakeCryptography cryptography = new FakeCryptography();

    @Test
    void acceptsTheKeyOfTheSlot() {
        assertEquals(Optional.empty(), check(keys(), header(fallbackSeal())));
    }

    @Test
    void acceptsTheTicketOfTheSlot() {
        BandersnatchSignature seal =
                FakeCryptography.sign(KEY, SealContexts.ticket(ENTROPY.third(), 1));
        assertEquals(Optional.empty(), check(tickets(seal, 1), header(seal)));
        // Another entry of the same validator is another context.
        assertEquals(
                Optional.of(Violation.SAFROLE_BAD_SEAL), check(tickets(seal, 0), header(seal)));
    }

    @Test
    void refusesAnAuthorWhoseSlotItIsNot() {
        List<BandersnatchKey> keys = new ArrayList<>(Collections.nCopies(12, KEY));
        keys.set(PHASE, ACTIVE.get(3).bandersnatch());
        assertEquals(
                Optional.of(Violation.SAFROLE_UNEXPECTED_AUTHOR),
                check(new SealKeys.Keys(keys), header(fallbackSeal())));
        BandersnatchSignature seal =
                FakeCryptography.sign(KEY, SealContexts.ticket(ENTROPY.third(), 1));
        assertEquals(
                Optional.of(Violation.SAFROLE_UNEXPECTED_AUTHOR),
                check(tickets(fallbackSeal(), 1), header(seal)));
    }

    @Test
    void refusesAuthorsOutsideTheSet() {
        for (int author : new int[] {6, 0xffff}) {
            assertEquals(
                    Optional.of(Violation.SAFROLE_BAD_AUTHOR_INDEX),
                    check(keys(), header(author, fallbackSeal(), entropySignature(), null, null)));
        }
    }

    @Test
    void refusesSignaturesOfOtherEntropyTheSealFirst() {
        BandersnatchSignature stale =
                FakeCryptography.sign(KEY, SealContexts.fallback(ENTROPY.second()));
        assertEquals(Optional.of(Violation.SAFROLE_BAD_SEAL), check(keys(), header(stale)));
        assertEquals(
                Optional.of(Violation.SAFROLE_BAD_ENTROPY_SIGNATURE),
                check(
                        keys(),
                        header(AUTHOR, fallbackSeal(), BandersnatchSignature.ZERO, null, null)));
    }

    @Test
    void refusesMarksThatAreMissingUnexpectedOrWrong() {
        List<Ticket> winners = Collections.nCopies(12, new Ticket(hash(3), 0));
        EpochMark other = new EpochMark(hash(1), hash(3), List.of());
        assertEquals(
                Optional.empty(),
                check(
                        result(keys(), MARK, winners),
                        header(AUTHOR, fallbackSeal(), entropySignature(), MARK, winners)));
        for (EpochMark mark : Arrays.asList(null, other)) {
            assertEquals(
                    Optional.of(Violation.SAFROLE_BAD_EPOCH_MARK),
                    check(
                            result(keys(), MARK, null),
                            header(AUTHOR, fallbackSeal(), entropySignature(), mark, null)));
        }
        assertEquals(
                Optional.of(Violation.SAFROLE_BAD_EPOCH_MARK),
                check(
                        result(keys(), null, null),
                        header(AUTHOR, fallbackSeal(), entropySignature(), MARK, null)));
        assertEquals(
                Optional.of(Violation.SAFROLE_BAD_TICKETS_MARK),
                check(
                        result(keys(), null, null),
                        header(AUTHOR, fallbackSeal(), entropySignature(), null, winners)));
        assertEquals(
                Optional.of(Violation.SAFROLE_BAD_TICKETS_MARK),
                check(result(keys(), null, winners), header(fallbackSeal())));
    }

    private Optional<Violation> check(SealKeys keys, Header header) {
        return check(result(keys, null, null), header);
    }

    private Optional<Violation> check(SafroleResult expected, Header header) {
        SignatureChecks checks = new SignatureChecks(Runnable::run);
        Optional<InvalidReason> reason =
                new Seal(OLD, cryptography).check(header, new byte[0], expected, checks);
        return reason.or(checks::verdict).map(InvalidReason::violation);
    }

    private static SafroleResult result(
            SealKeys keys, @Nullable EpochMark epochMark, @Nullable List<Ticket> ticketsMark) {
        return new SafroleResult(
                new ConsensusState(
                        PHASE,
                        new SafroleState(ACTIVE, RingRoot.ZERO, keys, List.of()),
                        ENTROPY,
                        ACTIVE,
                        ACTIVE,
                        ACTIVE),
                epochMark,
                ticketsMark);
    }

    private static SealKeys keys() {
        return new SealKeys.Keys(Collections.nCopies(12, KEY));
    }

    private SealKeys tickets(BandersnatchSignature seal, int entry) {
        return new SealKeys.Tickets(
                Collections.nCopies(12, new Ticket(cryptography.output(seal), entry)));
    }

    private static BandersnatchSignature fallbackSeal() {
        return FakeCryptography.sign(KEY, SealContexts.fallback(ENTROPY.third()));
    }

    private BandersnatchSignature entropySignature() {
        return entropySignature(fallbackSeal());
    }

    private BandersnatchSignature entropySignature(BandersnatchSignature seal) {
        return FakeCryptography.sign(KEY, SealContexts.entropy(cryptography.output(seal)));
    }

    private Header header(BandersnatchSignature seal) {
        return header(AUTHOR, seal, entropySignature(seal), null, null);
    }

    private static Header header(
            int author,
            BandersnatchSignature seal,
            BandersnatchSignature entropySignature,
            @Nullable EpochMark epochMark,
            @Nullable List<Ticket> ticketsMark) {
        return new Header(
                Hash.ZERO,
                Hash.ZERO,
                Hash.ZERO,
                PHASE,
                epochMark,
                ticketsMark,
                author,
                entropySignature,
                List.of(),
                seal);
    }
}
