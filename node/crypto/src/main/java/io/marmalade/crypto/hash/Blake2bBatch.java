package io.marmalade.crypto.hash;

/** Hashes many messages of one length. An implementation may be used by several threads at once. */
interface Blake2bBatch {
    /**
     * Writes the hashes of messages one behind the other.
     *
     * @param in where message i is, at {@code inOffset + i · stride}
     * @param length of each message, any
     * @param count how many
     * @param out another array, with room for 32 octets a message from {@code outOffset} on
     */
    void hash(
            byte[] in, int inOffset, int stride, int length, int count, byte[] out, int outOffset);
}
