package io.marmalade.bench.run;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.bench.input.TraceBlocks;
import io.marmalade.codec.Encoder;
import io.marmalade.conformance.fuzz.Frames;
import io.marmalade.conformance.fuzz.Message;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The other side of the conformance protocol: sends blocks and takes the time until the answer. */
final class SocketImport {
    private static final long PATIENCE_MILLIS = 20_000;

    private SocketImport() {}

    /**
     * Imports a set in a session of its own.
     *
     * @param socket that a target listens on, or will soon
     * @return the time of each block
     * @throws IOException if nobody listens, or a root is wrong
     */
    static List<Long> run(ProtocolConfig config, Path socket, TraceBlocks trace)
            throws IOException, InterruptedException {
        try (SocketChannel channel = connect(socket)) {
            Message.Version jam = new Message.Version(0, 7, 2);
            Message.Version program = new Message.Version(0, 1, 0);
            ask(config, channel, new Message.PeerInfo(1, 3, jam, program, "marmalade-bench"));
            ask(
                    config,
                    channel,
                    new Message.Initialize(trace.genesisHeader(), trace.genesis(), List.of()));
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < trace.blocks().size(); i++) {
                Message block = new Message.ImportBlock(Bytes.of(trace.blocks().get(i)));
                byte[] body = encode(config, block);
                long begun = System.nanoTime();
                Frames.write(channel, body);
                byte[] answer = read(channel);
                times.add(System.nanoTime() - begun);
                if (!(Message.decode(config, answer) instanceof Message.StateRoot(var root))
                        || !root.equals(trace.roots().get(i))) {
                    throw new IOException(
                            "block " + (i + 1) + ": " + Message.decode(config, answer));
                }
            }
            return times;
        }
    }

    private static SocketChannel connect(Path socket) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                if (System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(2);
            }
        }
    }

    private static void ask(ProtocolConfig config, SocketChannel channel, Message message)
            throws IOException {
        Frames.write(channel, encode(config, message));
        if (Message.decode(config, read(channel)) instanceof Message.Error(String reason)) {
            throw new IOException(reason);
        }
    }

    private static byte[] encode(ProtocolConfig config, Message message) {
        Encoder out = new Encoder(config);
        out.value(message);
        return out.toArray();
    }

    private static byte[] read(SocketChannel channel) throws IOException {
        return Frames.read(channel)
                .orElseThrow(() -> new IOException("the target closed the session"));
    }
}
