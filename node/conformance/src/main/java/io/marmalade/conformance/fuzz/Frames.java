package io.marmalade.conformance.fuzz;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Optional;

/** Messages on a stream: a length of four octets, little-endian, and so many octets. */
public final class Frames {
    /** The longest message that is accepted, in octets. */
    public static final int MAX_SIZE = 256 << 20;

    /** What is allocated before the octets that need it have arrived. */
    private static final int TRUSTED_SIZE = 1 << 20;

    private Frames() {}

    /**
     * Reads a message.
     *
     * @param from a channel that blocks
     * @return its body, or nothing at the end of the stream
     * @throws EOFException if the stream ends within a message
     * @throws IOException if the channel fails, or a message is empty or too long
     */
    public static Optional<byte[]> read(ReadableByteChannel from) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        if (!fill(from, head)) {
            if (head.position() == 0) {
                return Optional.empty();
            }
            throw new EOFException("the stream ends within the length of a message");
        }
        long size = Integer.toUnsignedLong(head.getInt(0));
        if (size == 0 || size > MAX_SIZE) {
            throw new IOException("a message of " + size + " octets is not accepted");
        }
        byte[] body = new byte[0];
        while (body.length < size) {
            int have = body.length;
            int more = (int) Math.min(size - have, Math.max(TRUSTED_SIZE, have));
            body = Arrays.copyOf(body, have + more);
            if (!fill(from, ByteBuffer.wrap(body, have, more))) {
                throw new EOFException("the stream ends within a message of " + size + " octets");
            }
        }
        return Optional.of(body);
    }

    /**
     * Writes a message.
     *
     * @param to a channel that blocks
     * @param body 1..2²⁸ octets
     * @throws IOException if the channel fails
     */
    public static void write(WritableByteChannel to, byte[] body) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(4 + body.length).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(body.length).put(body).flip();
        while (frame.hasRemaining()) {
            to.write(frame);
        }
    }

    private static boolean fill(ReadableByteChannel from, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (from.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }
}
