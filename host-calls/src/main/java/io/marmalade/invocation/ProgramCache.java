package io.marmalade.invocation;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;

import org.jspecify.annotations.Nullable;

/**
 * Remembers decoded programs by the hash of their code, and with them what engines made of them:
 * whoever runs equal code shares its compiled form. Thread-safe.
 *
 * <p>The programs used last are kept, as many as have {@code maxOctets} octets of code together;
 * what engines made of the others goes with them. The programs that guests of a refinement bring
 * along have a fourth of that for themselves, so that they never displace a service.
 */
public final class ProgramCache {
    /** What an entry costs besides its code, in octets: an entry without code is not free. */
    private static final int ENTRY_OCTETS = 1024;

    private final ProtocolVersion version;
    private final RecentlyUsed<ServiceProgram> services;
    private final RecentlyUsed<Program> inner;

    /**
     * @param version what programs are decoded for
     * @param maxOctets of services' code that is remembered
     */
    public ProgramCache(ProtocolVersion version, long maxOctets) {
        this.version = version;
        services =
                new RecentlyUsed<>(
                        maxOctets,
                        program -> ENTRY_OCTETS + (long) program.codeSize(),
                        ServiceProgram::evicted);
        inner =
                new RecentlyUsed<>(
                        maxOctets / 4,
                        program ->
                                ENTRY_OCTETS
                                        + program.codeSize()
                                        + program.jumpTableSize() * program.jumpTableWidth(),
                        Program::evicted);
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
        ServiceProgram known = services.get(codeHash);
        if (known != null) {
            return known;
        }
        // Decoded outside the lock: several threads may do it twice, none waits for another's
        // program.
        ServiceProgram decoded = ServiceProgram.decode(preimage, version);
        return decoded == null ? null : services.remember(codeHash, decoded);
    }

    /**
     * Returns the program of an inner machine.
     *
     * @param blob of a program without anything around it; not kept
     * @return null if the blob is no program
     */
    public @Nullable Program loadInner(byte[] blob) {
        Hash hash = Blake2b.hash(blob);
        Program known = inner.get(hash);
        if (known != null) {
            return known;
        }
        Program decoded = Program.decode(blob, version).orElse(null);
        return decoded == null ? null : inner.remember(hash, decoded);
    }

    /** Returns the number of services' programs that are remembered. */
    public int size() {
        return services.size();
    }

    /** Returns the number of inner machines' programs that are remembered. */
    public int innerSize() {
        return inner.size();
    }
}
