package io.marmalade.invocation.authorization;

import io.marmalade.base.Bytes;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.WorkPackage;
import io.marmalade.block.WorkResult;
import io.marmalade.codec.Encoder;
import io.marmalade.invocation.FetchSources;
import io.marmalade.invocation.HistoricalPreimages;
import io.marmalade.invocation.HostCallTable;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.ProgramInvocation;
import io.marmalade.invocation.ServiceProgram;
import io.marmalade.invocation.general.GeneralCalls;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.Services;

/**
 * Asks a package's authorizer (Ψ_I). Thread-safe.
 *
 * @gp eq:isauthinvocation
 */
public final class IsAuthorizedInvocation {
    private static final int ENTRY = 0;

    private final ProtocolConfig config;
    private final Engine engine;
    private final ProgramCache programs;
    private final HostLog log;
    private final HostCallTable<AuthorizationContext> calls;

    /**
     * @param config version and parameters of the chain
     * @param engine runs authorizers
     * @param programs remembers their programs; of the same version
     * @param log takes what they say
     */
    public IsAuthorizedInvocation(
            ProtocolConfig config, Engine engine, ProgramCache programs, HostLog log) {
        this.config = config;
        this.engine = engine;
        this.programs = programs;
        this.log = log;
        this.calls = calls(config.version());
    }

    /** Returns the calls that authorization offers under a version. */
    public static HostCallTable<AuthorizationContext> calls(ProtocolVersion version) {
        return GeneralCalls.offer(HostCallTable.<AuthorizationContext>of(version)).build();
    }

    /**
     * What an authorizer said.
     *
     * @param trace its output, at most W_R octets, or why the package is not authorized; {@link
     *     WorkResult.Error#OVERSIZE} stands for a longer output
     * @param gasUsed 0..G_I
     */
    public record Authorization(WorkResult trace, long gasUsed) {}

    /**
     * Asks whether a package may use a core.
     *
     * @param accounts as of some block not before the package's lookup anchor
     * @param core 0..2¹⁶−1
     */
    public Authorization authorize(Services accounts, WorkPackage workPackage, int core) {
        Bytes preimage =
                HistoricalPreimages.lookUp(
                        accounts,
                        workPackage.authorizationCodeHost(),
                        workPackage.context().lookupAnchorTimeslot(),
                        workPackage.authorizationCodeHash());
        ServiceProgram program =
                preimage == null
                        ? null
                        : programs.load(workPackage.authorizationCodeHash(), preimage);
        if (program == null) {
            return new Authorization(WorkResult.Error.BAD_CODE, 0);
        }
        if (program.codeSize() > config.maxAuthorizationCodeSize()) {
            return new Authorization(WorkResult.Error.BIG_CODE, 0);
        }
        AuthorizationContext context =
                new AuthorizationContext(
                        config, FetchSources.ofAuthorizer(config, workPackage), log, core);
        ProgramInvocation.Result run =
                ProgramInvocation.invoke(
                        engine,
                        program,
                        ENTRY,
                        config.packageAuthorizationGas(),
                        new Encoder(config).u16(core).toArray(),
                        config.maxReportVariableSize(),
                        calls,
                        context);
        WorkResult trace =
                switch (run.outcome()) {
                    case ProgramInvocation.Outcome.Output(Bytes data) ->
                            new WorkResult.Output(data);
                    case ProgramInvocation.Outcome.Oversize(_) -> WorkResult.Error.OVERSIZE;
                    case ProgramInvocation.Outcome.Panic() -> WorkResult.Error.PANIC;
                    case ProgramInvocation.Outcome.OutOfGas() -> WorkResult.Error.OUT_OF_GAS;
                };
        return new Authorization(trace, run.gasUsed());
    }
}
