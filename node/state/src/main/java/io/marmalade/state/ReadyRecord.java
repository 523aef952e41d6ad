package io.marmalade.state;

import io.marmalade.base.Hash;
import io.marmalade.block.WorkReport;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.Collections;
import java.util.SortedSet;

/**
 * A report that is available and waits for others (an entry of ω).
 *
 * @param report the report
 * @param dependencies hashes of packages that must be accumulated before
 * @gp eq:readyspec
 */
public record ReadyRecord(WorkReport report, SortedSet<Hash> dependencies) implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = WorkReport.MIN_SIZE + 1;

    /** Makes the set unmodifiable; the caller gives it away. */
    public ReadyRecord {
        dependencies = Collections.unmodifiableSortedSet(dependencies);
    }

    @Override
    public void encode(Encoder out) {
        out.value(report).sequence(dependencies, Encoder::octets);
    }

    /** Reads what {@link #encode} writes. */
    public static ReadyRecord decode(Decoder in) {
        return new ReadyRecord(
                in.field("report", WorkReport::decode),
                in.field("dependencies", i -> i.set(Hash.SIZE, Decoder::hash)));
    }
}
