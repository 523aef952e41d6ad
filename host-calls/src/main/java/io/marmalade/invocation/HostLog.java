package io.marmalade.invocation;

import io.marmalade.base.Bytes;

import org.jspecify.annotations.Nullable;

/**
 * Takes what guests say to the node's operator (JIP-1). It cannot change what a run does, and must
 * not fail. A guest can speak as often as it pays for a call, which is millions of times: who
 * listens bounds what is kept of it.
 */
@FunctionalInterface
public interface HostLog {
    /** Takes nothing. */
    HostLog NONE = (source, level, target, message) -> {};

    /** Who speaks. */
    sealed interface Source {
        /**
         * An authorizer.
         *
         * @param core that the package is for
         */
        record Authorizer(int core) implements Source {}

        /**
         * A service that is refined.
         *
         * @param core that the package is for
         * @param service 0..2³²−1
         */
        record Refinement(int core, long service) implements Source {}

        /**
         * A service that is accumulated.
         *
         * @param service 0..2³²−1
         */
        record Accumulation(long service) implements Source {}
    }

    /**
     * Takes one message.
     *
     * @param source who speaks
     * @param level 0 fatal, 1 warning, 2 important, 3 helpful, 4 pedantic; guests may give any
     *     other, unsigned
     * @param target what it is about, at most 64 KiB, or null; supposed to be UTF-8
     * @param message at most 64 KiB, cut if the guest's was longer; supposed to be UTF-8
     */
    void log(Source source, long level, @Nullable Bytes target, Bytes message);
}
