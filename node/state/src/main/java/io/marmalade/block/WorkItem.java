package io.marmalade.block;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.List;

/**
 * A work item (W).
 *
 * @param service 0..2³²−1
 * @param codeHash of the service's code
 * @param refineGasLimit gas, unsigned
 * @param accumulateGasLimit gas, unsigned
 * @param exportCount segments, 0..2¹⁶−1
 * @param payload for refine
 * @param imports segments that it reads
 * @param extrinsics data that comes with the package
 * @gp eq:workitem
 */
public record WorkItem(
        long service,
        Hash codeHash,
        long refineGasLimit,
        long accumulateGasLimit,
        int exportCount,
        Bytes payload,
        List<ImportSegment> imports,
        List<ExtrinsicReference> extrinsics)
        implements Encodable {
    /** The fewest octets of an encoding. */
    static final int MIN_SIZE = 4 + 32 + 8 + 8 + 2 + 3;

    /** Copies the lists. */
    public WorkItem {
        imports = List.copyOf(imports);
        extrinsics = List.copyOf(extrinsics);
    }

    @Override
    public void encode(Encoder out) {
        out.u32(service)
                .octets(codeHash)
                .u64(refineGasLimit)
                .u64(accumulateGasLimit)
                .u16(exportCount)
                .blob(payload)
                .sequence(imports, Encoder::value)
                .sequence(extrinsics, Encoder::value);
    }

    /** Reads what {@link #encode} writes. */
    public static WorkItem decode(Decoder in) {
        return new WorkItem(
                in.u32(),
                in.hash(),
                in.u64(),
                in.u64(),
                in.u16(),
                in.field("payload", Decoder::blob),
                in.sequence("imports", ImportSegment.MIN_SIZE, ImportSegment::decode),
                in.sequence("extrinsics", ExtrinsicReference.MIN_SIZE, ExtrinsicReference::decode));
    }
}
