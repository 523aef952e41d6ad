package io.marmalade.conformance.traces;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.codec.Encoder;
import io.marmalade.conformance.fuzz.RawState;
import io.marmalade.merkle.StateTrie;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;

/** Writes a chain down, a file a block, as the public traces are. */
public final class TraceWriter {
    private final ProtocolConfig config;
    private final Path folder;
    private int written;

    /**
     * @param config of the chain
     * @param folder where the files go; it is made if it is missing
     * @throws IOException if it cannot be made
     */
    public TraceWriter(ProtocolConfig config, Path folder) throws IOException {
        this.config = config;
        this.folder = Files.createDirectories(folder);
    }

    /**
     * Writes one step.
     *
     * @param prior the state before the block
     * @param block its encoding
     * @param posterior the state after it, the same if the block is invalid
     * @throws IOException if the file cannot be written
     */
    public void add(
            SortedMap<StateKey, Bytes> prior, byte[] block, SortedMap<StateKey, Bytes> posterior)
            throws IOException {
        Encoder out = new Encoder(config);
        write(out, prior);
        out.raw(block);
        write(out, posterior);
        written++;
        Files.write(folder.resolve(String.format(Locale.ROOT, "%08d.bin", written)), out.toArray());
    }

    private static void write(Encoder out, SortedMap<StateKey, Bytes> state) {
        Hash root = StateTrie.of(state).root();
        out.octets(root);
        RawState.writeEntries(out, state);
    }
}
