package io.marmalade.invocation.accumulate;

import static io.marmalade.invocation.accumulate.Scene.DATA;
import static io.marmalade.invocation.accumulate.Scene.OTHER;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.invocation.HostCallName;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;

import java.util.Random;

/** The exceptional dimension is the regular one as of the latest checkpoint. */
class AccumulateContextTest {
    private static final HostCallName[] CALLS = {
        HostCallName.BLESS,
        HostCallName.ASSIGN,
        HostCallName.DESIGNATE,
        HostCallName.NEW,
        HostCallName.UPGRADE,
        HostCallName.TRANSFER,
        HostCallName.SOLICIT,
        HostCallName.FORGET,
        HostCallName.YIELD,
        HostCallName.PROVIDE,
        HostCallName.WRITE
    };

    @Test
    void goesBackToTheLatestCheckpoint() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (ProtocolVersion version : ProtocolVersion.values()) {
            for (int round = 0; round < 100; round++) {
                Scene scene = new Scene(version);
                for (int i = 1; i < 5; i++) {
                    scene.request(OTHER, Blake2b.hash(scene.machine.memory().read(DATA, i)), i);
                }
                String expected = picture(scene.context().regular(1, null));
                for (int i = random.nextInt(30); i > 0; i--) {
                    if (random.nextInt(6) == 0) {
                        assertNull(scene.call(HostCallName.CHECKPOINT));
                        expected = picture(scene.context().regular(1, null));
                    } else {
                        act(scene, random);
                    }
                }
                assertEquals(expected, picture(scene.context().exceptional(1)));
            }
        }
    }

    private static void act(Scene scene, Random random) {
        HostCallName call = CALLS[random.nextInt(CALLS.length)];
        long some = DATA + random.nextInt(3);
        switch (call) {
            case BLESS -> scene.arguments(Scene.SELF, some, Scene.SELF, Scene.SELF, some, 2);
            case ASSIGN -> scene.arguments(random.nextInt(2), some, Scene.SELF);
            case DESIGNATE -> scene.arguments(some, 6);
            case NEW -> scene.arguments(some, 9, 1, 2, 0, random.nextInt(70_000));
            case UPGRADE -> scene.arguments(some, random.nextInt(3), 0);
            case TRANSFER -> scene.arguments(OTHER, random.nextInt(9), 60, some);
            case SOLICIT, FORGET -> scene.arguments(some, random.nextInt(3));
            case PROVIDE -> scene.arguments(OTHER, DATA, random.nextInt(6));
            case WRITE -> scene.arguments(some, 2, DATA, random.nextInt(3));
            default -> scene.arguments(some);
        }
        assertNull(scene.call(call));
    }

    private static String picture(AccumulateResult result) {
        return result.services().changedAccounts()
                + " "
                + result.services().changedValues()
                + " "
                + result.stagingSet()
                + result.authorizerQueues()
                + result.privileges()
                + result.transfers()
                + result.output()
                + result.provisions();
    }
}
