package io.marmalade.codec;

/**
 * Octets that are not the encoding of what was asked for: says what is wrong and where. It carries
 * no stack trace: the input is at fault.
 */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String path;
    private final String reason;

    /**
     * @param offset where in the input, in octets from its start
     * @param reason what was wrong
     */
    public DecodeException(int offset, String reason) {
        this(offset, "", reason);
    }

    private DecodeException(int offset, String path, String reason) {
        super(
                (path.isEmpty() ? "" : path + ": ") + reason + " at offset " + offset,
                null,
                false,
                false);
        this.offset = offset;
        this.path = path;
        this.reason = reason;
    }

    /**
     * Returns the same exception as seen from the structure around: its path has one step more in
     * front.
     */
    public DecodeException within(String name) {
        return new DecodeException(offset, path.isEmpty() ? name : name + "." + path, reason);
    }

    /** Returns where in the input, in octets from its start. */
    public int offset() {
        return offset;
    }

    /**
     * Returns which part of the structure, as names with dots between them; empty if it is the
     * whole.
     */
    public String path() {
        return path;
    }

    /** Returns what was wrong, without saying where. */
    public String reason() {
        return reason;
    }
}
