package io.marmalade.conformance.crypto;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.erasure.ErasureCode;
import io.marmalade.pvm.ProtocolVersion;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Encodes each file's data, compares all shards, and restores the data from the last ones. */
public final class ErasureVectors {
    private ErasureVectors() {}

    /** What a file holds. */
    private record Vector(Bytes data, List<Bytes> shards) {
        static Vector decode(Decoder in) {
            return new Vector(in.blob(), in.sequence("shards", 1, Decoder::blob));
        }
    }

    /**
     * Runs the vectors of a folder with the folders {@code tiny} and {@code full} in it.
     *
     * @throws IOException if a file cannot be read
     */
    public static FamilyResult run(Path folder) throws IOException {
        int passed = 0;
        List<String> failures = new ArrayList<>();
        for (ProtocolConfig config :
                List.of(
                        ProtocolConfig.tiny(ProtocolVersion.V0_7_2),
                        ProtocolConfig.full(ProtocolVersion.V0_7_2))) {
            ErasureCode code = ErasureCode.of(config, config.validatorCount());
            String size = code.shards() == 6 ? "tiny" : "full";
            List<Path> files;
            try (Stream<Path> entries = Files.list(folder.resolve(size))) {
                files = entries.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
            }
            for (Path file : files) {
                String wrong;
                try {
                    wrong =
                            judge(
                                    code,
                                    Decoder.decode(
                                            config, Files.readAllBytes(file), Vector::decode));
                } catch (DecodeException e) {
                    wrong = e.getMessage();
                }
                if (wrong == null) {
                    passed++;
                } else {
                    failures.add(size + "/" + file.getFileName() + ": " + wrong);
                }
            }
        }
        return new FamilyResult("erasure", passed, failures);
    }

    private static @Nullable String judge(ErasureCode code, Vector vector) {
        byte[] data = vector.data().octets();
        if (vector.shards().size() != code.shards()) {
            return vector.shards().size() + " shards instead of " + code.shards();
        }
        byte[][] shards = code.encode(data);
        for (int i = 0; i < shards.length; i++) {
            if (!Arrays.equals(shards[i], vector.shards().get(i).octets())) {
                return "shard " + i + " differs";
            }
        }
        int first = code.shards() - code.dataShards();
        int[] indices = new int[code.dataShards()];
        Arrays.setAll(indices, i -> first + i);
        byte[][] last = Arrays.copyOfRange(shards, first, shards.length);
        return Arrays.equals(data, code.recover(indices, last, data.length))
                ? null
                : "restored otherwise";
    }
}
