package io.marmalade.invocation.refine;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.WorkItem;
import io.marmalade.block.WorkPackage;
import io.marmalade.block.WorkResult;
import io.marmalade.codec.Encoder;
import io.marmalade.invocation.FetchSources;
import io.marmalade.invocation.HistoricalPreimages;
import io.marmalade.invocation.HostCallName;
import io.marmalade.invocation.HostCallTable;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.ProgramInvocation;
import io.marmalade.invocation.ServiceProgram;
import io.marmalade.invocation.general.GeneralCalls;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.Services;

import java.util.List;

/**
 * Refines work items (Ψ_R). Thread-safe.
 *
 * @gp eq:refinvocation
 */
public final class RefineInvocation {
    private static final int ENTRY = 0;

    private final ProtocolConfig config;
    private final Engine engine;
    private final ProgramCache programs;
    private final HostLog log;
    private final HostCallTable<RefineContext> calls;

    /**
     * @param config version and parameters of the chain
     * @param engine runs services and what they run themselves
     * @param programs remembers services' and inner machines' programs; of the same version
     * @param log takes what services say
     */
    public RefineInvocation(
            ProtocolConfig config, Engine engine, ProgramCache programs, HostLog log) {
        this.config = config;
        this.engine = engine;
        this.programs = programs;
        this.log = log;
        this.calls = calls(config.version());
    }

    /** Returns the calls that refinement offers under a version. */
    public static HostCallTable<RefineContext> calls(ProtocolVersion version) {
        return GeneralCalls.offer(HostCallTable.<RefineContext>of(version))
                .offer(HostCallName.HISTORICAL_LOOKUP, new HistoricalLookup())
                .offer(HostCallName.EXPORT, new Export())
                .offer(HostCallName.MACHINE, new MakeMachine(version))
                .offer(HostCallName.PEEK, new Peek())
                .offer(HostCallName.POKE, new Poke())
                .offer(HostCallName.PAGES, new Pages())
                .offer(HostCallName.INVOKE, new Invoke(version))
                .offer(HostCallName.EXPUNGE, new Expunge())
                .build();
    }

    /**
     * What is to be refined, and what it can see.
     *
     * @param core where, 0..2¹⁶−1
     * @param workPackage the package
     * @param packageHash its hash
     * @param item which item of the package, from 0
     * @param authorizationTrace what the authorizer returned
     * @param imports segments by item, each 4104 octets
     * @param extrinsics data by item
     * @param exportOffset segments that earlier items export
     */
    public record Input(
            int core,
            WorkPackage workPackage,
            Hash packageHash,
            int item,
            Bytes authorizationTrace,
            List<List<Bytes>> imports,
            List<List<Bytes>> extrinsics,
            int exportOffset) {}

    /** What came of a refinement. */
    public sealed interface Outcome {
        /**
         * It ran, or could not for a reason that all nodes agree on.
         *
         * @param result output or error; an output of more than W_R octets is {@link
         *     WorkResult.Error#OVERSIZE} already
         * @param exports segments; none if the result is an error
         * @param gasUsed 0..the item's limit
         */
        record Refined(WorkResult result, List<Bytes> exports, long gasUsed) implements Outcome {}

        /**
         * It reached a bound of this node; nothing is known of its result.
         *
         * @param reason which bound
         */
        record Refused(String reason) implements Outcome {}
    }

    /**
     * Refines one work item.
     *
     * @param accounts as of some block not before the package's lookup anchor
     * @param limits what the host can take
     */
    public Outcome refine(Services accounts, Input input, HostLimits limits) {
        WorkPackage workPackage = input.workPackage();
        WorkItem item = workPackage.items().get(input.item());
        long anchor = workPackage.context().lookupAnchorTimeslot();
        Bytes preimage =
                HistoricalPreimages.lookUp(accounts, item.service(), anchor, item.codeHash());
        if (preimage == null) {
            return failure(WorkResult.Error.BAD_CODE, 0);
        }
        if (preimage.size() > config.maxServiceCodeSize()) {
            return failure(WorkResult.Error.BIG_CODE, 0);
        }
        ServiceProgram program = programs.load(item.codeHash(), preimage);
        if (program == null) {
            return failure(WorkResult.Error.BAD_CODE, 0);
        }
        FetchSources sources =
                FetchSources.ofRefinement(
                        config,
                        workPackage,
                        input.authorizationTrace(),
                        input.item(),
                        input.imports(),
                        input.extrinsics());
        try (RefineContext context =
                new RefineContext(
                        config,
                        sources,
                        log,
                        input.core(),
                        item.service(),
                        accounts,
                        anchor,
                        input.exportOffset(),
                        engine,
                        programs,
                        limits)) {
            ProgramInvocation.Result run =
                    ProgramInvocation.invoke(
                            engine,
                            program,
                            ENTRY,
                            item.refineGasLimit(),
                            arguments(input, item),
                            config.maxReportVariableSize(),
                            handler(context, limits));
            String refusal = context.refusal();
            return refusal != null
                    ? new Outcome.Refused(refusal)
                    : outcome(run, List.copyOf(context.exports()));
        }
    }

    private HostCallHandler handler(RefineContext context, HostLimits limits) {
        return (number, machine) ->
                limits.stop().getAsBoolean()
                        ? context.refuse("stopped")
                        : calls.call(number, machine, context);
    }

    private byte[] arguments(Input input, WorkItem item) {
        return new Encoder(config)
                .natural(input.core())
                .natural(input.item())
                .natural(item.service())
                .blob(item.payload())
                .octets(input.packageHash())
                .toArray();
    }

    private static Outcome outcome(ProgramInvocation.Result run, List<Bytes> exports) {
        return switch (run.outcome()) {
            case ProgramInvocation.Outcome.Output(Bytes data) ->
                    new Outcome.Refined(new WorkResult.Output(data), exports, run.gasUsed());
            case ProgramInvocation.Outcome.Oversize(_) ->
                    failure(WorkResult.Error.OVERSIZE, run.gasUsed());
            case ProgramInvocation.Outcome.Panic() ->
                    failure(WorkResult.Error.PANIC, run.gasUsed());
            case ProgramInvocation.Outcome.OutOfGas() ->
                    failure(WorkResult.Error.OUT_OF_GAS, run.gasUsed());
        };
    }

    private static Outcome failure(WorkResult.Error error, long gasUsed) {
        return new Outcome.Refined(error, List.of(), gasUsed);
    }
}
