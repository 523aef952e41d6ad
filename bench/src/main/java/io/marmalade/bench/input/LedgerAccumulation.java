package io.marmalade.bench.input;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Operand;
import io.marmalade.block.WorkResult;
import io.marmalade.invocation.HostLog;
import io.marmalade.invocation.ProgramCache;
import io.marmalade.invocation.accumulate.AccumulateResult;
import io.marmalade.invocation.accumulate.PartialState;
import io.marmalade.invocation.accumulate.PvmAccumulateInvocation;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.state.Privileges;
import io.marmalade.state.ServiceChanges;
import io.marmalade.state.ValidatorSet;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** The service {@code ledger} accumulates one operand with a hundred orders to write. */
public final class LedgerAccumulation {
    private static final long GAS = 1L << 40;
    private static final long CACHE_OCTETS = 1 << 24;
    private static final int SLOT = 1000;

    private final ProtocolConfig config;
    private final CodeServices services;
    private final Privileges privileges;
    private final List<Operand> operands;
    private final PvmAccumulateInvocation invocation;

    /**
     * Reads the service.
     *
     * @param version what it is linked for
     * @param engine what runs it
     * @throws IOException if it cannot be read
     */
    public LedgerAccumulation(ProtocolVersion version, Engine engine) throws IOException {
        config = ProtocolConfig.tiny(version);
        services = new CodeServices(Services.linked("ledger", version));
        privileges =
                new Privileges(
                        0, Collections.nCopies(config.coreCount(), 0L), 0, 0, new TreeMap<>());
        operands =
                List.of(
                        new Operand(
                                Hash.ZERO,
                                Hash.ZERO,
                                Hash.ZERO,
                                Hash.ZERO,
                                GAS,
                                new WorkResult.Output(Bytes.of(LedgerOrders.make())),
                                Bytes.EMPTY));
        invocation =
                new PvmAccumulateInvocation(
                        config, engine, new ProgramCache(version, CACHE_OCTETS), HostLog.NONE);
    }

    /**
     * Accumulates.
     *
     * @return what came of it
     * @throws IllegalStateException if not all values were written
     */
    public AccumulateResult run() {
        AccumulateResult result =
                invocation.accumulate(
                        new PartialState(
                                new ServiceChanges(services),
                                new ValidatorSet(List.of()),
                                Collections.nCopies(config.coreCount(), List.of()),
                                privileges),
                        SLOT,
                        Hash.ZERO,
                        CodeServices.SERVICE,
                        GAS,
                        List.copyOf(operands));
        int written = result.services().changedValues().size();
        if (written != LedgerOrders.COUNT) {
            throw new IllegalStateException("ledger wrote " + written + " values");
        }
        return result;
    }
}
