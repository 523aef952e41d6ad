package io.marmalade.pvm.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;
import io.marmalade.pvm.diff.DiffEngine.Verdict;
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
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
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
        compareWithPolkaVm(name, program, input);
        // The reference would take seconds for curves.
        boolean curves = name.equals("ed25519") || name.equals("secp256k1");
        for (Engine engine : curves ? ENGINES.subList(0, 3) : ENGINES) {
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

    /** From the start to the end, or to the first host call, with all of memory. */
    private static void compareWithPolkaVm(String name, StandardProgram program, byte[] input)
            throws IOException {
        if (Engines.oracle().isEmpty()) {
            return;
        }
        DiffCase start;
        try (Machine machine = ENGINES.get(0).newMachine(program.program())) {
            program.load(machine, input);
            machine.setGas(GAS);
            start = DiffCase.of(machine);
        }
        Path oracle = Engines.oracle().orElseThrow();
        try (DiffEngine engine =
                new DiffEngine(
                        List.of(
                                new EngineSubject(ENGINES.get(0)),
                                new LineSubject(oracle, LineSubject.Backend.INTERPRETER),
                                new LineSubject(oracle, LineSubject.Backend.GENERIC)))) {
            Verdict verdict = engine.compare(start);
            verdict.disagreements().forEach(each -> assertEquals(List.of(), each.lines(), name));
            assertEquals(List.of(), verdict.expected(), name);
        }
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

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void verifyEd25519(ProtocolVersion version) throws IOException, GeneralSecurityException {
        // RFC 8032, 7.1, tests 1 and 2.
        String first =
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
                    + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
                    + "f9b46bd25bf5f0595bbe24655141438e7a100b";
        String second =
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
                    + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
                    + "f11d8c387b2eaeb4302aeeb00d291612bb0c0072";
        for (String vector : List.of(first, second)) {
            byte[] input = HexFormat.of().parseHex(vector);
            assertEquals(1, number(run(version, "ed25519", input)));
        }
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        byte[] message = message(200);
        signature.update(message);
        byte[] encoded = keys.getPublic().getEncoded();
        ByteBuffer input = ByteBuffer.allocate(96 + message.length);
        input.put(encoded, encoded.length - 32, 32).put(signature.sign()).put(message);
        assertEquals(1, number(run(version, "ed25519", input.array())), hex(input.array()));
        byte[] forged = input.array().clone();
        forged[150] ^= 4;
        assertEquals(0, number(run(version, "ed25519", forged)), hex(forged));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void recoverSecp256k1(ProtocolVersion version) throws IOException {
        // Signed by OpenSSL, through Python's cryptography.
        String hash = "1b4c9133da73a711322404314402765ab0d23fd362a167d6f0c65bb215113d94";
        String signature =
                "19d63f7135ea9d673e44c98cbd7bf589a12bd1a15ee1710e86e757218c240587"
                        + "012f4ab70ddffa1b5a412ed868f4e5d93584567bc5f5ff2a2715df30d00b0279";
        String key =
                "9642012f9f12acbf002b5ce7b0e0cf2cef05923cb851aba18228ba0c4f2d769f"
                        + "0d34e46cdc5a0d52b073e3a7c3e956deba45a51bfd245920e19c40add3d28539";
        List<String> recovered = new java.util.ArrayList<>();
        for (String parity : List.of("00", "01")) {
            byte[] input = HexFormat.of().parseHex(hash + parity + signature);
            recovered.add(hex(run(version, "secp256k1", input)));
        }
        assertTrue(recovered.contains(key), recovered.toString());
        assertNotEquals(recovered.get(0), recovered.get(1));
    }
}
