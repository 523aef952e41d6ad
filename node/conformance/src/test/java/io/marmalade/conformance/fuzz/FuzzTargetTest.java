package io.marmalade.conformance.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.block.Header;
import io.marmalade.chain.Ancestor;
import io.marmalade.chain.BlockImporter;
import io.marmalade.chain.ImportResult;
import io.marmalade.chain.authoring.DevelopmentChain;
import io.marmalade.conformance.Nodes;
import io.marmalade.conformance.VectorFolder;
import io.marmalade.conformance.traces.Recording;
import io.marmalade.conformance.traces.Replay;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.transition.rules.StandardCryptography;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Speaks to a target over a real socket. */
@Timeout(120)
class FuzzTargetTest {
    private static final ProtocolConfig TINY = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
    private static final Message.PeerInfo HELLO =
            new Message.PeerInfo(
                    1,
                    Message.FEATURE_ANCESTRY | Message.FEATURE_FORKS,
                    new Message.Version(0, 7, 2),
                    new Message.Version(0, 0, 1),
                    "test");
    private static final Header GENESIS =
            DevelopmentChain.of(TINY, new StandardCryptography()).header();

    /** Knows one root, refuses every block, and fails by itself where a block is a single octet. */
    private static final class FakeImporter implements BlockImporter {
        private SortedMap<StateKey, Bytes> state = new TreeMap<>();
        private Optional<List<Ancestor>> ancestry = Optional.empty();

        @Override
        public Hash initialize(
                Hash headerHash,
                SortedMap<StateKey, Bytes> state,
                Optional<List<Ancestor>> ancestry) {
            this.state = state;
            this.ancestry = ancestry;
            return Hash.ZERO;
        }

        @Override
        public ImportResult importBlock(byte[] block) {
            if (block.length == 1) {
                throw new IllegalStateException("on purpose");
            }
            return new ImportResult.Refused("ancestry " + ancestry.map(List::size));
        }

        @Override
        public boolean knows(Hash headerHash) {
            return headerHash.equals(GENESIS.hash(TINY));
        }

        @Override
        public Optional<SortedMap<StateKey, Bytes>> state(Hash headerHash) {
            return knows(headerHash) ? Optional.of(state) : Optional.empty();
        }
    }

    private Path socket = Path.of("");
    private FuzzTarget target = bind(config -> new FakeImporter());

    private FuzzTarget bind(Function<ProtocolConfig, BlockImporter> importers) {
        try {
            socket = Files.createTempDirectory("fuzz").resolve("target.sock");
            FuzzSession.Options options =
                    new FuzzSession.Options(
                            "marmalade",
                            new Message.Version(0, 1, 0),
                            Optional.empty(),
                            ProtocolConfig::tiny);
            FuzzTarget bound = FuzzTarget.bind(socket, () -> new FuzzSession(options, importers));
            Thread.ofPlatform().daemon().start(() -> serve(bound));
            return bound;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void serve(FuzzTarget target) {
        try {
            target.serve();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() throws IOException {
        target.close();
        Files.deleteIfExists(socket.getParent());
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    private static Message ask(SocketChannel connection, Message message) throws IOException {
        Frames.write(connection, message.encoded(TINY).toArray());
        return Message.decode(TINY, Frames.read(connection).orElseThrow());
    }

    private static Message start(SocketChannel connection) throws IOException {
        assertInstanceOf(Message.PeerInfo.class, ask(connection, HELLO));
        TreeMap<StateKey, Bytes> state = new TreeMap<>();
        state.put(StateKey.of(new byte[StateKey.SIZE]), Bytes.of(new byte[] {1, 2, 3}));
        return ask(connection, new Message.Initialize(GENESIS, state, List.of()));
    }

    private static boolean isClosed(SocketChannel connection) throws IOException {
        return Frames.read(connection).isEmpty();
    }

    @Test
    void saysWhoItIsAndWhichVersionItSpeaks() throws IOException {
        try (SocketChannel connection = connect()) {
            Message.PeerInfo info = (Message.PeerInfo) ask(connection, HELLO);
            assertEquals(1, info.fuzzVersion());
            assertEquals(3, info.features());
            assertEquals("0.7.2", info.protocol().toString());
            assertEquals("marmalade", info.name());
        }
    }

    @Test
    void followsTheOtherSidesVersion() throws IOException {
        try (SocketChannel connection = connect()) {
            Message.PeerInfo newer =
                    new Message.PeerInfo(
                            1, 0, new Message.Version(0, 8, 0), HELLO.program(), "newer");
            Message.PeerInfo info = (Message.PeerInfo) ask(connection, newer);
            assertEquals("0.8.0", info.protocol().toString());
        }
    }

    @Test
    void namesAVersionThatItDoesNotKnow() {
        FuzzSession session = session(Optional.empty());
        Message.PeerInfo odd =
                new Message.PeerInfo(1, 0, new Message.Version(0, 9, 1), HELLO.program(), "odd");
        FuzzSession.ProtocolException thrown =
                assertThrows(
                        FuzzSession.ProtocolException.class,
                        () -> session.answer(odd.encoded(TINY).toArray()));
        assertEquals("unknown protocol version 0.9.1; known are 0.7.2, 0.8.0", thrown.getMessage());
    }

    @Test
    void runsTheVersionItWasToldTo() throws FuzzSession.ProtocolException {
        FuzzSession session = session(Optional.of(ProtocolVersion.V0_8_0));
        byte[] answer = session.answer(HELLO.encoded(TINY).toArray());
        Message.PeerInfo info = (Message.PeerInfo) Message.decode(TINY, answer);
        assertEquals("0.8.0", info.protocol().toString());
    }

    private static FuzzSession session(Optional<ProtocolVersion> only) {
        return new FuzzSession(
                new FuzzSession.Options(
                        "marmalade", new Message.Version(0, 1, 0), only, ProtocolConfig::tiny),
                config -> new FakeImporter());
    }

    @Test
    void givesTheStateOfAKnownBlockOnly() throws IOException {
        try (SocketChannel connection = connect()) {
            assertEquals(new Message.StateRoot(Hash.ZERO), start(connection));
            Message known = ask(connection, new Message.GetState(GENESIS.hash(TINY)));
            assertEquals(1, ((Message.State) known).entries().size());
            Message unknown = ask(connection, new Message.GetState(Hash.ZERO));
            assertInstanceOf(Message.Error.class, unknown);
        }
    }

    @Test
    void answersRefusedBlocksAndItsOwnFailuresWithAnErrorAndGoesOn() throws IOException {
        try (SocketChannel connection = connect()) {
            start(connection);
            for (int size : new int[] {0, 1, 100}) {
                Message.ImportBlock block = new Message.ImportBlock(Bytes.of(new byte[size]));
                assertInstanceOf(Message.Error.class, ask(connection, block), size + " octets");
            }
            Message last = ask(connection, new Message.ImportBlock(Bytes.of(new byte[2])));
            assertEquals(new Message.Error("ancestry Optional[0]"), last);
        }
    }

    @Test
    void checksNoAncestorsWhereTheOtherSideDoesNotKnowThem() throws IOException {
        try (SocketChannel connection = connect()) {
            Message.PeerInfo hello =
                    new Message.PeerInfo(1, 2, HELLO.protocol(), HELLO.program(), "forks only");
            ask(connection, hello);
            ask(connection, new Message.Initialize(GENESIS, new TreeMap<>(), List.of()));
            Message answer = ask(connection, new Message.ImportBlock(Bytes.of(new byte[2])));
            assertEquals(new Message.Error("ancestry Optional.empty"), answer);
        }
    }

    @Test
    void closesASessionThatIsMalformedOrOutOfOrderAndServesTheNext() throws IOException {
        byte[][] wrong = {
            {9},
            {0, 1},
            {0, 1, 0, 0, 0, 0, 0, 7, 2, 0, 0, 1, (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 0x7f},
            {1},
            {2},
            new Message.ImportBlock(Bytes.of(new byte[3])).encoded(TINY).toArray(),
            new Message.GetState(Hash.ZERO).encoded(TINY).toArray(),
            new Message.StateRoot(Hash.ZERO).encoded(TINY).toArray(),
            new Message.Initialize(GENESIS, new TreeMap<>(), List.of()).encoded(TINY).toArray(),
        };
        for (byte[] body : wrong) {
            try (SocketChannel connection = connect()) {
                Frames.write(connection, body);
                assertTrue(isClosed(connection), () -> "still open after " + Bytes.of(body));
            }
        }
        try (SocketChannel connection = connect()) {
            assertEquals(new Message.StateRoot(Hash.ZERO), start(connection));
            Frames.write(connection, HELLO.encoded(TINY).toArray());
            assertTrue(isClosed(connection), "introduced twice");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Frames.MAX_SIZE + 1, -1})
    void refusesMessagesOfUnreasonableLength(int length) throws IOException {
        try (SocketChannel connection = connect()) {
            ByteBuffer head = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            connection.write(head.putInt(length).flip());
            assertTrue(isClosed(connection));
        }
    }

    @Test
    void servesOthersWhileASessionHangsWithinAMessage() throws IOException {
        try (SocketChannel hanging = connect();
                SocketChannel other = connect()) {
            ByteBuffer head = ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN);
            hanging.write(head.putInt(100 << 20).put((byte) 1).flip());
            assertEquals(new Message.StateRoot(Hash.ZERO), start(other));
        }
    }

    @Test
    void replacesAnAbandonedSocketButNotALivingOneOrAFile() throws Exception {
        Supplier supplier = new Supplier();
        assertThrows(IOException.class, () -> FuzzTarget.bind(socket, supplier::session));
        Path file = socket.resolveSibling("file");
        Files.writeString(file, "kept");
        assertThrows(IOException.class, () -> FuzzTarget.bind(file, supplier::session));
        assertEquals("kept", Files.readString(file));
        Files.delete(file);

        Path abandoned = socket.resolveSibling("abandoned");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(abandoned));
        }
        assertTrue(Files.exists(abandoned));
        FuzzTarget.bind(abandoned, supplier::session).close();
        assertFalse(Files.exists(abandoned));
    }

    private static final class Supplier {
        FuzzSession session() {
            throw new AssertionError("nobody connects");
        }
    }

    @Test
    void endsItsSessionsAndRemovesItsSocketWhenItIsClosed() throws IOException {
        try (SocketChannel connection = connect()) {
            start(connection);
            target.close();
            assertTimeoutPreemptively(
                    Duration.ofSeconds(1), () -> assertTrue(isClosed(connection)));
        }
        assertFalse(Files.exists(socket));
    }

    @ParameterizedTest
    @ValueSource(strings = {"forks", "no_forks"})
    void answersARecordedSessionOverTheSocket(String name) throws IOException {
        Path recorded = VectorFolder.require("fuzz-proto/sessions").resolve(name);
        close();
        target = bind(config -> Nodes.importer(config, new InterpreterEngine(), Nodes.checkers()));
        Recording.Session session = (Recording.Session) Recording.find(recorded).getFirst();
        try (SocketChannel connection = connect()) {
            for (Recording.Exchange exchange : session.exchanges()) {
                Frames.write(connection, Files.readAllBytes(exchange.request()));
                byte[] answer = Frames.read(connection).orElseThrow();
                assertTrue(
                        Replay.agree(Files.readAllBytes(exchange.answer()), answer),
                        () -> exchange.request() + " was answered " + Bytes.of(answer));
            }
        }
    }
}
