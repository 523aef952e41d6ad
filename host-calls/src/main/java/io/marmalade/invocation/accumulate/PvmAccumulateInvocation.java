package io.marmalade.invocation.accumulate;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.AccumulationInput;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.codec.Encoder;
import io.marmalade.invocation.FetchSources;
import io.marmalade.invocation.HostCallTable;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.ProgramInvocation;
import io.marmalade.invocation.ServiceProgram;
import io.marmalade.pvm.Engine;
import io.marmalade.state.ServiceAccount;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.StateKeys;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Accumulates a service by running its code on an engine (Ψ_A). Thread-safe.
 *
 * @gp eq:accinvocation
 */
public final class PvmAccumulateInvocation implements AccumulateInvocation {
    private static final int ENTRY = 5;

    private final ProtocolConfig config;
    private final Engine engine;
    private final ProgramCache programs;
    private final HostLog log;
    private final HostCallTable<AccumulateContext> calls;

    /**
     * @param config version and parameters of the chain
     * @param engine runs services
     * @param programs remembers their programs; of the same version
     * @param log takes what they say
     */
    public PvmAccumulateInvocation(
            ProtocolConfig config, Engine engine, ProgramCache programs, HostLog log) {
        this.config = config;
        this.engine = engine;
        this.programs = programs;
        this.log = log;
        this.calls = AccumulateCalls.table(config.version());
    }

    @Override
    public AccumulateResult accumulate(
            PartialState state,
            long timeslot,
            Hash entropy,
            long service,
            long gas,
            List<AccumulationInput> inputs) {
        ServiceChanges services = new ServiceChanges(state.services());
        ServiceAccount account = credit(services, service, inputs);
        ServiceProgram code = account == null ? null : code(state, service, account.codeHash());
        if (account == null || code == null) {
            return new AccumulateResult(
                    services,
                    state.stagingSet(),
                    state.authorizerQueues(),
                    state.privileges(),
                    List.of(),
                    null,
                    0,
                    List.of());
        }
        AccumulateContext context =
                new AccumulateContext(
                        config,
                        FetchSources.ofAccumulation(config, entropy, inputs),
                        log,
                        state,
                        services,
                        service,
                        timeslot,
                        entropy);
        ProgramInvocation.Result run =
                ProgramInvocation.invoke(
                        engine,
                        code,
                        ENTRY,
                        gas,
                        arguments(timeslot, service, inputs.size()),
                        Hash.SIZE,
                        calls,
                        context);
        return switch (run.outcome()) {
            case ProgramInvocation.Outcome.Output(Bytes data) ->
                    context.regular(
                            run.gasUsed(),
                            data.size() == Hash.SIZE ? Hash.of(data.octets()) : null);
            case ProgramInvocation.Outcome.Oversize(_) -> context.regular(run.gasUsed(), null);
            case ProgramInvocation.Outcome.Panic(), ProgramInvocation.Outcome.OutOfGas() ->
                    context.exceptional(run.gasUsed());
        };
    }

    /** Adds what is transferred to the service; returns its account, or null if there is none. */
    private static @Nullable ServiceAccount credit(
            ServiceChanges services, long service, List<AccumulationInput> inputs) {
        ServiceAccount account = services.account(service);
        if (account == null) {
            return null;
        }
        long amount = 0;
        for (AccumulationInput input : inputs) {
            if (input instanceof DeferredTransfer transfer) {
                amount += transfer.amount();
            }
        }
        if (amount == 0) {
            return account;
        }
        ServiceAccount credited = account.withBalance(account.balance() + amount);
        services.putAccount(service, credited);
        return credited;
    }

    private @Nullable ServiceProgram code(PartialState state, long service, Hash codeHash) {
        Bytes preimage = state.services().value(StateKeys.preimage(service, codeHash));
        ServiceProgram code = preimage == null ? null : programs.load(codeHash, preimage);
        return code == null || code.codeSize() > config.maxServiceCodeSize() ? null : code;
    }

    private byte[] arguments(long timeslot, long service, int inputs) {
        return new Encoder(config).natural(timeslot).natural(service).natural(inputs).toArray();
    }
}
