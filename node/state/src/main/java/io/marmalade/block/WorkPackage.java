package io.marmalade.block;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.hash.Blake2b;

import java.util.List;

/**
 * A work package (P).
 *
 * @param authorizationCodeHost service that has the code, 0..2³²−1
 * @param authorizationCodeHash of the authorizer's code
 * @param context what it is refined against
 * @param authorizationToken for the authorizer
 * @param authorizationConfiguration of the authorizer
 * @param items 1..16 of them
 * @gp eq:workpackage
 */
public record WorkPackage(
        long authorizationCodeHost,
        Hash authorizationCodeHash,
        RefinementContext context,
        Bytes authorizationToken,
        Bytes authorizationConfiguration,
        List<WorkItem> items)
        implements Encodable {
    /** Copies the list. */
    public WorkPackage {
        items = List.copyOf(items);
    }

    /** Returns the hash that reports and prerequisites know the package by. */
    public Hash hash(ProtocolConfig config) {
        return Blake2b.hash(encoded(config).octets());
    }

    @Override
    public void encode(Encoder out) {
        out.u32(authorizationCodeHost)
                .octets(authorizationCodeHash)
                .value(context)
                .blob(authorizationToken)
                .blob(authorizationConfiguration)
                .sequence(items, Encoder::value);
    }

    /** Reads what {@link #encode} writes. */
    public static WorkPackage decode(Decoder in) {
        return new WorkPackage(
                in.u32(),
                in.hash(),
                in.field("context", RefinementContext::decode),
                in.field("authorization token", Decoder::blob),
                in.field("authorization configuration", Decoder::blob),
                in.sequence("items", WorkItem.MIN_SIZE, WorkItem::decode));
    }
}
