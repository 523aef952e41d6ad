package io.marmalade.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.block.AvailabilitySpecification;
import io.marmalade.block.EpochMark;
import io.marmalade.block.EpochMarkKeys;
import io.marmalade.block.Guarantee;
import io.marmalade.block.Judgement;
import io.marmalade.block.RefinementContext;
import io.marmalade.block.Ticket;
import io.marmalade.block.Verdict;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What the two versions write differently, octet for octet as the paper's serialization has it. */
class VersionLayoutTest {
    private static final ProtocolConfig OLD = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
    private static final ProtocolConfig NEW = ProtocolConfig.tiny(ProtocolVersion.V0_8_0);

    private final Random random = RandomStructures.seeded(VersionLayoutTest.class);
    private final RandomStructures structures = new RandomStructures(NEW, random);

    @Test
    void writesAnchorsOfARefinementContext() {
        List<Hash> hashes = List.of(hash(1), hash(2), hash(3), hash(4), hash(5), hash(6));
        RefinementContext context =
                new RefinementContext(
                        hash(1), 7, hash(2), hash(3), hash(4), 8, hash(5), List.of(hash(6)));
        check(
                OLD,
                context,
                out -> {
                    for (int i = 0; i < 4; i++) {
                        out.octets(hashes.get(i));
                    }
                    out.u32(8).u8(1).octets(hash(6));
                });
        check(
                NEW,
                context,
                out -> {
                    out.octets(hash(1)).u32(7).octets(hash(2)).octets(hash(3)).octets(hash(4));
                    out.u32(8).octets(hash(5)).u8(1).octets(hash(6));
                });
    }

    @Test
    void writesErasureShardsOfASpecification() {
        AvailabilitySpecification specification =
                new AvailabilitySpecification(hash(1), 2, hash(3), 1023, hash(4), 5);
        check(
                OLD,
                specification,
                out -> out.octets(hash(1)).u32(2).octets(hash(3)).octets(hash(4)).u16(5));
        check(
                NEW,
                specification,
                out -> out.octets(hash(1)).u32(2).octets(hash(3)).u16(1023).octets(hash(4)).u16(5));
    }

    @Test
    void writesATicketsEntryIndexAsAnOctet() {
        check(OLD, new Ticket(hash(1), 2), out -> out.octets(hash(1)).u8(2));
        check(NEW, new Ticket(hash(1), 200), out -> out.octets(hash(1)).u8(200));
    }

    @Test
    void writesTheNumberOfJudgementsAndValidatorsWhereItMayDiffer() {
        List<Judgement> judgements =
                Collections.nCopies(5, new Judgement(true, 3, structures.signature()));
        Verdict verdict = new Verdict(hash(1), 9, judgements);
        Consumer<Encoder> start = out -> out.octets(hash(1)).u32(9);
        check(OLD, verdict, start.andThen(out -> out.fixed(judgements, Encoder::value)));
        check(NEW, verdict, start.andThen(out -> out.sequence(judgements, Encoder::value)));

        EpochMark random = null;
        while (random == null) {
            random = new RandomStructures(OLD, this.random).header().epochMark();
        }
        EpochMark mark = random;
        List<EpochMarkKeys> keys = mark.validators();
        Consumer<Encoder> entropy = out -> out.octets(mark.entropy()).octets(mark.ticketsEntropy());
        check(OLD, mark, entropy.andThen(out -> out.fixed(keys, Encoder::value)));
        check(NEW, mark, entropy.andThen(out -> out.u8(6).fixed(keys, Encoder::value)));
        assertEquals(OLD.validatorCount(), keys.size());
    }

    @Test
    void writesTheSlotOfARecentBlock() {
        RecentBlock block = new RecentBlock(hash(1), hash(2), hash(3), 4, new TreeMap<>());
        check(OLD, block, out -> out.octets(hash(1)).octets(hash(2)).octets(hash(3)).u8(0));
        check(NEW, block, out -> out.octets(hash(1)).octets(hash(2)).octets(hash(3)).u32(4).u8(0));
    }

    @Test
    void writesTheGuaranteeOfAPendingReport() {
        PendingReport pending = null;
        while (pending == null) {
            pending = structures.state(NoServices.INSTANCE).pendingReports().getFirst();
        }
        Guarantee guarantee = Objects.requireNonNull(pending.guarantee());
        long timeslot = pending.timeslot();
        check(NEW, pending, out -> out.value(guarantee).u32(timeslot));
        check(OLD, pending, out -> out.value(guarantee.report()).u32(timeslot));
    }

    @Test
    void writesTheTransfersThatAServiceReceived() {
        ServiceRecord record = new ServiceRecord(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        check(OLD, record, out -> out.raw(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 11}));
        check(NEW, record, out -> out.raw(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
    }

    @Test
    void writesTheSizeOfValidatorSets() {
        ValidatorSet set = new RandomStructures(OLD, random).state(NoServices.INSTANCE).activeSet();
        check(OLD, set, out -> out.fixed(set.validators(), Encoder::value));
        check(NEW, set, out -> out.u8(6).fixed(set.validators(), Encoder::value));
        ValidatorRecord record = new ValidatorRecord(1, 2, 3, 4, 5, 6);
        List<ValidatorRecord> records = Collections.nCopies(6, record);
        Statistics statistics =
                new Statistics(
                        records,
                        records,
                        List.of(CoreRecord.ZERO, CoreRecord.ZERO),
                        new TreeMap<>());
        check(
                OLD,
                statistics,
                out ->
                        out.fixed(records, Encoder::value)
                                .fixed(records, Encoder::value)
                                .raw(new byte[16 + 1]));
        check(
                NEW,
                statistics,
                out ->
                        out.sequence(records, Encoder::value)
                                .sequence(records, Encoder::value)
                                .raw(new byte[16 + 1]));
    }

    private static void check(ProtocolConfig config, Encodable value, Consumer<Encoder> layout) {
        Encoder expected = new Encoder(config);
        layout.accept(expected);
        assertEquals(Bytes.of(expected.toArray()), value.encoded(config));
    }

    private static Hash hash(int index) {
        byte[] octets = new byte[Hash.SIZE];
        octets[0] = (byte) index;
        return Hash.of(octets);
    }
}
