package io.marmalade.transition.accumulation;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.block.AvailabilitySpecification;
import io.marmalade.block.RefinementContext;
import io.marmalade.block.WorkDigest;
import io.marmalade.block.WorkReport;
import io.marmalade.block.WorkResult;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Makes work reports of which only that matters which accumulation looks at. */
final class Reports {
    private Reports() {}

    /** A work item's service and gas. */
    record Item(long service, long gas) {}

    static Hash hash(int number) {
        byte[] octets = new byte[Hash.SIZE];
        octets[0] = (byte) number;
        octets[1] = (byte) (number >>> 8);
        return Hash.of(octets);
    }

    static WorkReport report(int number, List<Hash> prerequisites, Item... items) {
        List<WorkDigest> digests = new ArrayList<>();
        for (Item item : items) {
            digests.add(
                    new WorkDigest(
                            item.service,
                            Hash.ZERO,
                            hash(1000 + number),
                            item.gas,
                            new WorkResult.Output(Bytes.EMPTY),
                            0,
                            0,
                            0,
                            0,
                            0));
        }
        return new WorkReport(
                new AvailabilitySpecification(hash(number), 0, Hash.ZERO, 0, Hash.ZERO, 0),
                new RefinementContext(
                        Hash.ZERO, 0, Hash.ZERO, Hash.ZERO, Hash.ZERO, 0, Hash.ZERO, prerequisites),
                0,
                Hash.ZERO,
                0,
                Bytes.EMPTY,
                new TreeMap<>(),
                digests);
    }
}
