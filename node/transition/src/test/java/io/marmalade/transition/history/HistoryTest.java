package io.marmalade.transition.history;

import static io.marmalade.transition.rules.Samples.NEW;
import static io.marmalade.transition.rules.Samples.OLD;
import static io.marmalade.transition.rules.Samples.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.hash.Keccak;
import io.marmalade.state.AccumulationOutput;
import io.marmalade.state.MerkleMountainRange;
import io.marmalade.state.RecentBlock;
import io.marmalade.state.RecentHistory;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.TreeMap;

class HistoryTest {
    @Test
    void keepsTheLatestEightAndLearnsTheParentsRoot() {
        RecentHistory history = new RecentHistory(List.of(), MerkleMountainRange.EMPTY);
        for (int i = 1; i <= 10; i++) {
            history = append(OLD, history, i);
        }
        assertEquals(8, history.blocks().size());
        assertEquals(hash(3), history.blocks().getFirst().headerHash());
        assertEquals(Hash.ZERO, history.blocks().getLast().stateRoot());
        assertEquals(hash(1010), history.blocks().get(6).stateRoot());
    }

    @Test
    void remembersTimeSlotsSinceTheyAreThere() {
        RecentHistory empty = new RecentHistory(List.of(), MerkleMountainRange.EMPTY);
        assertEquals(0, append(OLD, empty, 7).blocks().getFirst().timeslot());
        assertEquals(7, append(NEW, empty, 7).blocks().getFirst().timeslot());
    }

    @Test
    void outputsAreCommittedToByKeccak() {
        History history = new History(OLD);
        assertEquals(Hash.ZERO, history.accumulationRoot(List.of()));
        Encoder leaf = new Encoder(OLD).u32(7).octets(hash(1));
        assertEquals(
                Keccak.hash(leaf.toArray()),
                history.accumulationRoot(List.of(new AccumulationOutput(7, hash(1)))));
    }

    private static RecentHistory append(ProtocolConfig config, RecentHistory prior, int number) {
        List<RecentBlock> blocks = History.withStateRoot(prior.blocks(), hash(1000 + number));
        return new History(config)
                .append(
                        blocks,
                        prior.accumulationOutputLog(),
                        hash(number),
                        number,
                        hash(2000 + number),
                        new TreeMap<>());
    }
}
