package io.marmalade.conformance.codec;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Assurance;
import io.marmalade.block.Block;
import io.marmalade.block.DisputesExtrinsic;
import io.marmalade.block.Extrinsic;
import io.marmalade.block.Guarantee;
import io.marmalade.block.Header;
import io.marmalade.block.Preimage;
import io.marmalade.block.RefinementContext;
import io.marmalade.block.TicketEnvelope;
import io.marmalade.block.WorkDigest;
import io.marmalade.block.WorkItem;
import io.marmalade.block.WorkPackage;
import io.marmalade.block.WorkReport;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;
import io.marmalade.conformance.vectors.FamilyResult;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Decodes each file into its structure and encodes it again: the octets must be the same. */
public final class CodecVectors {
    private static final Map<String, Function<Decoder, Encodable>> READERS =
            Map.ofEntries(
                    Map.entry("assurances_extrinsic", in -> list(in, Assurance::decode)),
                    Map.entry("block", Block::decode),
                    Map.entry("disputes_extrinsic", DisputesExtrinsic::decode),
                    Map.entry("extrinsic", Extrinsic::decode),
                    Map.entry("guarantees_extrinsic", in -> list(in, Guarantee::decode)),
                    Map.entry("header_0", Header::decode),
                    Map.entry("header_1", Header::decode),
                    Map.entry("preimages_extrinsic", in -> list(in, Preimage::decode)),
                    Map.entry("refine_context", RefinementContext::decode),
                    Map.entry("tickets_extrinsic", in -> list(in, TicketEnvelope::decode)),
                    Map.entry("work_item", WorkItem::decode),
                    Map.entry("work_package", WorkPackage::decode),
                    Map.entry("work_report", WorkReport::decode),
                    Map.entry("work_result_0", WorkDigest::decode),
                    Map.entry("work_result_1", WorkDigest::decode));

    private CodecVectors() {}

    /**
     * Runs all files of a folder.
     *
     * @param config of the chain that the structures are from
     * @throws IOException if a file cannot be read
     */
    public static FamilyResult run(ProtocolConfig config, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
        }
        int passed = 0;
        List<String> failures = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString().replace(".bin", "");
            Function<Decoder, Encodable> reader = READERS.get(name);
            if (reader == null) {
                failures.add(name + ": no structure of that name");
                continue;
            }
            Bytes octets = Bytes.of(Files.readAllBytes(file));
            try {
                Encodable structure = Decoder.decode(config, octets.octets(), reader);
                if (structure.encoded(config).equals(octets)) {
                    passed++;
                } else {
                    failures.add(name + ": encoded otherwise");
                }
            } catch (DecodeException e) {
                failures.add(name + ": " + e.getMessage());
            }
        }
        return new FamilyResult("codec/" + folder.getFileName(), passed, failures);
    }

    private static <T extends Encodable> Encodable list(Decoder in, Function<Decoder, T> reader) {
        List<T> items = in.sequence("", 1, reader);
        return out -> out.sequence(items, Encoder::value);
    }
}
