package io.marmalade.transition.preimages;

import io.marmalade.block.Preimage;
import io.marmalade.invocation.accumulate.Provision;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.Services;
import io.marmalade.transition.rules.Outcome;
import io.marmalade.transition.rules.Violation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The preimages of a block (E_P).
 *
 * @gp eq:preimagesareordered
 */
public final class Preimages {
    private Preimages() {}

    /**
     * Judges the preimages of a block.
     *
     * @param prior δ: the accounts before the block
     * @param preimages E_P
     * @return the preimages with their hashes, in the same order
     */
    public static Outcome<List<Provision>> check(Services prior, List<Preimage> preimages) {
        @Nullable Preimage previous = null;
        for (Preimage preimage : preimages) {
            if (previous != null && compare(previous, preimage) >= 0) {
                return Outcome.invalid(
                        Violation.PREIMAGES_PREIMAGES_NOT_SORTED_UNIQUE,
                        "service " + preimage.service());
            }
            previous = preimage;
        }
        List<Provision> provisions = new ArrayList<>(preimages.size());
        for (Preimage preimage : preimages) {
            Provision provision = Provision.of(preimage.service(), preimage.data());
            if (!provision.isProvidable(prior)) {
                return Outcome.invalid(
                        Violation.PREIMAGES_PREIMAGE_UNNEEDED,
                        "service " + provision.service() + ", " + provision.hash());
            }
            provisions.add(provision);
        }
        return Outcome.valid(Collections.unmodifiableList(provisions));
    }

    /**
     * Integrates the preimages of a block; those that accumulation made useless are left out.
     *
     * @param services δ‡, made δ′
     * @param provisions what {@link #check} gave
     * @param timeslot τ′
     */
    public static void integrate(
            ServiceChanges services, List<Provision> provisions, long timeslot) {
        Provision.integrate(services, provisions, timeslot);
    }

    private static int compare(Preimage a, Preimage b) {
        int byService = Long.compare(a.service(), b.service());
        return byService != 0 ? byService : a.data().compareTo(b.data());
    }
}
