package io.marmalade.transition.safrole;

import io.marmalade.base.Hash;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The contexts that tickets, seals and entropy signatures are made in.
 *
 * @gp sec:sealandentropy
 */
public final class SealContexts {
    private static final byte[] TICKET = ascii("jam_ticket_seal");
    private static final byte[] FALLBACK = ascii("jam_fallback_seal");
    private static final byte[] ENTROPY = ascii("jam_entropy");

    private SealContexts() {}

    /**
     * Returns the context of a ticket, and of a seal by ticket.
     *
     * @param entropy η₂' when the ticket is submitted, η₃' when it seals
     * @param entryIndex 0..255
     */
    public static byte[] ticket(Hash entropy, int entryIndex) {
        byte[] context = Arrays.copyOf(TICKET, TICKET.length + Hash.SIZE + 1);
        System.arraycopy(entropy.octets(), 0, context, TICKET.length, Hash.SIZE);
        context[context.length - 1] = (byte) entryIndex;
        return context;
    }

    /**
     * Returns the context of a seal by key.
     *
     * @param entropy η₃'
     */
    public static byte[] fallback(Hash entropy) {
        return concat(FALLBACK, entropy);
    }

    /**
     * Returns the context of the entropy signature.
     *
     * @param sealOutput Y(H_S)
     */
    public static byte[] entropy(Hash sealOutput) {
        return concat(ENTROPY, sealOutput);
    }

    private static byte[] concat(byte[] prefix, Hash hash) {
        byte[] context = Arrays.copyOf(prefix, prefix.length + Hash.SIZE);
        System.arraycopy(hash.octets(), 0, context, prefix.length, Hash.SIZE);
        return context;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
