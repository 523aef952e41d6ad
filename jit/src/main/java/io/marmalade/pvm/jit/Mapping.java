package io.marmalade.pvm.jit;

import jdk.internal.misc.Unsafe;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * 4 GiB of address space outside of the Java heap, so that a guest's address is an offset into it,
 * and what the guest may do with each of its pages. Mappings are expensive to make and cheap to
 * clean, so they are pooled; a pooled one is clean: all octets zero, no page accessible.
 */
final class Mapping {
    /** How many mappings may exist at the same time; whoever wants one more is refused. */
    static final int LIMIT = Integer.getInteger("marmalade.jit.mappings", 128);

    private static final long SIZE = 1L << 32;

    /**
     * Octets behind the guest's, never accessible to it, so that no address computation can leave
     * the mapping.
     */
    private static final long GUARD = 1L << 16;

    /**
     * From this many octets on, pages are given back to the system instead of being overwritten.
     */
    private static final long GIVE_BACK = 4L << 20;

    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x2 | 0x20 | 0x4000;
    private static final int MADV_DONTNEED = 4;

    private static final @Nullable MethodHandle MMAP;
    private static final @Nullable MethodHandle MADVISE;
    private static final ArrayDeque<Mapping> POOL = new ArrayDeque<>();
    private static int made;

    static {
        MethodHandle mmap = null;
        MethodHandle madvise = null;
        // Asked first: a JVM without the flags would print a warning, and one day refuse.
        Module here = Mapping.class.getModule();
        boolean allowed =
                System.getProperty("os.name", "").equals("Linux")
                        && here.isNativeAccessEnabled()
                        && Object.class.getModule().isExported("jdk.internal.misc", here);
        try {
            if (!allowed) {
                throw new UnsupportedOperationException("the JVM's flags do not allow it");
            }
            Linker linker = Linker.nativeLinker();
            SymbolLookup lookup = linker.defaultLookup();
            mmap =
                    linker.downcallHandle(
                            lookup.find("mmap").orElseThrow(),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG));
            madvise =
                    linker.downcallHandle(
                            lookup.find("madvise").orElseThrow(),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT));
            Unsafe.getUnsafe().addressSize();
        } catch (RuntimeException | LinkageError unavailable) {
            mmap = null;
        }
        MMAP = mmap;
        MADVISE = madvise;
    }

    /** Where the guest's address 0 is. */
    final long base;

    /**
     * What the guest may do with each page: the ordinal of a {@link io.marmalade.pvm.PageAccess}.
     */
    final byte[] access = new byte[1 << 20];

    private Mapping(long base) {
        this.base = base;
    }

    /** Returns whether this JVM, with its flags, can have mappings at all. */
    static boolean available() {
        return MMAP != null;
    }

    /** Returns a clean mapping, or nothing if there are too many or the system refuses. */
    static Optional<Mapping> take() {
        synchronized (POOL) {
            Mapping pooled = POOL.pollLast();
            if (pooled != null) {
                return Optional.of(pooled);
            }
            if (!available() || made >= LIMIT) {
                return Optional.empty();
            }
            made++;
        }
        long address = map();
        if (address == -1) {
            synchronized (POOL) {
                made--;
            }
            return Optional.empty();
        }
        return Optional.of(new Mapping(address));
    }

    /** Puts a mapping back; it must be clean. */
    void give() {
        synchronized (POOL) {
            POOL.addLast(this);
        }
    }

    /** Makes octets zero. */
    void zero(long address, long length) {
        if (length < GIVE_BACK) {
            Unsafe.getUnsafe().setMemory(base + address, length, (byte) 0);
        } else {
            giveBack(address, length);
        }
    }

    /** Makes octets of whole pages zero by giving the pages back to the system. */
    @SuppressWarnings("NullAway") // there is no mapping where the system has no madvise
    void giveBack(long address, long length) {
        if (length == 0) {
            return;
        }
        try {
            int failed = (int) MADVISE.invokeExact(base + address, length, MADV_DONTNEED);
            if (failed != 0) {
                Unsafe.getUnsafe().setMemory(base + address, length, (byte) 0);
            }
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @SuppressWarnings("NullAway") // asked only where the system has mmap
    private static long map() {
        try {
            return (long)
                    MMAP.invokeExact(
                            0L,
                            SIZE + GUARD,
                            PROT_READ_WRITE,
                            MAP_PRIVATE_ANONYMOUS_NORESERVE,
                            -1,
                            0L);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
