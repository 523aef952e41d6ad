package io.marmalade.transition.statistics;

import io.marmalade.base.Ed25519Key;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Assurance;
import io.marmalade.block.Extrinsic;
import io.marmalade.block.Guarantee;
import io.marmalade.block.Preimage;
import io.marmalade.block.WorkDigest;
import io.marmalade.block.WorkReport;
import io.marmalade.state.CoreRecord;
import io.marmalade.state.ServiceRecord;
import io.marmalade.state.Statistics;
import io.marmalade.state.ValidatorRecord;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.accumulation.AccumulationRecord;
import io.marmalade.transition.rules.TransitionRules;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Counts what a block's author, assurers, guarantors, cores and services did.
 *
 * @gp sec:bookkeeping
 */
public final class StatisticsUpdate {
    private static final ValidatorRecord IDLE_VALIDATOR = new ValidatorRecord(0, 0, 0, 0, 0, 0);
    private static final CoreRecord IDLE_CORE = new CoreRecord(0, 0, 0, 0, 0, 0, 0, 0);

    private final ProtocolConfig config;
    private final TransitionRules rules;

    /**
     * @param config the chain's parameters
     */
    public StatisticsUpdate(ProtocolConfig config) {
        this.config = config;
        this.rules = TransitionRules.of(config.version());
    }

    /**
     * Returns the validators' records after a block: the present epoch's (π_V') and the previous
     * epoch's (π_L').
     *
     * @param prior π
     * @param newEpoch whether the block is the first of an epoch
     * @param author H_I, below |κ'|
     * @param extrinsic E
     * @param activeSet κ'
     * @param reporters G
     */
    public Statistics validators(
            Statistics prior,
            boolean newEpoch,
            int author,
            Extrinsic extrinsic,
            ValidatorSet activeSet,
            Set<Ed25519Key> reporters) {
        List<ValidatorRecord> current = new ArrayList<>(prior.current());
        List<ValidatorRecord> previous = prior.previous();
        if (rules.assurancesCountBeforeRotation()) {
            countAssurances(current, extrinsic.assurances());
        }
        if (newEpoch) {
            previous = List.copyOf(current);
            current = new ArrayList<>(Collections.nCopies(activeSet.size(), IDLE_VALIDATOR));
        }
        if (!rules.assurancesCountBeforeRotation()) {
            countAssurances(current, extrinsic.assurances());
        }
        long octets = 0;
        for (Preimage preimage : extrinsic.preimages()) {
            octets += preimage.data().size();
        }
        ValidatorRecord record = current.get(author);
        current.set(
                author,
                new ValidatorRecord(
                        record.blocks() + 1,
                        record.tickets() + extrinsic.tickets().size(),
                        record.preimages() + extrinsic.preimages().size(),
                        record.preimageOctets() + octets,
                        record.guarantees(),
                        record.assurances()));
        if (!reporters.isEmpty()) {
            for (int i = 0; i < activeSet.size(); i++) {
                if (reporters.contains(activeSet.get(i).ed25519())) {
                    current.set(i, guaranteed(current.get(i)));
                }
            }
        }
        return new Statistics(List.copyOf(current), previous, prior.cores(), prior.services());
    }

    private static void countAssurances(List<ValidatorRecord> records, List<Assurance> assurances) {
        for (Assurance assurance : assurances) {
            if (assurance.validatorIndex() < records.size()) {
                ValidatorRecord record = records.get(assurance.validatorIndex());
                records.set(
                        assurance.validatorIndex(),
                        new ValidatorRecord(
                                record.blocks(),
                                record.tickets(),
                                record.preimages(),
                                record.preimageOctets(),
                                record.guarantees(),
                                record.assurances() + 1));
            }
        }
    }

    private static ValidatorRecord guaranteed(ValidatorRecord record) {
        return new ValidatorRecord(
                record.blocks(),
                record.tickets(),
                record.preimages(),
                record.preimageOctets(),
                record.guarantees() + 1,
                record.assurances());
    }

    /**
     * Returns the cores' records of a block (π_C').
     *
     * @param guarantees E_G
     * @param assurances E_A
     * @param availableReports R
     */
    public List<CoreRecord> cores(
            List<Guarantee> guarantees,
            List<Assurance> assurances,
            List<WorkReport> availableReports) {
        List<CoreRecord> records =
                new ArrayList<>(Collections.nCopies(config.coreCount(), IDLE_CORE));
        for (Guarantee guarantee : guarantees) {
            WorkReport report = guarantee.report();
            update(records, report.core(), record -> reported(record, report));
        }
        for (WorkReport report : availableReports) {
            long segments = report.specification().segmentCount();
            long load =
                    report.specification().bundleLength()
                            + (long) ProtocolConfig.SEGMENT_SIZE * Math.ceilDiv(segments * 65, 64L);
            update(records, report.core(), record -> loaded(record, load));
        }
        int[] popularity = new int[config.coreCount()];
        for (Assurance assurance : assurances) {
            BitSet bits = assurance.availabilities();
            for (int core = bits.nextSetBit(0); core >= 0; core = bits.nextSetBit(core + 1)) {
                popularity[core]++;
            }
        }
        for (int core = 0; core < popularity.length; core++) {
            int assured = popularity[core];
            if (assured > 0) {
                update(records, core, record -> assured(record, assured));
            }
        }
        return List.copyOf(records);
    }

    private static void update(
            List<CoreRecord> records, int core, UnaryOperator<CoreRecord> change) {
        records.set(core, change.apply(records.get(core)));
    }

    private static CoreRecord reported(CoreRecord record, WorkReport report) {
        long imports = record.imports();
        long extrinsicCount = record.extrinsicCount();
        long extrinsicSize = record.extrinsicSize();
        long exports = record.exports();
        long gas = record.gasUsed();
        for (WorkDigest digest : report.digests()) {
            imports += digest.importCount();
            extrinsicCount += digest.extrinsicCount();
            extrinsicSize += digest.extrinsicSize();
            exports += digest.exportCount();
            gas += digest.refineGasUsed();
        }
        return new CoreRecord(
                record.dataAvailabilityLoad(),
                record.popularity(),
                imports,
                extrinsicCount,
                extrinsicSize,
                exports,
                record.bundleLength() + report.specification().bundleLength(),
                gas);
    }

    private static CoreRecord loaded(CoreRecord record, long load) {
        return new CoreRecord(
                record.dataAvailabilityLoad() + load,
                record.popularity(),
                record.imports(),
                record.extrinsicCount(),
                record.extrinsicSize(),
                record.exports(),
                record.bundleLength(),
                record.gasUsed());
    }

    private static CoreRecord assured(CoreRecord record, int popularity) {
        return new CoreRecord(
                record.dataAvailabilityLoad(),
                popularity,
                record.imports(),
                record.extrinsicCount(),
                record.extrinsicSize(),
                record.exports(),
                record.bundleLength(),
                record.gasUsed());
    }

    /**
     * Returns the services' records of a block (π_S').
     *
     * @param guarantees E_G
     * @param preimages E_P
     * @param accumulations S, by service
     */
    public SortedMap<Long, ServiceRecord> services(
            List<Guarantee> guarantees,
            List<Preimage> preimages,
            Map<Long, AccumulationRecord> accumulations) {
        SortedMap<Long, ServiceRecord> records = new TreeMap<>();
        for (Guarantee guarantee : guarantees) {
            for (WorkDigest digest : guarantee.report().digests()) {
                records.merge(digest.service(), refined(digest), StatisticsUpdate::sum);
            }
        }
        for (Preimage preimage : preimages) {
            records.merge(preimage.service(), provided(preimage), StatisticsUpdate::sum);
        }
        accumulations.forEach((service, accumulation) ->
                records.merge(service, accumulated(accumulation), StatisticsUpdate::sum));
        return Collections.unmodifiableSortedMap(records);
    }

    private static ServiceRecord refined(WorkDigest digest) {
        return new ServiceRecord(
                0,
                0,
                1,
                digest.refineGasUsed(),
                digest.importCount(),
                digest.extrinsicCount(),
                digest.extrinsicSize(),
                digest.exportCount(),
                0,
                0,
                0);
    }

    private static ServiceRecord provided(Preimage preimage) {
        return new ServiceRecord(1, preimage.data().size(), 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static ServiceRecord accumulated(AccumulationRecord accumulation) {
        return new ServiceRecord(
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                accumulation.items(),
                accumulation.transfers(),
                accumulation.gasUsed());
    }

    private static ServiceRecord sum(ServiceRecord a, ServiceRecord b) {
        return new ServiceRecord(
                a.providedCount() + b.providedCount(),
                a.providedSize() + b.providedSize(),
                a.refinedCount() + b.refinedCount(),
                a.refinedGasUsed() + b.refinedGasUsed(),
                a.imports() + b.imports(),
                a.extrinsicCount() + b.extrinsicCount(),
                a.extrinsicSize() + b.extrinsicSize(),
                a.exports() + b.exports(),
                a.accumulatedCount() + b.accumulatedCount(),
                a.accumulatedTransfers() + b.accumulatedTransfers(),
                a.accumulatedGasUsed() + b.accumulatedGasUsed());
    }
}
