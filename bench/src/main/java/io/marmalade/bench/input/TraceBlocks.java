package io.marmalade.bench.input;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.block.Block;
import io.marmalade.block.Header;
import io.marmalade.chain.BlockImporter;
import io.marmalade.chain.ImportResult;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.fuzz.RawState;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * The first blocks of a trace set, all valid, each on the one before.
 *
 * @param genesisHeader of the block before the first
 * @param genesisHash the hash that the first block names as its parent
 * @param genesis the state before the first block
 * @param blocks their encodings
 * @param roots of their posterior states
 */
public record TraceBlocks(
        Header genesisHeader,
        Hash genesisHash,
        SortedMap<StateKey, Bytes> genesis,
        List<byte[]> blocks,
        List<Hash> roots) {
    /** How many blocks are taken of a set. */
    public static final int COUNT = 100;

    /**
     * Reads a set.
     *
     * @param config of the chain
     * @param folder of the set
     * @return its first blocks
     * @throws IOException if files are missing
     */
    public static TraceBlocks read(ProtocolConfig config, Path folder) throws IOException {
        Header header =
                Header.decode(
                        new Decoder(config, Files.readAllBytes(folder.resolve("genesis.bin"))));
        List<byte[]> blocks = new ArrayList<>();
        List<Hash> roots = new ArrayList<>();
        RawState first = new RawState(Hash.ZERO, new java.util.TreeMap<>());
        for (int number = 1; number <= COUNT; number++) {
            Path file = folder.resolve(String.format(Locale.ROOT, "%08d.bin", number));
            byte[] octets = Files.readAllBytes(file);
            Decoder in = new Decoder(config, octets);
            RawState prior = RawState.decode(in);
            if (number == 1) {
                first = prior;
            }
            int start = in.offset();
            Block.decode(in);
            blocks.add(Arrays.copyOfRange(octets, start, in.offset()));
            roots.add(in.hash());
        }
        byte[] parent = Arrays.copyOf(blocks.getFirst(), Hash.SIZE);
        return new TraceBlocks(header, Hash.of(parent), first.entries(), blocks, roots);
    }

    /**
     * Returns these blocks without the last.
     *
     * @param count how many are left, at most all
     * @return the first of them
     */
    public TraceBlocks first(int count) {
        return new TraceBlocks(
                genesisHeader,
                genesisHash,
                genesis,
                blocks.subList(0, count),
                roots.subList(0, count));
    }

    /**
     * Imports all blocks.
     *
     * @param importer knows the state before the first
     * @return the last root
     * @throws IllegalStateException if a root is not what it should be
     */
    public Hash importAll(BlockImporter importer) {
        Hash last = Hash.ZERO;
        for (int i = 0; i < blocks.size(); i++) {
            last = importOne(importer, i);
        }
        return last;
    }

    /**
     * Imports one block.
     *
     * @param importer knows the state before it
     * @param index of the block, from 0
     * @return its root
     * @throws IllegalStateException if that is not what it should be
     */
    public Hash importOne(BlockImporter importer, int index) {
        Hash root =
                switch (importer.importBlock(blocks.get(index))) {
                    case ImportResult.Imported(_, Hash posterior) -> posterior;
                    case ImportResult.Refused(String reason) ->
                            throw new IllegalStateException(reason);
                };
        if (!root.equals(roots.get(index))) {
            throw new IllegalStateException("a wrong root");
        }
        return root;
    }
}
