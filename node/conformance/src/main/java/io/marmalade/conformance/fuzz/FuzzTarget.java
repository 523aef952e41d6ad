package io.marmalade.conformance.fuzz;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Listens on a Unix socket and serves each connection as a session of its own, on a thread of its
 * own: one that hangs or dies does not hurt the next.
 */
public final class FuzzTarget implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("fuzz");

    private final Path path;
    private final ServerSocketChannel server;
    private final Supplier<FuzzSession> sessions;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private FuzzTarget(Path path, ServerSocketChannel server, Supplier<FuzzSession> sessions) {
        this.path = path;
        this.server = server;
        this.sessions = sessions;
    }

    /**
     * Binds a socket. A socket that nobody listens on any more is replaced.
     *
     * @param path of the socket
     * @param sessions makes a session for a connection; must be thread-safe
     * @return a target that connections can be made to, and that {@link #serve} answers
     * @throws IOException if the socket cannot be bound
     */
    public static FuzzTarget bind(Path path, Supplier<FuzzSession> sessions) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        if (Files.exists(path) && isAbandoned(path, address)) {
            Files.delete(path);
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(address);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return new FuzzTarget(path, server, sessions);
    }

    private static boolean isAbandoned(Path path, UnixDomainSocketAddress address) {
        if (Files.isRegularFile(path) || Files.isDirectory(path)) {
            return false;
        }
        try (SocketChannel probe = SocketChannel.open(address)) {
            return !probe.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Serves connections until the target is closed or the thread is interrupted.
     *
     * @throws IOException if no more connections can be accepted
     */
    public void serve() throws IOException {
        for (int number = 1; ; number++) {
            SocketChannel connection;
            try {
                connection = server.accept();
            } catch (ClosedChannelException e) {
                return;
            }
            int session = number;
            open.add(connection);
            Thread.ofPlatform()
                    .name("fuzz-" + session)
                    .daemon()
                    .start(() -> serve(session, connection));
        }
    }

    private void serve(int number, SocketChannel connection) {
        LOG.info("session {} begins", number);
        int answers = 0;
        try (connection) {
            FuzzSession session = sessions.get();
            for (Optional<byte[]> body = Frames.read(connection);
                    body.isPresent();
                    body = Frames.read(connection)) {
                Frames.write(connection, session.answer(body.get()));
                answers++;
            }
            LOG.info("session {} ends after {} messages", number, answers);
        } catch (FuzzSession.ProtocolException e) {
            LOG.warn("session {} closed after {} messages: {}", number, answers, e.getMessage());
        } catch (AsynchronousCloseException e) {
            LOG.info("session {} ends after {} messages: shutting down", number, answers);
        } catch (IOException e) {
            LOG.warn("session {} broke after {} messages: {}", number, answers, e.getMessage());
        } catch (RuntimeException | java.lang.Error e) {
            LOG.error("session {} failed after {} messages: a bug", number, answers, e);
        } finally {
            open.remove(connection);
        }
    }

    /** Stops listening, ends all sessions and removes the socket. */
    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel connection : open) {
            connection.close();
        }
        Files.deleteIfExists(path);
    }
}
