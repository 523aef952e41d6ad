package io.marmalade.pvm.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;
import io.marmalade.pvm.interpreter.InterpreterEngine;
import io.marmalade.pvm.interpreter.ReferenceEngine;
import io.marmalade.pvm.jit.JitEngine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** The C programs give answers that are known from elsewhere, on all engines, for the same gas. */
class ProgramsTest {
    private static final long GAS = 1L << 40;
    private static final List<Engine> ENGINES =
            List.of(
                    new InterpreterEngine(),
                    JitEngine.eager(new InterpreterEngine()),
                    JitEngine.tiered(new InterpreterEngine()),
                    new ReferenceEngine());

    private static byte[] run(ProtocolVersion version, String name, byte[] input)
            throws IOException {
        byte[] blob =
                Files.readAllBytes(
                        Engines.HOME.resolve("programs/" + version + "/" + name + ".pvm"));
        StandardProgram program = StandardProgram.decode(blob, version).orElseThrow();
        byte[] answer = {};
        long gas = -1;
        for (Engine engine : ENGINES) {
            try (Machine machine = engine.newMachine(program.program())) {
                program.load(machine, input);
                machine.setGas(GAS);
                ExitReason reason =
                        machine.run((number, caller) -> {
                            // The host of hostcalls.c answers with a function of both arguments.
                            caller.setRegister(
                                    7, caller.register(7) * 5 ^ caller.register(8) >>> 3);
                            return number == 0 ? null : new ExitReason.HostCall(number);
                        });
                assertInstanceOf(ExitReason.Halt.class, reason, name + " on " + engine.name());
                byte[] octets =
                        machine.memory().read(machine.register(7), (int) machine.register(8));
                if (gas >= 0) {
                    String what = name + " on " + engine.name();
                    assertEquals(hex(answer), hex(octets), what);
                    assertEquals(gas, machine.gas(), what);
                }
                answer = octets;
                gas = machine.gas();
            }
        }
        return answer;
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static byte[] octets(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    private static long number(byte[] octets) {
        return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private static byte[] message(int length) {
        byte[] message = new byte[length];
        new Random(length).nextBytes(message);
        return message;
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void countAndSort(ProtocolVersion version) throws IOException {
        // OEIS A000045, A000720 and A000170.
        assertEquals(6765, number(run(version, "fib", octets(20))));
        assertEquals(9592, number(run(version, "sieve", octets(100_000))));
        assertEquals(92, number(run(version, "queens", octets(8))));
        byte[] input = message(4000);
        ByteBuffer in = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer expected = ByteBuffer.allocate(4000).order(ByteOrder.LITTLE_ENDIAN);
        int[] numbers = new int[1000];
        in.asIntBuffer().get(numbers);
        Arrays.stream(numbers).boxed().sorted(Integer::compareUnsigned).forEach(expected::putInt);
        assertEquals(hex(expected.array()), hex(run(version, "sort", input)));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void multiplyMatrices(ProtocolVersion version) throws IOException {
        byte[] input = message(16 * 32 * 32);
        ByteBuffer in = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer expected = ByteBuffer.allocate(8 * 32 * 32).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < 32; row++) {
            for (int column = 0; column < 32; column++) {
                long sum = 0;
                for (int index = 0; index < 32; index++) {
                    sum +=
                            in.getLong(8 * (32 * row + index))
                                    * in.getLong(8 * (1024 + 32 * index + column));
                }
                expected.putLong(sum);
            }
        }
        assertEquals(hex(expected.array()), hex(run(version, "matrix", input)));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void hash(ProtocolVersion version) throws IOException, NoSuchAlgorithmException {
        for (int length : new int[] {0, 1, 55, 56, 64, 135, 136, 1000}) {
            byte[] message = message(length);
            assertEquals(
                    hex(MessageDigest.getInstance("SHA-256").digest(message)),
                    hex(run(version, "sha256", message)));
            byte[] padded = new byte[length + 1];
            padded[0] = 6;
            System.arraycopy(message, 0, padded, 1, length);
            assertEquals(
                    hex(MessageDigest.getInstance("SHA3-256").digest(message)),
                    hex(run(version, "keccak", padded)));
        }
        // The empty string, as Ethereum knows it.
        assertEquals(
                "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
                hex(run(version, "keccak", new byte[] {1})));
        // By Python's hashlib.
        assertEquals(BLAKE_EMPTY, hex(run(version, "blake2b", new byte[0])));
        byte[] counting = new byte[300];
        for (int index = 0; index < counting.length; index++) {
            counting[index] = (byte) (7 * index);
        }
        assertEquals(BLAKE_128, hex(run(version, "blake2b", Arrays.copyOf(counting, 128))));
        assertEquals(BLAKE_300, hex(run(version, "blake2b", counting)));
    }

    private static final String BLAKE_EMPTY =
            "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8";
    private static final String BLAKE_128 =
            "14696d2a98d9f8a280da8b132b1045b345e1033759c6b02fcc4ee885c8ae7c37";
    private static final String BLAKE_300 =
            "91ccce0ba9e15867934e70e07d8d4af1270ec75748be56a3f48f5bc8b6c3967d";

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void interpretAndAsk(ProtocolVersion version) throws IOException {
        String hello =
                "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<."
                        + "+++.------.--------.>>+.>++.";
        byte[] printed = run(version, "interpreter", hello.getBytes(StandardCharsets.US_ASCII));
        assertEquals("Hello World!\n", new String(printed, StandardCharsets.US_ASCII));
        long sum = 0;
        for (long index = 0; index < 1000; index++) {
            sum = sum * 3 + (index * 5 ^ sum >>> 3);
        }
        assertEquals(sum, number(run(version, "hostcalls", octets(1000))));
    }
}
