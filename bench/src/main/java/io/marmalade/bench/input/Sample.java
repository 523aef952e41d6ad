package io.marmalade.bench.input;

import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;

import org.bouncycastle.crypto.digests.Blake2bDigest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A C program of {@code polkavm-diff} with an input: octets in, octets out.
 *
 * @param name of its source
 * @param input what it is given, owned by the sample
 * @param answer what it returns, from an independent source; owned by the sample
 */
public record Sample(String name, byte[] input, byte[] answer) implements Guest {
    /** How many host calls {@code hostcalls} makes. */
    public static final int HOST_CALLS = 100_000;

    private static final int MESSAGE = 1 << 16;
    private static final int NUMBERS = 1 << 16;
    private static final int ORDER = 32;

    /** Prints the squares up to 10000: for each of 101 numbers, digits are added and carried. */
    private static final String SQUARES =
            "++++[>+++++<-]>[<+++++>-]+<+[>[>+>+<<-]++>>[<<+>>-]>>>[-]++>[-]+>>>+[[-]++++++>>>]<<<"
                    + "[[<++++++++<++>>-]+<.<[>----<-]<]<<[>>>>>[>>>[-]+++++++++<[>-<-]+++++++++>"
                    + "[-[<->-]+[<<<]]<[>+<-]>]<<-]<<-]";

    /** RFC 8032, 7.1, test 2: key, signature, message. */
    private static final String SIGNED =
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
                + "f11d8c387b2eaeb4302aeeb00d291612bb0c0072";

    /** Hash, parity, signature and key; signed by OpenSSL. */
    private static final String RECOVERABLE =
            "1b4c9133da73a711322404314402765ab0d23fd362a167d6f0c65bb215113d9400"
                    + "19d63f7135ea9d673e44c98cbd7bf589a12bd1a15ee1710e86e757218c240587"
                    + "012f4ab70ddffa1b5a412ed868f4e5d93584567bc5f5ff2a2715df30d00b0279";

    private static final String RECOVERED =
            "9642012f9f12acbf002b5ce7b0e0cf2cef05923cb851aba18228ba0c4f2d769f"
                    + "0d34e46cdc5a0d52b073e3a7c3e956deba45a51bfd245920e19c40add3d28539";

    private static final class Holder {
        static final List<Sample> ALL = make();
    }

    /** Returns all programs. */
    public static List<Sample> all() {
        return Holder.ALL;
    }

    private static List<Sample> make() {
        byte[] message = random(MESSAGE);
        byte[] padded = new byte[MESSAGE + 1];
        padded[0] = 6;
        System.arraycopy(message, 0, padded, 1, MESSAGE);
        HexFormat hex = HexFormat.of();
        return List.of(
                // OEIS A000045, A000720 and A000170.
                new Sample("fib", number(25), number(75025)),
                new Sample("sieve", number(1 << 20), number(82025)),
                new Sample("queens", number(9), number(352)),
                sorted(),
                product(),
                new Sample("sha256", message, digest("SHA-256", message)),
                new Sample("keccak", padded, digest("SHA3-256", message)),
                new Sample("blake2b", message, blake2b(message)),
                new Sample("ed25519", hex.parseHex(SIGNED), number(1)),
                new Sample("secp256k1", hex.parseHex(RECOVERABLE), hex.parseHex(RECOVERED)),
                new Sample("interpreter", ascii(SQUARES), squares()),
                asking());
    }

    @Override
    public byte[] blob(ProtocolVersion version) throws IOException {
        return Kernel.resource("programs/" + version + "/" + name + ".pvm");
    }

    @Override
    public Optional<Long> argument() {
        return Optional.empty();
    }

    /** The host of {@code hostcalls} answers with a function of both arguments. */
    @Override
    public HostCallHandler host() {
        return (number, machine) -> {
            machine.setRegister(7, machine.register(7) * 5 ^ machine.register(8) >>> 3);
            return number == 0 ? null : new ExitReason.HostCall(number);
        };
    }

    @Override
    public boolean isRight(Machine machine) {
        long size = machine.register(8);
        return size == answer.length
                && machine.memory().isReadable(machine.register(7), size)
                && Arrays.equals(machine.memory().read(machine.register(7), (int) size), answer);
    }

    private static Sample sorted() {
        byte[] input = random(4 * NUMBERS);
        int[] numbers = new int[NUMBERS];
        little(input).asIntBuffer().get(numbers);
        ByteBuffer answer = little(new byte[4 * NUMBERS]);
        for (int i = 0; i < NUMBERS; i++) {
            numbers[i] += Integer.MIN_VALUE;
        }
        Arrays.sort(numbers);
        for (int number : numbers) {
            answer.putInt(number - Integer.MIN_VALUE);
        }
        return new Sample("sort", input, answer.array());
    }

    private static Sample product() {
        byte[] input = random(16 * ORDER * ORDER);
        ByteBuffer in = little(input);
        ByteBuffer answer = little(new byte[8 * ORDER * ORDER]);
        for (int row = 0; row < ORDER; row++) {
            for (int column = 0; column < ORDER; column++) {
                long sum = 0;
                for (int i = 0; i < ORDER; i++) {
                    sum +=
                            in.getLong(8 * (ORDER * row + i))
                                    * in.getLong(8 * (ORDER * ORDER + ORDER * i + column));
                }
                answer.putLong(sum);
            }
        }
        return new Sample("matrix", input, answer.array());
    }

    private static Sample asking() {
        long sum = 0;
        for (long index = 0; index < HOST_CALLS; index++) {
            sum = sum * 3 + (index * 5 ^ sum >>> 3);
        }
        return new Sample("hostcalls", number(HOST_CALLS), number(sum));
    }

    private static byte[] squares() {
        return ascii(
                IntStream.rangeClosed(0, 100)
                        .mapToObj(i -> i * i + "\n")
                        .collect(Collectors.joining()));
    }

    private static byte[] digest(String name, byte[] message) {
        try {
            return MessageDigest.getInstance(name).digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
    }

    private static byte[] blake2b(byte[] message) {
        Blake2bDigest digest = new Blake2bDigest(256);
        digest.update(message, 0, message.length);
        byte[] out = new byte[32];
        digest.doFinal(out, 0);
        return out;
    }

    private static byte[] random(int size) {
        byte[] octets = new byte[size];
        new Random(size).nextBytes(octets);
        return octets;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] number(long value) {
        return little(new byte[8]).putLong(value).array();
    }

    private static ByteBuffer little(byte[] octets) {
        return ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    }
}
