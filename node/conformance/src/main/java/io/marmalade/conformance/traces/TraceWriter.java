package io.marmalade.conformance.traces;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.codec.Encoder;
import io.marmalade.conformance.fuzz.RawState;
import io.marmalade.merkle.StateTrie;
import io.marmalade.pvm.ProtocolVersion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Writes a chain down, a file a block, as the public traces are, and beside them a file {@value
 * #PROTOCOL} that says which version they are of.
 */
public final class TraceWriter {
    /**
     * The file that holds the protocol's version as text; where it is missing a trace is of 0.7.2.
     */
    public static final String PROTOCOL = "protocol";

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
        Files.writeString(folder.resolve(PROTOCOL), config.version() + "\n");
    }

    /**
     * Returns the version that a trace says it is of.
     *
     * @param path the folder of a trace, or a file in it
     * @return nothing if it does not say
     * @throws IOException if what it says cannot be read or is no version that is known
     */
    public static Optional<ProtocolVersion> version(Path path) throws IOException {
        Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        Path file = folder == null ? null : folder.resolve(PROTOCOL);
        if (file == null || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ProtocolVersion.parse(Files.readString(file).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage());
        }
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
