package io.marmalade.transition.statistics;

import static io.marmalade.transition.rules.Samples.NEW;
import static io.marmalade.transition.rules.Samples.OLD;
import static io.marmalade.transition.rules.Samples.context;
import static io.marmalade.transition.rules.Samples.hash;
import static io.marmalade.transition.rules.Samples.report;
import static io.marmalade.transition.rules.Samples.validators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.Bytes;
import io.marmalade.base.Ed25519Signature;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.Assurance;
import io.marmalade.block.DisputesExtrinsic;
import io.marmalade.block.Extrinsic;
import io.marmalade.block.Guarantee;
import io.marmalade.block.Preimage;
import io.marmalade.block.WorkReport;
import io.marmalade.state.CoreRecord;
import io.marmalade.state.ServiceRecord;
import io.marmalade.state.Statistics;
import io.marmalade.state.ValidatorRecord;
import io.marmalade.state.ValidatorSet;
import io.marmalade.transition.accumulation.AccumulationRecord;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

class StatisticsUpdateTest {
    private static final ValidatorSet ACTIVE = validators(200, 6);
    private static final Preimage PREIMAGE = new Preimage(42, Bytes.of(new byte[10]));
    private static final Assurance ASSURANCE = assurance(4, 1);

    @Test
    void countsWhatAuthorAssurersAndReportersDid() {
        Statistics result =
                new StatisticsUpdate(OLD)
                        .validators(
                                prior(6),
                                false,
                                1,
                                extrinsic(),
                                ACTIVE,
                                Set.of(ACTIVE.get(3).ed25519(), validators(1, 1).get(0).ed25519()));
        assertEquals(new ValidatorRecord(9, 8, 8, 17, 7, 7), result.current().get(1));
        assertEquals(new ValidatorRecord(8, 8, 7, 7, 8, 7), result.current().get(3));
        assertEquals(new ValidatorRecord(8, 8, 7, 7, 7, 8), result.current().get(4));
        assertEquals(prior(6).previous(), result.previous());
    }

    @Test
    void assurancesOfAnEpochsFirstBlockChangedTheirEpoch() {
        ValidatorRecord idle = new ValidatorRecord(0, 0, 0, 0, 0, 0);
        Statistics old = newEpoch(OLD, 6);
        assertEquals(new ValidatorRecord(8, 8, 7, 7, 7, 7), old.previous().get(4));
        assertEquals(new ValidatorRecord(0, 0, 0, 0, 0, 1), old.current().get(4));
        assertEquals(idle, old.current().get(5));

        Statistics current = newEpoch(NEW, 9);
        assertEquals(new ValidatorRecord(8, 8, 7, 7, 7, 8), current.previous().get(4));
        assertEquals(idle, current.current().get(4));
        assertEquals(6, current.current().size());
        assertEquals(9, current.previous().size());
    }

    @Test
    void coresCountReportsAssurancesAndTheLoadOfWhatBecameAvailable() {
        WorkReport incoming = report(1, 0, context(hash(20), 0), 0);
        WorkReport available = report(2, 1, context(hash(20), 0), 0);
        List<CoreRecord> cores =
                new StatisticsUpdate(OLD)
                        .cores(
                                List.of(new Guarantee(incoming, 0, List.of())),
                                List.of(ASSURANCE, assurance(5, 1)),
                                List.of(available));
        assertEquals(new CoreRecord(0, 0, 1, 2, 3, 4, 100, 7), cores.get(0));
        // 64 segments and their 65th part of proofs.
        assertEquals(new CoreRecord(100 + 65 * 4104, 2, 0, 0, 0, 0, 0, 0), cores.get(1));
    }

    @Test
    void servicesCountReportsPreimagesAndAccumulation() {
        SortedMap<Long, ServiceRecord> services =
                new StatisticsUpdate(NEW)
                        .services(
                                List.of(
                                        new Guarantee(
                                                report(1, 0, context(hash(20), 0), 0),
                                                0,
                                                List.of())),
                                List.of(PREIMAGE, PREIMAGE, new Preimage(7, Bytes.EMPTY)),
                                Map.of(42L, new AccumulationRecord(2, 3, 500)));
        assertEquals(
                Map.of(
                        7L,
                        new ServiceRecord(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                        42L,
                        new ServiceRecord(2, 20, 1, 7, 1, 2, 3, 4, 2, 3, 500)),
                services);
    }

    private static Statistics newEpoch(ProtocolConfig config, int priorSize) {
        return new StatisticsUpdate(config)
                .validators(prior(priorSize), true, 1, extrinsic(), ACTIVE, Set.of());
    }

    private static Statistics prior(int size) {
        List<ValidatorRecord> records =
                Collections.nCopies(size, new ValidatorRecord(8, 8, 7, 7, 7, 7));
        return new Statistics(records, records, List.of(), new TreeMap<>());
    }

    private static Extrinsic extrinsic() {
        return new Extrinsic(
                List.of(),
                List.of(PREIMAGE),
                List.of(),
                List.of(ASSURANCE),
                new DisputesExtrinsic(List.of(), List.of(), List.of()));
    }

    private static Assurance assurance(int validator, int core) {
        BitSet bits = new BitSet();
        bits.set(core);
        return new Assurance(hash(5), bits, validator, Ed25519Signature.ZERO);
    }
}
