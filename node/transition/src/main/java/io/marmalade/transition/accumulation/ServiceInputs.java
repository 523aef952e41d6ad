package io.marmalade.transition.accumulation;

import io.marmalade.block.AccumulationInput;
import io.marmalade.block.DeferredTransfer;
import io.marmalade.block.Operand;
import io.marmalade.block.WorkDigest;
import io.marmalade.block.WorkReport;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one service is told in one round, and the gas that comes with it.
 *
 * @gp eq:accone
 */
final class ServiceInputs {
    private long gas;
    private int transfers;
    private final List<AccumulationInput> inputs = new ArrayList<>();

    private ServiceInputs() {}

    /**
     * Collects what the services of a round are told, in one walk: transfers first, then operands.
     *
     * @return by service, in ascending order
     */
    static SortedMap<Long, ServiceInputs> collect(
            List<DeferredTransfer> transfers,
            List<WorkReport> reports,
            SortedMap<Long, Long> alwaysAccumulate) {
        TreeMap<Long, ServiceInputs> services = new TreeMap<>();
        alwaysAccumulate.forEach((service, gas) -> of(services, service).addGas(gas));
        for (DeferredTransfer transfer : transfers) {
            ServiceInputs told = of(services, transfer.destination());
            told.addGas(transfer.gasLimit());
            told.transfers++;
            told.inputs.add(transfer);
        }
        for (WorkReport report : reports) {
            for (WorkDigest digest : report.digests()) {
                ServiceInputs told = of(services, digest.service());
                told.addGas(digest.accumulateGasLimit());
                told.inputs.add(operand(report, digest));
            }
        }
        return services;
    }

    private static ServiceInputs of(TreeMap<Long, ServiceInputs> services, long service) {
        return services.computeIfAbsent(service, _ -> new ServiceInputs());
    }

    private static Operand operand(WorkReport report, WorkDigest digest) {
        return new Operand(
                report.specification().packageHash(),
                report.specification().segmentRoot(),
                report.authorizerHash(),
                digest.payloadHash(),
                digest.accumulateGasLimit(),
                digest.result(),
                report.authorizationTrace());
    }

    private void addGas(long more) {
        gas = Gas.plus(gas, more);
    }

    /** Returns the gas limit (g), unsigned. */
    long gas() {
        return gas;
    }

    /** Returns how many of the inputs are transfers. */
    int transfers() {
        return transfers;
    }

    /** Returns transfers, then operands. */
    List<AccumulationInput> inputs() {
        return inputs;
    }
}
