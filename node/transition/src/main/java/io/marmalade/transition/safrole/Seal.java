package io.marmalade.transition.safrole;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.EpochMark;
import io.marmalade.block.Header;
import io.marmalade.block.Ticket;
import io.marmalade.state.SealKeys;
import io.marmalade.transition.rules.Cryptography;
import io.marmalade.transition.rules.InvalidReason;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.Violation;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * What a header must carry by Safrole: the markers, an author who may seal the slot, the seal, and
 * the entropy signature.
 *
 * @gp sec:sealandentropy
 */
public final class Seal {
    private static final byte[] NO_MESSAGE = new byte[0];

    private final ProtocolConfig config;
    private final Cryptography cryptography;

    /**
     * @param config the chain's parameters
     * @param cryptography verifies the signatures
     */
    public Seal(ProtocolConfig config, Cryptography cryptography) {
        this.config = config;
        this.cryptography = cryptography;
    }

    /**
     * Checks a header against what Safrole made of its block.
     *
     * @param header the header
     * @param unsignedHeader its encoding without the seal
     * @param expected what Safrole made of the block
     * @param checks takes the two signatures
     * @return why the header is invalid, as far as it is known without the signatures
     */
    public Optional<InvalidReason> check(
            Header header, byte[] unsignedHeader, SafroleResult expected, SignatureChecks checks) {
        ConsensusState posterior = expected.posterior();
        EpochMark epochMark = expected.epochMark();
        if (epochMark == null
                ? header.epochMark() != null
                : !epochMark.equals(header.epochMark())) {
            return Optional.of(
                    Violation.SAFROLE_BAD_EPOCH_MARK.because(
                            mark("epoch mark", header.epochMark(), epochMark)));
        }
        List<Ticket> ticketsMark = expected.winningTicketsMark();
        if (ticketsMark == null
                ? header.winningTicketsMark() != null
                : !ticketsMark.equals(header.winningTicketsMark())) {
            return Optional.of(
                    Violation.SAFROLE_BAD_TICKETS_MARK.because(
                            mark("tickets mark", header.winningTicketsMark(), ticketsMark)));
        }
        if (header.authorIndex() >= posterior.activeSet().size()) {
            return Optional.of(
                    Violation.SAFROLE_BAD_AUTHOR_INDEX.because(
                            "author "
                                    + header.authorIndex()
                                    + " of "
                                    + posterior.activeSet().size()
                                    + " validators"));
        }
        BandersnatchKey author = posterior.activeSet().get(header.authorIndex()).bandersnatch();
        Hash output = cryptography.output(header.seal());
        int phase = config.phase(header.timeslot());
        byte[] context;
        switch (posterior.safrole().sealTickets()) {
            case SealKeys.Tickets(var tickets) -> {
                Ticket ticket = tickets.get(phase);
                if (!ticket.id().equals(output)) {
                    return Optional.of(
                            Violation.SAFROLE_UNEXPECTED_AUTHOR.because(
                                    "the seal is not of the ticket of phase " + phase));
                }
                context = SealContexts.ticket(posterior.entropy().third(), ticket.entryIndex());
            }
            case SealKeys.Keys(var keys) -> {
                if (!keys.get(phase).equals(author)) {
                    return Optional.of(
                            Violation.SAFROLE_UNEXPECTED_AUTHOR.because(
                                    "author "
                                            + header.authorIndex()
                                            + " has not the key of phase "
                                            + phase));
                }
                context = SealContexts.fallback(posterior.entropy().third());
            }
        }
        checks.add(
                Violation.SAFROLE_BAD_SEAL,
                () -> "the seal by author " + header.authorIndex(),
                () -> cryptography.verifyVrf(author, context, unsignedHeader, header.seal()));
        byte[] entropyContext = SealContexts.entropy(output);
        checks.add(
                Violation.SAFROLE_BAD_ENTROPY_SIGNATURE,
                () -> "the entropy signature by author " + header.authorIndex(),
                () ->
                        cryptography.verifyVrf(
                                author, entropyContext, NO_MESSAGE, header.entropySignature()));
        return Optional.empty();
    }

    private static String mark(String what, @Nullable Object found, @Nullable Object expected) {
        if (found == null) {
            return "the " + what + " is missing";
        }
        return expected == null ? "there must be no " + what : "the " + what + " is wrong";
    }
}
