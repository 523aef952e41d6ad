package io.marmalade.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.base.ProtocolConfig;
import io.marmalade.base.StateKey;
import io.marmalade.block.AccumulationInput;
import io.marmalade.block.Block;
import io.marmalade.block.Extrinsic;
import io.marmalade.block.Guarantee;
import io.marmalade.block.Header;
import io.marmalade.block.Preimage;
import io.marmalade.block.WorkItem;
import io.marmalade.block.WorkPackage;
import io.marmalade.codec.DecodeException;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

class StructuresCodecTest {
    private final Random random = RandomStructures.seeded(StructuresCodecTest.class);

    @ParameterizedTest
    @EnumSource
    void decodesWhatItEncodesAndNothingShorterOrLonger(ProtocolVersion version) {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        RandomStructures structures = new RandomStructures(config, random);
        for (int i = 0; i < 30; i++) {
            check(config, structures.block(), Block::decode);
            check(config, structures.header(), Header::decode);
            check(config, structures.workPackage(), WorkPackage::decode);
            check(config, structures.workItem(), WorkItem::decode);
            check(config, structures.accumulationInput(), AccumulationInput::decode);
            check(config, structures.account(), ServiceAccount::decode);
        }
    }

    @ParameterizedTest
    @EnumSource
    void serializesStatesBothWays(ProtocolVersion version) {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        RandomStructures structures = new RandomStructures(config, random);
        for (int i = 0; i < 20; i++) {
            State state = structures.state(NoServices.INSTANCE);
            TreeMap<StateKey, Bytes> serialized = new TreeMap<>();
            StateCodec.encodeChanged(config, null, state, serialized);
            assertEquals(16, serialized.size());
            assertEquals(state, StateCodec.decode(config, serialized::get, NoServices.INSTANCE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesTheComponentThatIsMissingOrTruncated(ProtocolVersion version) {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        State state = new RandomStructures(config, random).state(NoServices.INSTANCE);
        TreeMap<StateKey, Bytes> serialized = new TreeMap<>();
        StateCodec.encodeChanged(config, null, state, serialized);
        for (StateComponent<?> component : StateComponent.ALL) {
            TreeMap<StateKey, Bytes> damaged = new TreeMap<>(serialized);
            Bytes whole = damaged.remove(component.key());
            assertTrue(refusal(config, damaged).startsWith(component.name() + ": missing"));
            for (int j = 0; j < 20; j++) {
                int length = random.nextInt(whole.size());
                damaged.put(component.key(), Bytes.of(Arrays.copyOf(whole.octets(), length)));
                String message = refusal(config, damaged);
                assertTrue(message.startsWith(component.name()), message);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void encodesOnlyComponentsThatAreOtherObjects(ProtocolVersion version) {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        RandomStructures structures = new RandomStructures(config, random);
        State prior = structures.state(NoServices.INSTANCE);
        State posterior =
                prior.toBuilder()
                        .timeslot(prior.timeslot() + 1)
                        .entropy(structures.state(NoServices.INSTANCE).entropy())
                        .build();
        TreeMap<StateKey, Bytes> edits = new TreeMap<>();
        StateCodec.encodeChanged(config, prior, posterior, edits);
        assertEquals(
                List.of(StateKeys.component(6), StateKeys.component(11)),
                List.copyOf(edits.keySet()));
    }

    @ParameterizedTest
    @EnumSource
    void hashesTheExtrinsicByItsParts(ProtocolVersion version) {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        RandomStructures structures = new RandomStructures(config, random);
        for (int i = 0; i < 20; i++) {
            Extrinsic extrinsic = structures.extrinsic();
            Encoder preimages = new Encoder(config).natural(extrinsic.preimages().size());
            for (Preimage preimage : extrinsic.preimages()) {
                preimages.u32(preimage.service());
                if (version == ProtocolVersion.V0_7_2) {
                    preimages.blob(preimage.data());
                } else {
                    preimages.octets(Blake2b.hash(preimage.data().octets()));
                }
            }
            Encoder guarantees = new Encoder(config).natural(extrinsic.guarantees().size());
            for (Guarantee guarantee : extrinsic.guarantees()) {
                byte[] report = guarantee.report().encoded(config).octets();
                guarantees.octets(Blake2b.hash(report)).u32(guarantee.timeslot());
                guarantees.sequence(guarantee.credentials(), Encoder::value);
            }
            Encoder all =
                    new Encoder(config)
                            .octets(hash(config, extrinsic.tickets()))
                            .octets(Blake2b.hash(preimages.toArray()))
                            .octets(Blake2b.hash(guarantees.toArray()))
                            .octets(hash(config, extrinsic.assurances()))
                            .octets(Blake2b.hash(extrinsic.disputes().encoded(config).octets()));
            assertEquals(Blake2b.hash(all.toArray()), extrinsic.hash(config));
        }
    }

    @ParameterizedTest
    @EnumSource
    void sealsTheHeaderWithoutItsSeal(ProtocolVersion version) {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        Header header = new RandomStructures(config, random).header();
        byte[] whole = header.encoded(config).octets();
        assertEquals(
                Bytes.of(Arrays.copyOf(whole, whole.length - 96)), header.unsignedEncoding(config));
        assertEquals(Blake2b.hash(whole), header.hash(config));
    }

    private static Hash hash(ProtocolConfig config, List<? extends Encodable> items) {
        return Blake2b.hash(new Encoder(config).sequence(items, Encoder::value).toArray());
    }

    @ParameterizedTest
    @EnumSource
    void refusesGarbledOctetsOrWritesThemAgain(ProtocolVersion version) {
        ProtocolConfig config = ProtocolConfig.tiny(version);
        RandomStructures structures = new RandomStructures(config, random);
        int accepted = 0;
        for (int i = 0; i < 40; i++) {
            accepted += garble(config, structures.extrinsic(), Extrinsic::decode);
            accepted += garble(config, structures.header(), Header::decode);
            accepted += garble(config, structures.workPackage(), WorkPackage::decode);
            State state = structures.state(NoServices.INSTANCE);
            accepted += garble(config, state.recentHistory(), RecentHistory::decode);
            accepted += garble(config, state.disputes(), DisputeRecords::decode);
            accepted += garble(config, state.statistics(), Statistics::decode);
            accepted += garble(config, state.privileges(), Privileges::decode);
        }
        assertTrue(accepted > 0, "no garbled octets still were an encoding");
    }

    private int garble(
            ProtocolConfig config, Encodable structure, Function<Decoder, Encodable> reader) {
        byte[] encoded = structure.encoded(config).octets();
        int accepted = 0;
        for (int i = 0; i < 20; i++) {
            byte[] garbled = encoded.clone();
            for (int j = random.nextInt(3); j >= 0; j--) {
                garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
            }
            try {
                Encodable decoded = Decoder.decode(config, garbled, reader);
                assertEquals(Bytes.of(garbled), decoded.encoded(config));
                accepted++;
            } catch (DecodeException e) {
                assertTrue(e.offset() <= garbled.length);
            }
        }
        return accepted;
    }

    private static String refusal(ProtocolConfig config, TreeMap<StateKey, Bytes> serialized) {
        return assertThrows(
                        DecodeException.class,
                        () -> StateCodec.decode(config, serialized::get, NoServices.INSTANCE))
                .getMessage();
    }

    private <T extends Encodable> void check(
            ProtocolConfig config, T structure, Function<Decoder, T> reader) {
        byte[] encoded = structure.encoded(config).octets();
        T decoded = Decoder.decode(config, encoded, reader);
        assertEquals(structure, decoded);
        assertEquals(Bytes.of(encoded), decoded.encoded(config));
        for (int length = 0; length < encoded.length; length++) {
            // Long encodings are cut at random places: all of them would take minutes.
            if (encoded.length > 2000 && random.nextInt(encoded.length) > 1000) {
                continue;
            }
            byte[] truncated = Arrays.copyOf(encoded, length);
            assertThrows(DecodeException.class, () -> Decoder.decode(config, truncated, reader));
        }
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
        assertThrows(DecodeException.class, () -> Decoder.decode(config, longer, reader));
    }
}
