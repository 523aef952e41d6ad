package io.marmalade.crypto.ed25519;

import java.util.List;

/** A signature in each lane. */
final class VectorBatchVerifier implements BatchVerifier {
    /** From how many signatures on a group that is not full pays. */
    private static final int FEWEST = 3;

    private static final ThreadLocal<LanesVerifier> VERIFIER =
            ThreadLocal.withInitial(LanesVerifier::new);

    @Override
    public boolean[] verify(List<Ed25519.Check> checks) {
        boolean[] verdicts = new boolean[checks.size()];
        LanesVerifier verifier = VERIFIER.get();
        int done = 0;
        while (verdicts.length - done >= FEWEST) {
            int count = Math.min(Lanes25519.LANES, verdicts.length - done);
            verifier.verify(checks, done, count, verdicts);
            done += count;
        }
        for (; done < verdicts.length; done++) {
            Ed25519.Check check = checks.get(done);
            verdicts[done] = Ed25519.verify(check.key(), check.message(), check.signature());
        }
        return verdicts;
    }
}
