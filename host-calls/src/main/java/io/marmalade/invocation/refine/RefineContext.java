package io.marmalade.invocation.refine;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.invocation.FetchSources;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.InvocationContext;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.state.Services;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What the calls of a refinement work on: inner machines and exported segments (𝐦, 𝐞), and where
 * preimages are looked up.
 *
 * @gp eq:refinemutator
 */
public final class RefineContext extends InvocationContext implements AutoCloseable {
    private final long service;
    private final Services accounts;
    private final long lookupAnchorTimeslot;
    private final int exportOffset;
    private final ProgramCache programs;
    private final HostLimits limits;
    private final InnerMachines machines;
    private final List<Bytes> exports = new ArrayList<>();
    private @Nullable String refusal;

    /**
     * @param core where the package is refined
     * @param service whose work item it is (s)
     * @param accounts as of some block not before the lookup anchor (d)
     * @param lookupAnchorTimeslot when preimages must have been available (t)
     * @param exportOffset segments that the package's earlier items export (ς)
     * @param engine runs the inner machines
     * @param programs remembers their programs
     */
    RefineContext(
            ProtocolConfig config,
            FetchSources fetchSources,
            HostLog log,
            int core,
            long service,
            Services accounts,
            long lookupAnchorTimeslot,
            int exportOffset,
            Engine engine,
            ProgramCache programs,
            HostLimits limits) {
        super(config, fetchSources, log, new HostLog.Source.Refinement(core, service));
        this.service = service;
        this.accounts = accounts;
        this.lookupAnchorTimeslot = lookupAnchorTimeslot;
        this.exportOffset = exportOffset;
        this.programs = programs;
        this.limits = limits;
        this.machines = new InnerMachines(engine, limits);
    }

    long service() {
        return service;
    }

    Services accounts() {
        return accounts;
    }

    long lookupAnchorTimeslot() {
        return lookupAnchorTimeslot;
    }

    int exportOffset() {
        return exportOffset;
    }

    List<Bytes> exports() {
        return exports;
    }

    InnerMachines machines() {
        return machines;
    }

    ProgramCache programs() {
        return programs;
    }

    HostLimits limits() {
        return limits;
    }

    /** Gives the refinement up because it reached a bound of the host; the run ends. */
    ExitReason refuse(String reason) {
        refusal = reason;
        return Guest.PANIC;
    }

    /** Returns why the refinement was given up, or null if it was not. */
    @Nullable String refusal() {
        return refusal;
    }

    @Override
    public void close() {
        machines.close();
    }
}
