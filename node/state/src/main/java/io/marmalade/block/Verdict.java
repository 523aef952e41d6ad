package io.marmalade.block;

import io.marmalade.base.Hash;
import java.util.List;

/**
 * Judgements on a report by a supermajority of a validator set.
 *
 * @param reportHash of the judged report
 * @param epoch whose set judges, 0..2³²−1
 * @param judgements ⌊2n/3⌋+1 of them
 */
public record Verdict(
        Hash reportHash,
        long epoch,
        List<Judgement> judgements) {}
