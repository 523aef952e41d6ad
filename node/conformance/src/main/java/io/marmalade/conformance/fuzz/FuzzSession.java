package io.marmalade.conformance.fuzz;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.chain.BlockImporter;
import io.marmalade.chain.ImportResult;
import io.marmalade.codec.DecodeException;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.pvm.ProtocolVersion;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.function.Function;

/**
 * One session of the conformance protocol: a message goes in, its answer comes out.
 *
 * <p>The order is kept: who speaks, a start, then blocks and questions, further starts among them.
 * An invalid block, one that does not decode included, is answered with an error; any other
 * malformed or untimely message ends the session.
 */
public final class FuzzSession {
    private static final Logger LOG = LoggerFactory.getLogger("fuzz");
    private static final int FUZZ_VERSION = 1;

    private final Options options;
    private final Function<ProtocolConfig, BlockImporter> importers;
    private @Nullable ProtocolConfig config;
    private @Nullable BlockImporter importer;
    private boolean started;
    private boolean ancestry;

    /**
     * What a target is and supports.
     *
     * @param name of the program
     * @param program its version
     * @param protocol the version it runs whatever the other side says; nothing if it follows the
     *     other side, and ends the session if it does not know that version
     * @param parameters the chain parameters of a version
     */
    public record Options(
            String name,
            Message.Version program,
            Optional<ProtocolVersion> protocol,
            Function<ProtocolVersion, ProtocolConfig> parameters) {}

    /** Ends a session; the message says why. */
    public static final class ProtocolException extends Exception {
        private static final long serialVersionUID = 1;

        ProtocolException(String message) {
            super(message);
        }
    }

    /**
     * @param options what the target is
     * @param importers makes an importer for a chain; asked once, when it is known which chain
     */
    public FuzzSession(Options options, Function<ProtocolConfig, BlockImporter> importers) {
        this.options = options;
        this.importers = importers;
    }

    /**
     * Answers a message.
     *
     * @param body the message as it stands in a frame
     * @return the answer as it stands in a frame
     * @throws ProtocolException if the session has to end
     */
    public byte[] answer(byte[] body) throws ProtocolException {
        ProtocolConfig known =
                config != null
                        ? config
                        : options.parameters.apply(options.protocol.orElse(ProtocolVersion.V0_7_2));
        Message message;
        try {
            message = Message.decode(known, body);
        } catch (DecodeException e) {
            throw new ProtocolException("malformed message: " + e.getMessage());
        }
        return answer(message).encoded(known).toArray();
    }

    private Message answer(Message message) throws ProtocolException {
        return switch (message) {
            case Message.PeerInfo peer -> meet(peer);
            case Message.Initialize start -> start(start);
            case Message.ImportBlock block -> importBlock(importer("a block"), block);
            case Message.GetState question ->
                    importer("a question")
                            .state(question.headerHash())
                            .<Message>map(Message.State::new)
                            .orElseGet(() ->
                                    new Message.Error("no state of " + question.headerHash()));
            case Message.StateRoot root -> throw new ProtocolException("a root from the fuzzer");
            case Message.State state -> throw new ProtocolException("a state from the fuzzer");
            case Message.Error error -> throw new ProtocolException("error: " + error.reason());
        };
    }

    private static Message importBlock(BlockImporter importer, Message.ImportBlock block) {
        try {
            return switch (importer.importBlock(block.block().octets())) {
                case ImportResult.Imported imported -> new Message.StateRoot(imported.stateRoot());
                case ImportResult.Refused refused -> new Message.Error(refused.reason());
            };
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("a bug: importing a block failed by itself", e);
            return new Message.Error("the target failed: " + e);
        }
    }

    private Message meet(Message.PeerInfo peer) throws ProtocolException {
        if (config != null) {
            throw new ProtocolException("introduced itself twice");
        }
        ProtocolVersion version =
                options.protocol.isPresent() ? options.protocol.get() : follow(peer.protocol());
        LOG.info(
                "the other side speaks protocol {}, this session runs {}",
                peer.protocol(),
                version);
        config = options.parameters.apply(version);
        importer = importers.apply(config);
        ancestry = (peer.features() & Message.FEATURE_ANCESTRY) != 0;
        return new Message.PeerInfo(
                FUZZ_VERSION,
                Message.FEATURE_ANCESTRY | Message.FEATURE_FORKS,
                new Message.Version(version.major(), version.minor(), version.patch()),
                options.program,
                options.name);
    }

    private static ProtocolVersion follow(Message.Version other) throws ProtocolException {
        try {
            return ProtocolVersion.parse(other.toString());
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(String.valueOf(e.getMessage()));
        }
    }

    private Message start(Message.Initialize start) throws ProtocolException {
        if (importer == null || config == null) {
            throw new ProtocolException("a start before an introduction");
        }
        Hash headerHash = Blake2b.hash(start.header().encoded(config).octets());
        try {
            Hash root =
                    importer.initialize(
                            headerHash,
                            start.state(),
                            ancestry ? Optional.of(start.ancestry()) : Optional.empty());
            started = true;
            return new Message.StateRoot(root);
        } catch (DecodeException e) {
            throw new ProtocolException("malformed state: " + e.getMessage());
        }
    }

    private BlockImporter importer(String what) throws ProtocolException {
        if (importer == null || !started) {
            throw new ProtocolException(what + " before a start");
        }
        return importer;
    }
}
