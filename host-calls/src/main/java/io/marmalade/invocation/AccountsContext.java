package io.marmalade.invocation;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.state.ServiceChanges;

/**
 * What the general calls on accounts work on: the accounts as this run sees them, and whose run it
 * is.
 */
public interface AccountsContext {
    /** Returns the chain's parameters. */
    ProtocolConfig config();

    /** Returns the service that runs (s), 0..2³²−1. */
    long service();

    /** Returns the accounts as this run has changed them (d); the running service is among them. */
    ServiceChanges services();
}
