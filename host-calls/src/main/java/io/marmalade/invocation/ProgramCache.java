package io.marmalade.invocation;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.pvm.ProtocolVersion;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;

/**
 * Remembers decoded programs by the hash of their code, and with them what engines made of them.
 * Thread-safe.
 *
 * <p>The programs used last are kept, as many as have {@code maxOctets} octets of code together.
 */
public final class ProgramCache {
    /** What an entry costs besides its code, in octets: an entry without code is not free. */
    private static final int ENTRY_OCTETS = 1024;

    private final ProtocolVersion version;
    private final long maxOctets;
    private final LinkedHashMap<Hash, ServiceProgram> programs =
            new LinkedHashMap<>(64, 0.75f, true);
    private long octets;

    /**
     * @param version what programs are decoded for
     * @param maxOctets of code that is remembered
     */
    public ProgramCache(ProtocolVersion version, long maxOctets) {
        this.version = version;
        this.maxOctets = maxOctets;
    }

    /** Returns the version that programs are decoded for. */
    public ProtocolVersion version() {
        return version;
    }

    /**
     * Returns decoded code.
     *
     * @param codeHash of the preimage
     * @param preimage metadata and code; decoded if it is not remembered
     * @return null if the preimage is not metadata with its length in front, then code
     */
    public @Nullable ServiceProgram load(Hash codeHash, Bytes preimage) {
        synchronized (this) {
            ServiceProgram known = programs.get(codeHash);
            if (known != null) {
                return known;
            }
        }
        // Decoded outside the lock: several threads may do it twice, none waits for another's
        // program.
        ServiceProgram decoded = ServiceProgram.decode(preimage, version);
        return decoded == null || weight(decoded) > maxOctets
                ? decoded
                : remember(codeHash, decoded);
    }

    /** Returns the number of programs that are remembered. */
    public synchronized int size() {
        return programs.size();
    }

    private synchronized ServiceProgram remember(Hash codeHash, ServiceProgram decoded) {
        ServiceProgram known = programs.putIfAbsent(codeHash, decoded);
        if (known != null) {
            return known;
        }
        octets += weight(decoded);
        var eldest = programs.values().iterator();
        while (octets > maxOctets) {
            octets -= weight(eldest.next());
            eldest.remove();
        }
        return decoded;
    }

    private static long weight(ServiceProgram program) {
        return ENTRY_OCTETS + (long) program.codeSize();
    }
}
