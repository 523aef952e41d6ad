package io.marmalade.block;

import java.util.List;

/**
 * The disputes of a block (E_D).
 *
 * @param verdicts judgements on reports
 * @param culprits guarantors of bad reports
 * @param faults validators that judged wrongly
 * @gp eq:disputesspec
 */
public record DisputesExtrinsic(
        List<Verdict> verdicts,
        List<Culprit> culprits,
        List<Fault> faults) {}
