package io.marmalade.transition.assurances;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Assurance;
import io.marmalade.block.WorkReport;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.state.PendingReport;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.rules.Cryptography;
import io.marmalade.transition.rules.Cryptography.Ed25519Claim;
import io.marmalade.transition.rules.InvalidReason;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.SignatureChecks;
import io.marmalade.transition.rules.SignatureChecks.Ed25519Check;
import io.marmalade.transition.rules.TransitionRules;
import io.marmalade.transition.rules.Violation;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Counts who holds what, and tells which reports became available.
 *
 * @gp sec:assurance
 */
public final class Assurances {
    private static final byte[] AVAILABLE = "jam_available".getBytes(StandardCharsets.US_ASCII);

    private final ProtocolConfig config;
    private final TransitionRules rules;
    private final Cryptography cryptography;

    /**
     * @param config the chain's parameters
     * @param cryptography verifies the signatures
     */
    public Assurances(ProtocolConfig config, Cryptography cryptography) {
        this.config = config;
        this.rules = TransitionRules.of(config.version());
        this.cryptography = cryptography;
    }

    /**
     * What assurances leave behind.
     *
     * @param availableReports the reports that became available (R), in the order of their cores
     * @param pendingReports ρ‡
     */
    public record Result(
            List<WorkReport> availableReports, List<@Nullable PendingReport> pendingReports) {}

    /**
     * Applies a block's assurances.
     *
     * @param assurances E_A
     * @param pendingReports ρ†
     * @param activeSet κ, of the prior state
     * @param posteriorSetSize |κ'|
     * @param parentHash H_P
     * @param timeslot H_T
     * @param checks takes the signatures
     */
    public Outcome<Result> apply(
            List<Assurance> assurances,
            List<@Nullable PendingReport> pendingReports,
            ValidatorSet activeSet,
            int posteriorSetSize,
            Hash parentHash,
            long timeslot,
            SignatureChecks checks) {
        int[] counts = new int[pendingReports.size()];
        List<Ed25519Check> signatures = new ArrayList<>(assurances.size());
        Optional<InvalidReason> reason =
                count(assurances, pendingReports, activeSet, parentHash, counts, signatures);
        checks.addEd25519(Violation.ASSURANCES_BAD_SIGNATURE, cryptography, signatures);
        if (reason.isPresent()) {
            return new Outcome.Invalid<>(reason.get());
        }
        return Outcome.valid(
                result(
                        pendingReports,
                        counts,
                        activeSet.size(),
                        rules.resizeClearsCores() && activeSet.size() != posteriorSetSize,
                        timeslot));
    }

    private static Optional<InvalidReason> count(
            List<Assurance> assurances,
            List<@Nullable PendingReport> pendingReports,
            ValidatorSet activeSet,
            Hash parentHash,
            int[] counts,
            List<Ed25519Check> signatures) {
        int previous = -1;
        for (int i = 0; i < assurances.size(); i++) {
            Assurance assurance = assurances.get(i);
            int assurer = assurance.validatorIndex();
            if (!assurance.anchor().equals(parentHash)) {
                return invalid(
                        Violation.ASSURANCES_BAD_ATTESTATION_PARENT,
                        "assurance " + i + " is anchored on " + assurance.anchor());
            }
            if (assurer <= previous) {
                return invalid(
                        Violation.ASSURANCES_NOT_SORTED_OR_UNIQUE_ASSURERS,
                        "validator " + assurer + " after " + previous);
            }
            previous = assurer;
            if (assurer >= activeSet.size()) {
                return invalid(
                        Violation.ASSURANCES_BAD_VALIDATOR_INDEX,
                        "validator " + assurer + " of " + activeSet.size());
            }
            signatures.add(
                    new Ed25519Check(
                            new Ed25519Claim(
                                    activeSet.get(assurer).ed25519(),
                                    message(assurance, counts.length),
                                    assurance.signature()),
                            () -> "the assurance of validator " + assurer));
            BitSet bits = assurance.availabilities();
            for (int core = bits.nextSetBit(0); core >= 0; core = bits.nextSetBit(core + 1)) {
                if (core >= counts.length || pendingReports.get(core) == null) {
                    return invalid(
                            Violation.ASSURANCES_CORE_NOT_ENGAGED,
                            "core " + core + " by validator " + assurer);
                }
                counts[core]++;
            }
        }
        return Optional.empty();
    }

    private static Optional<InvalidReason> invalid(Violation violation, String detail) {
        return Optional.of(violation.because(detail));
    }

    private Result result(
            List<@Nullable PendingReport> pendingReports,
            int[] counts,
            int validators,
            boolean clearAll,
            long timeslot) {
        List<WorkReport> available = new ArrayList<>();
        List<@Nullable PendingReport> remaining = new ArrayList<>(pendingReports);
        boolean changed = false;
        for (int core = 0; core < counts.length; core++) {
            PendingReport pending = pendingReports.get(core);
            if (pending == null) {
                continue;
            }
            boolean becameAvailable = 3L * counts[core] > 2L * validators;
            if (becameAvailable) {
                available.add(pending.report());
            }
            if (becameAvailable
                    || clearAll
                    || timeslot >= pending.timeslot() + config.assuranceTimeoutPeriod()) {
                remaining.set(core, null);
                changed = true;
            }
        }
        return new Result(
                List.copyOf(available),
                changed ? Collections.unmodifiableList(remaining) : pendingReports);
    }

    /**
     * Returns what an assurer signs.
     *
     * @param cores C
     * @gp eq:assurancesig
     */
    public static byte[] message(Assurance assurance, int cores) {
        byte[] bits = Arrays.copyOf(assurance.availabilities().toByteArray(), (cores + 7) / 8);
        Hash hash = Blake2b.hash(assurance.anchor().octets(), bits);
        byte[] message = Arrays.copyOf(AVAILABLE, AVAILABLE.length + Hash.SIZE);
        System.arraycopy(hash.octets(), 0, message, AVAILABLE.length, Hash.SIZE);
        return message;
    }
}
