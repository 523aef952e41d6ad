package io.marmalade.conformance.stf;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.RingRoot;
import io.marmalade.block.EpochMark;
import io.marmalade.block.Ticket;
import io.marmalade.block.TicketEnvelope;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.stf.StfVectors.Expected;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.state.Entropy;
import io.marmalade.state.SafroleState;
import io.marmalade.state.SealKeys;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.StandardCryptography;
import io.marmalade.transition.safrole.ConsensusState;
import io.marmalade.transition.safrole.Safrole;
import io.marmalade.transition.safrole.SafroleResult;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Vectors of Safrole. */
public final class SafroleVectors {
    private static final List<String> ERRORS =
            List.of(
                    "bad_slot",
                    "unexpected_ticket",
                    "bad_ticket_order",
                    "bad_ticket_proof",
                    "bad_ticket_attempt",
                    "reserved",
                    "duplicate_ticket");

    private SafroleVectors() {}

    private record Marks(@Nullable EpochMark epochMark, @Nullable List<Ticket> ticketsMark) {
        static Marks decode(Decoder in) {
            return new Marks(
                    in.optional(EpochMark::decode),
                    in.optional(i -> i.fixed(i.config().epochLength(), Ticket::decode)));
        }
    }

    private record Consensus(ConsensusState state, List<Ed25519Key> offenders) {
        static Consensus decode(Decoder in) {
            long timeslot = in.u32();
            Entropy entropy = Entropy.decode(in);
            ValidatorSet previousSet = ValidatorSet.decode(in);
            ValidatorSet activeSet = ValidatorSet.decode(in);
            ValidatorSet pendingSet = ValidatorSet.decode(in);
            ValidatorSet stagingSet = ValidatorSet.decode(in);
            List<Ticket> accumulator = in.sequence(1, Ticket::decode);
            SealKeys sealKeys = SealKeys.decode(in);
            RingRoot epochRoot = in.ringRoot();
            return new Consensus(
                    new ConsensusState(
                            timeslot,
                            new SafroleState(pendingSet, epochRoot, sealKeys, accumulator),
                            entropy,
                            stagingSet,
                            activeSet,
                            previousSet),
                    in.sequence(Ed25519Key.SIZE, Decoder::ed25519Key));
        }
    }

    /**
     * Runs a folder.
     *
     * @throws IOException if a file cannot be read
     */
    public static FamilyResult run(ProtocolConfig config, Path folder) throws IOException {
        return StfVectors.run(config, folder, SafroleVectors::run);
    }

    /**
     * Compares the epoch roots in the prior states of a folder's vectors with those of their
     * pending sets, which a transition only does when an epoch begins.
     *
     * @throws IOException if a file cannot be read
     */
    static FamilyResult compareRoots(ProtocolConfig config, Path folder) throws IOException {
        return StfVectors.run(config, folder, SafroleVectors::compareRoot);
    }

    private static Optional<String> compareRoot(ProtocolConfig config, Decoder in) {
        in.u32();
        in.hash();
        in.sequence(1, TicketEnvelope::decode);
        SafroleState safrole = Consensus.decode(in).state.safrole();
        return StfVectors.compare(
                "epoch root",
                safrole.epochRoot(),
                new StandardCryptography().ringRoot(Safrole.ring(safrole.pendingSet())));
    }

    private static Optional<String> run(ProtocolConfig config, Decoder in) {
        long timeslot = in.u32();
        Hash entropy = in.hash();
        List<TicketEnvelope> tickets = in.sequence(1, TicketEnvelope::decode);
        Consensus prior = Consensus.decode(in);
        Expected<Marks> expected = Expected.decode(in, Marks::decode, ERRORS);
        Consensus posterior = Consensus.decode(in);
        in.finish();
        SignatureChecks checks = new SignatureChecks(Runnable::run);
        Outcome<SafroleResult> outcome =
                new Safrole(config, new StandardCryptography())
                        .apply(
                                prior.state,
                                timeslot,
                                entropy,
                                tickets,
                                new HashSet<>(prior.offenders),
                                checks);
        return switch (StfVectors.judged(outcome, checks)) {
            case Outcome.Invalid<SafroleResult>(var reason) -> expected.compareError(reason);
            case Outcome.Valid<SafroleResult>(var result) ->
                    expected.compareOutput(
                                    new Marks(result.epochMark(), result.winningTicketsMark()))
                            .or(() -> compare(posterior.state, result.posterior()));
        };
    }

    private static Optional<String> compare(ConsensusState expected, ConsensusState actual) {
        SafroleState safrole = expected.safrole();
        SafroleState actualSafrole = actual.safrole();
        return StfVectors.compare("time slot", expected.timeslot(), actual.timeslot())
                .or(() -> StfVectors.compare("entropy", expected.entropy(), actual.entropy()))
                .or(() ->
                        StfVectors.compare(
                                "pending set", safrole.pendingSet(), actualSafrole.pendingSet()))
                .or(() ->
                        StfVectors.compare(
                                "epoch root", safrole.epochRoot(), actualSafrole.epochRoot()))
                .or(() ->
                        StfVectors.compare(
                                "seal keys", safrole.sealTickets(), actualSafrole.sealTickets()))
                .or(() ->
                        StfVectors.compare(
                                "ticket accumulator",
                                safrole.ticketAccumulator(),
                                actualSafrole.ticketAccumulator()))
                .or(() -> StfVectors.compare("validator sets", expected, actual));
    }
}
