package io.marmalade.invocation;

import io.marmalade.base.ProtocolConfig;

/**
 * What a run's host calls work on besides the machine: what all invocations have. Used by one run,
 * in one thread.
 */
public abstract class InvocationContext {
    private final ProtocolConfig config;
    private final FetchSources fetchSources;
    private final HostLog log;
    private final HostLog.Source source;

    /**
     * @param config version and parameters of the chain
     * @param fetchSources what {@code fetch} hands out
     * @param log takes what the guest says
     * @param source who the guest is
     */
    protected InvocationContext(
            ProtocolConfig config, FetchSources fetchSources, HostLog log, HostLog.Source source) {
        this.config = config;
        this.fetchSources = fetchSources;
        this.log = log;
        this.source = source;
    }

    /** Returns version and parameters of the chain. */
    public final ProtocolConfig config() {
        return config;
    }

    /** Returns what {@code fetch} hands out. */
    public final FetchSources fetchSources() {
        return fetchSources;
    }

    /** Returns what takes the guest's messages. */
    public final HostLog log() {
        return log;
    }

    /** Returns who the guest is. */
    public final HostLog.Source source() {
        return source;
    }
}
