package io.marmalade.codec;

/** Octets that are not the encoding of what was asked for. It carries no stack trace: the input is at fault. */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * @param offset where in the input, in octets from its start
     * @param reason what was wrong
     */
    public DecodeException(int offset, String reason) {
        super(reason + " at offset " + offset, null, false, false);
        this.offset = offset;
    }

    /** Returns where in the input, in octets from its start. */
    public int offset() {
        return offset;
    }
}
