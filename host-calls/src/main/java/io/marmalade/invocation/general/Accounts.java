package io.marmalade.invocation.general;

import io.marmalade.invocation.AccountsContext;
import io.marmalade.invocation.Guest;

/** Finds the service that a register names. */
final class Accounts {
    /** Stands for a service that does not exist. */
    static final long NOBODY = -1;

    /** The register's value for the service that asks. */
    private static final long SELF = -1;

    private Accounts() {}

    /**
     * Returns the index of the service that a register names, or {@link #NOBODY} if there is no
     * such service.
     */
    static long named(AccountsContext context, long register) {
        if (register == SELF || register == context.service()) {
            return context.service();
        }
        return Guest.isServiceIndex(register) && context.services().account(register) != null
                ? register
                : NOBODY;
    }
}
