package io.marmalade.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.marmalade.base.ProtocolConfig;
import io.marmalade.codec.ProtocolParameters;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The command line as a shell sees it: what it prints where, and its status. */
class MainTest {
    /** What a run of the program leaves behind. */
    private record Run(int status, String out, String err) {
        String lastLine() {
            return out.strip().lines().reduce("", (first, second) -> second);
        }
    }

    private static Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream formerOut = System.out;
        PrintStream formerErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int status = Main.run(arguments);
            return new Run(
                    status,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(formerOut);
            System.setErr(formerErr);
        }
    }

    @Test
    void saysWhatItIs() {
        Run run = run("--version");
        assertEquals(0, run.status);
        assertTrue(run.out.startsWith("marmalade "), run.out);
        assertTrue(run.out.contains("0.7.2, 0.8.0"), run.out);
        assertEquals("", run.err);
    }

    @Test
    void explainsEveryCommand() {
        for (String name :
                new String[] {
                    "dev",
                    "replay",
                    "vectors",
                    "fuzz-target",
                    "decode",
                    "encode",
                    "test",
                    "help",
                    "completion"
                }) {
            Run byCommand = run("help", name);
            assertEquals(0, byCommand.status, name);
            assertTrue(byCommand.out.contains("marmalade " + name), byCommand.out);
            assertEquals(byCommand, run(name, "--help"));
        }
    }

    @Test
    void endsWithTwoOnWrongUsage() {
        for (String[] wrong :
                new String[][] {
                    {},
                    {"nonsense"},
                    {"--pvm", "nonsense", "dev"},
                    {"vectors", "--bandersnatch", "nonsense", "."},
                    {"--protocol", "1.0.0", "dev"},
                    {"decode", "nonsense", "file"},
                    {"decode", "header"},
                    {"replay"},
                    {"fuzz-target"},
                    {"help", "nonsense"}
                }) {
            Run run = run(wrong);
            assertEquals(2, run.status, String.join(" ", wrong));
            assertEquals("", run.out, String.join(" ", wrong));
            assertEquals(1, run.err.lines().count(), run.err);
        }
    }

    @Test
    void namesFileAndReasonOfUnreadableInput(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("short"), new byte[3]);
        Run run = run("decode", "header", file.toString());
        assertEquals(2, run.status);
        assertTrue(run.err.contains(file.toString()) && run.err.contains("offset 0"), run.err);
        for (String[] missing :
                new String[][] {
                    {"decode", "header", folder.resolve("missing").toString()},
                    {"replay", folder.resolve("missing").toString()},
                    {"replay", folder.toString() + "/empty"},
                    {"vectors", folder.toString()},
                    {"--chain", folder.resolve("missing").toString(), "dev", "--blocks", "1"}
                }) {
            Run other = run(missing);
            assertEquals(2, other.status, other.err);
            assertFalse(other.err.contains("Exception"), other.err);
        }
    }

    @Test
    void endsWithThreeWhereItCannotListen(@TempDir Path folder) {
        Run run = run("fuzz-target", "--socket", folder.resolve("missing/socket").toString());
        assertEquals(3, run.status);
        assertTrue(run.err.contains("cannot listen"), run.err);
    }

    @Test
    void encodesWhatItDecodes(@TempDir Path folder) throws IOException {
        String json = "[{\"requester\":4294967295,\"blob\":\"0x0102\"}]";
        Path text = Files.writeString(folder.resolve("preimages.json"), json);
        Path octets = folder.resolve("preimages.bin");
        assertEquals(
                0,
                run("encode", "preimages-extrinsic", text.toString(), "-o", octets.toString())
                        .status);
        assertArrayEquals(new byte[] {1, -1, -1, -1, -1, 2, 1, 2}, Files.readAllBytes(octets));
        Run run = run("decode", "preimages-extrinsic", octets.toString(), "--json");
        assertEquals(json, new ObjectMapper().readTree(run.lastLine()).get("value").toString());
    }

    @Test
    void authorsBlocksThatItReplays(@TempDir Path folder) throws IOException {
        Path trace = folder.resolve("trace");
        Run dev = run("-q", "dev", "--fast", "--blocks", "14", "--trace", trace.toString());
        assertEquals(0, dev.status, dev.err);
        assertEquals(14, dev.out.lines().filter(line -> line.startsWith("block ")).count());
        assertTrue(dev.out.contains("14 blocks, 3 sealed by ticket and 11 by key, "), dev.out);
        Run byKey = run("-q", "dev", "--fast", "--blocks", "14", "--no-tickets");
        assertTrue(
                byKey.out.contains(
                        "14 blocks, 0 sealed by ticket and 14 by key, 0 tickets submitted"),
                byKey.out);

        Run replay = run("-q", "replay", trace.toString(), "--json");
        assertEquals(0, replay.status, replay.out);
        assertEquals(1, replay.out.lines().count());
        JsonNode result = new ObjectMapper().readTree(replay.lastLine());
        for (String name : new String[] {"command", "version", "commit", "jdk", "cpu"}) {
            assertTrue(result.path(name).isTextual(), name);
        }
        JsonNode stats = result.get("stats");
        assertEquals(14, stats.get("steps").asInt());
        assertEquals(14, stats.get("imported").asInt());
        for (String name :
                new String[] {"min", "max", "mean", "p50", "p75", "p90", "p99", "std_dev"}) {
            assertTrue(stats.path("import_" + name).isNumber(), name);
        }

        Path last = trace.resolve("00000014.bin");
        byte[] damaged = Files.readAllBytes(last);
        damaged[40]++;
        Files.write(last, damaged);
        Run wrong = run("-q", "replay", trace.toString());
        assertTrue(
                wrong.status == 0 || wrong.status == 1,
                "the prior state of a last step is not used");
        assertTrue(wrong.lastLine().matches("\\d+ passed, \\d+ failed"), wrong.out);
    }

    @Test
    void readsAChainSpecification(@TempDir Path folder) throws IOException {
        String parameters =
                ProtocolParameters.encode(ProtocolConfig.tiny(ProtocolVersion.V0_7_2))
                        .toString()
                        .substring(2);
        Path file =
                Files.writeString(
                        folder.resolve("chain.json"),
                        "{\"id\":\"x\",\"genesis_header\":\"00\",\"genesis_state\":{},"
                                + "\"protocol_parameters\":\""
                                + parameters
                                + "\"}");
        Run run = run("dev", "--fast", "--blocks", "1", "--chain", file.toString());
        assertEquals(0, run.status, run.err);
        assertTrue(run.out.startsWith("6 development validators"), run.out);
    }

    @Test
    void startsATargetByTheEnvironmentAlone() {
        Map<String, String> environment =
                Map.of("JAM_FUZZ", "1", "JAM_FUZZ_SPEC", "tiny", "JAM_FUZZ_SOCK_PATH", "/x/y");
        assertArrayEquals(
                new String[] {"fuzz-target", "--chain", "tiny", "--socket", "/x/y"},
                FuzzEnvironment.asArguments(new String[0], environment));
        String[] given = {"dev"};
        assertArrayEquals(given, FuzzEnvironment.asArguments(given, environment));
        assertArrayEquals(new String[0], FuzzEnvironment.asArguments(new String[0], Map.of()));
    }
}
