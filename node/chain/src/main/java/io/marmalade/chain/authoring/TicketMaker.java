package io.marmalade.chain.authoring;

import io.marmalade.base.BandersnatchKey;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Ticket;
import io.marmalade.block.TicketEnvelope;
import io.marmalade.crypto.bandersnatch.BandersnatchVrf;
import io.marmalade.crypto.bandersnatch.RingProver;
import io.marmalade.crypto.bandersnatch.SecretKey;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.TransitionRules;
import io.marmalade.transition.safrole.ConsensusState;
import io.marmalade.transition.safrole.Safrole;
import io.marmalade.transition.safrole.SealContexts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Makes tickets with the secrets of some validators, the best first. Which tickets there are is
 * known as soon as an epoch's entropy and ring are; their proofs, which take a hundred times as
 * long, are made only for those that may be among the best of an epoch, on an executor, and by
 * whoever needs one that nobody has begun.
 *
 * <p>Owned by one thread. The secrets must not be wiped before this is closed.
 *
 * @gp sec:safrolextandtickets
 */
public final class TicketMaker implements AutoCloseable {
    private static final byte[] NO_MESSAGE = new byte[0];

    /** Epochs that are kept: the present one and the next. */
    private static final int KEPT = 2;

    private final ProtocolConfig config;
    private final TransitionRules rules;
    private final List<ValidatorSecrets> validators;
    private final Executor executor;
    private final Map<Lottery, Entries> entries = new LinkedHashMap<>();

    /** Given up, but perhaps with a proof that somebody is at work on. */
    private final List<Entries> leaving = new ArrayList<>();

    /** What tickets of an epoch depend on. */
    private record Lottery(Hash entropy, List<BandersnatchKey> ring) {}

    /** A ticket and its proof in the making. */
    private record Entry(Ticket ticket, FutureTask<TicketEnvelope> envelope) {}

    /**
     * @param config the chain's parameters and protocol version
     * @param validators whose secrets are known; owned by the caller
     * @param executor makes proofs ahead of time; {@code task -> {}} leaves all to whoever needs
     *     one
     */
    public TicketMaker(
            ProtocolConfig config, List<ValidatorSecrets> validators, Executor executor) {
        this.config = config;
        this.rules = TransitionRules.of(config.version());
        this.validators = List.copyOf(validators);
        this.executor = executor;
    }

    /**
     * Begins to make the tickets of an epoch, unless that was done.
     *
     * @param entropy η₂' in that epoch
     * @param pendingSet γ_P' in that epoch
     */
    public void prepare(Hash entropy, ValidatorSet pendingSet) {
        if (pendingSet.size() > 0) {
            entries(entropy, pendingSet);
        }
    }

    /**
     * Returns tickets for a block: the best that are not submitted yet, as many as are allowed and
     * will be among the epoch's best.
     *
     * @param consensus what the block makes of the state but for its tickets; its time slot is the
     *     block's
     * @param priorAccumulator γ_A: nothing in it may come again, also when an epoch begins without
     *     it
     * @return in the order of the extrinsic; none when the time for tickets is over
     */
    public List<TicketEnvelope> submission(
            ConsensusState consensus, List<Ticket> priorAccumulator) {
        ValidatorSet pendingSet = consensus.safrole().pendingSet();
        if (config.phase(consensus.timeslot()) >= config.epochTailStart()
                || pendingSet.size() == 0) {
            return List.of();
        }
        List<Ticket> accumulator = consensus.safrole().ticketAccumulator();
        Set<Ticket> known = new HashSet<>(accumulator);
        known.addAll(priorAccumulator);
        List<TicketEnvelope> submission = new ArrayList<>();
        int better = 0;
        for (Entry entry : entries(consensus.entropy().second(), pendingSet).sorted()) {
            if (submission.size() == config.maxBlockTickets()) {
                break;
            }
            while (better < accumulator.size()
                    && accumulator.get(better).id().compareTo(entry.ticket.id()) < 0) {
                better++;
            }
            if (better + submission.size() >= config.epochLength()) {
                break;
            }
            if (!known.contains(entry.ticket)) {
                submission.add(await(entry.envelope));
            }
        }
        return List.copyOf(submission);
    }

    private Entries entries(Hash entropy, ValidatorSet pendingSet) {
        List<BandersnatchKey> ring = Safrole.ring(pendingSet);
        Lottery lottery = new Lottery(entropy, ring);
        Entries known = entries.get(lottery);
        if (known == null) {
            if (entries.size() == KEPT) {
                Iterator<Entries> eldest = entries.values().iterator();
                Entries leaver = eldest.next();
                eldest.remove();
                leaver.givenUp = true;
                leaving.add(leaver);
                leaving.removeIf(Entries::isOver);
            }
            known = new Entries(lottery);
            entries.put(lottery, known);
            known.begin();
        }
        return known;
    }

    /** Gives up what has not begun, and waits for what has. */
    @Override
    public void close() {
        leaving.addAll(entries.values());
        entries.clear();
        leaving.forEach(each -> each.givenUp = true);
        leaving.forEach(Entries::end);
        leaving.clear();
    }

    /** All tickets that may count in one epoch. */
    private final class Entries {
        private final Lottery lottery;
        private final FutureTask<List<Entry>> sorted = new FutureTask<>(this::sort);
        private final FutureTask<RingProver> prover;
        private volatile boolean givenUp;

        Entries(Lottery lottery) {
            this.lottery = lottery;
            prover = new FutureTask<>(() -> new RingProver(lottery.ring));
        }

        List<Entry> sorted() {
            return await(sorted);
        }

        void begin() {
            lend(() -> {
                sorted.run();
                if (!givenUp) {
                    await(sorted).forEach(entry -> lend(entry.envelope));
                }
            });
        }

        private void lend(Runnable task) {
            try {
                executor.execute(task);
            } catch (RejectedExecutionException e) {
                // No help, then: whoever needs a ticket makes it.
            }
        }

        private List<Entry> sort() {
            List<Entry> all = new ArrayList<>();
            int indices = rules.ticketEntries(config, lottery.ring.size());
            for (ValidatorSecrets each : validators) {
                SecretKey key = each.bandersnatch();
                if (!lottery.ring.contains(key.publicKey())) {
                    continue;
                }
                for (int index = 0; index < indices && !givenUp; index++) {
                    byte[] context = SealContexts.ticket(lottery.entropy, index);
                    Ticket ticket = new Ticket(BandersnatchVrf.output(key, context), index);
                    all.add(new Entry(ticket, new FutureTask<>(proof(key, context, index))));
                }
            }
            all.sort(Comparator.comparing(entry -> entry.ticket.id()));
            int size = Math.min(all.size(), config.epochLength());
            return Collections.unmodifiableList(new ArrayList<>(all.subList(0, size)));
        }

        private Callable<TicketEnvelope> proof(SecretKey key, byte[] context, int index) {
            return () -> {
                if (givenUp) {
                    throw new CancellationException("nobody needs the ticket");
                }
                return new TicketEnvelope(index, await(prover).sign(key, context, NO_MESSAGE));
            };
        }

        /** Returns whether nobody is at work with the secrets, once it is given up. */
        boolean isOver() {
            sorted.run();
            if (!sorted.isDone()) {
                return false;
            }
            boolean over = true;
            for (Entry entry : await(sorted)) {
                entry.envelope.run();
                over &= entry.envelope.isDone();
            }
            return over;
        }

        /** Waits until nobody is at work with the secrets, once it is given up. */
        void end() {
            for (Entry entry : await(sorted)) {
                try {
                    await(entry.envelope);
                } catch (IllegalStateException e) {
                    // It was given up.
                }
            }
        }
    }

    /** Returns a task's result, which it finds itself if nobody has begun. */
    private static <T> T await(FutureTask<T> task) {
        task.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a ticket was not made", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
