package io.marmalade.crypto.ed25519;

import java.util.List;

/** One signature after the other. */
final class PlainBatchVerifier implements BatchVerifier {
    @Override
    public boolean[] verify(List<Ed25519.Check> checks) {
        boolean[] verdicts = new boolean[checks.size()];
        for (int i = 0; i < verdicts.length; i++) {
            Ed25519.Check check = checks.get(i);
            verdicts[i] = Ed25519.verify(check.key(), check.message(), check.signature());
        }
        return verdicts;
    }
}
