package io.marmalade.invocation;

import io.marmalade.base.Hash;
import io.marmalade.pvm.ProtocolVersion;
import java.util.LinkedHashMap;

/**
 * Remembers decoded programs by the hash of their code, so that engines can remember what they made of them. Thread-safe.
 *
 * <p>The programs used last are kept, as many as have {@code maxOctets} octets of code together.
 */
public final class ProgramCache {
    /** What an entry costs besides its code, in octets: an entry that holds no code is not free. */
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
     * @param codeHash of the preimage that the code was taken from
     * @param code decoded if it is not remembered
     */
    public ServiceProgram load(Hash codeHash, ServiceCode code) {
        synchronized (this) {
            ServiceProgram known = programs.get(codeHash);
            if (known != null) {
                return known;
            }
        }
        // Decoded outside the lock: several threads may do it twice, none waits for another's program.
        ServiceProgram decoded = code.decode(version);
        synchronized (this) {
            ServiceProgram known = programs.putIfAbsent(codeHash, decoded);
            if (known != null) {
                return known;
            }
            octets += weight(decoded);
            var eldest = programs.entrySet().iterator();
            while (octets > maxOctets && eldest.hasNext()) {
                octets -= weight(eldest.next().getValue());
                eldest.remove();
            }
            return decoded;
        }
    }

    /** Returns the number of programs that are remembered. */
    public synchronized int size() {
        return programs.size();
    }

    private static long weight(ServiceProgram program) {
        return ENTRY_OCTETS + (long) program.size();
    }
}
