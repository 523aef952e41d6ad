package io.marmalade.conformance.codec;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.block.Block;
import io.marmalade.block.Header;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.Decoder;
import io.marmalade.conformance.vectors.FamilyResult;
import io.marmalade.merkle.StateTrie;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.StateCodec;
import io.marmalade.state.StateKeys;
import io.marmalade.store.ChainState;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Decodes all states of trace files into typed form and encodes them again: keys, values and the
 * root must be the same. Blocks and genesis headers must be encoded the same, and the extrinsic
 * hash of a block must be what its header says where the block was accepted.
 */
public final class StateVectors {
    private StateVectors() {}

    /**
     * Runs all files of a folder and the folders in it.
     *
     * @param config of the chain that the states are from
     * @throws IOException if a file cannot be read
     */
    public static FamilyResult run(ProtocolConfig config, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.walk(folder)) {
            files = entries.filter(file -> file.toString().endsWith(".bin")).sorted().toList();
        }
        int passed = 0;
        List<String> failures = new ArrayList<>();
        for (Path file : files) {
            String name = folder.relativize(file).toString();
            boolean genesis = name.endsWith("genesis.bin");
            try {
                byte[] octets = Files.readAllBytes(file);
                Decoder in = new Decoder(config, octets);
                List<String> wrong = genesis ? genesis(in) : step(in, octets);
                in.finish();
                if (wrong.isEmpty()) {
                    passed++;
                } else {
                    failures.add(name + ": " + wrong);
                }
            } catch (DecodeException e) {
                failures.add(name + ": " + e.getMessage());
            }
        }
        return new FamilyResult("state/" + folder.getFileName(), passed, failures);
    }

    private static List<String> genesis(Decoder in) {
        List<String> wrong = new ArrayList<>();
        int start = in.offset();
        Header header = in.field("header", Header::decode);
        if (header.encoded(in.config()).size() != in.offset() - start) {
            wrong.add("header encoded otherwise");
        }
        state(in, "state", wrong);
        return wrong;
    }

    private static List<String> step(Decoder in, byte[] octets) {
        List<String> wrong = new ArrayList<>();
        Hash pre = state(in, "pre-state", wrong);
        int start = in.offset();
        Block block = in.field("block", Block::decode);
        byte[] again = block.encoded(in.config()).octets();
        if (!Arrays.equals(octets, start, in.offset(), again, 0, again.length)) {
            wrong.add("block encoded otherwise");
        }
        Hash post = state(in, "post-state", wrong);
        boolean accepted = !pre.equals(post);
        Hash extrinsicHash = block.extrinsic().hash(in.config());
        if (accepted && !extrinsicHash.equals(block.header().extrinsicHash())) {
            wrong.add("extrinsic hash is " + extrinsicHash);
        }
        return wrong;
    }

    private static Hash state(Decoder in, String what, List<String> wrong) {
        Hash root = in.hash();
        SortedMap<StateKey, Bytes> keyValues = new TreeMap<>();
        int count = in.count(StateKey.SIZE + 1);
        for (int i = 0; i < count; i++) {
            keyValues.put(in.stateKey(), in.blob());
        }
        ChainState chain = ChainState.of(in.config(), keyValues);
        if (!chain.root().equals(root)) {
            wrong.add(what + " has root " + chain.root() + ", not " + root);
        }
        TreeMap<StateKey, Bytes> encoded = new TreeMap<>();
        StateCodec.encodeChanged(in.config(), null, chain.state(), encoded);
        keyValues.forEach((key, value) -> {
            if (StateKeys.isAccount(key)) {
                ServiceAccount account =
                        Objects.requireNonNull(
                                chain.state().services().account(StateKeys.accountService(key)));
                encoded.put(key, account.encoded(in.config()));
            } else if (!StateKeys.isComponent(key)) {
                encoded.put(key, value);
            }
        });
        if (!encoded.equals(keyValues)) {
            for (StateTrie.Difference each :
                    StateTrie.differences(chain.trie(), StateTrie.of(encoded))) {
                wrong.add(what + " encoded otherwise at " + each.key());
            }
        }
        return root;
    }
}
