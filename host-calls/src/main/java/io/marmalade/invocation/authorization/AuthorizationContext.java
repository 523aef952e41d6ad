package io.marmalade.invocation.authorization;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.invocation.FetchSources;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.InvocationContext;

/**
 * What an authorizer's calls work on: nothing that changes.
 *
 * @gp eq:isauthorizedmutator
 */
public final class AuthorizationContext extends InvocationContext {
    /**
     * @param core what the package is to use, 0..2¹⁶−1
     */
    AuthorizationContext(ProtocolConfig config, FetchSources fetchSources, HostLog log, int core) {
        super(config, fetchSources, log, new HostLog.Source.Authorizer(core));
    }
}
