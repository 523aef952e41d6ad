package io.marmalade.pvm.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The engine in a JVM of its own, that nobody gave any flags, and what chooses its memory. */
class WithoutFlagsTest {
    private static final String MAPPED_FLAGS =
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

    private static String run(String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(SumOfMemory.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JDK_JAVA_OPTIONS");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    @Test
    void compilesAndWarnsOfNothing() throws IOException, InterruptedException {
        assertEquals("ARRAY, halted with 2016, functions compiled: 1", run());
    }

    @Test
    void mapsMemoryWhereTheFlagsAllowIt() throws IOException, InterruptedException {
        assertEquals(
                "MAPPED, halted with 2016, functions compiled: 1",
                run(MAPPED_FLAGS, "--enable-native-access=ALL-UNNAMED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {MAPPED_FLAGS, "--enable-native-access=ALL-UNNAMED"})
    void isContentWithAnArrayWhereAFlagIsMissing(String flag)
            throws IOException, InterruptedException {
        assertEquals("ARRAY, halted with 2016, functions compiled: 1", run(flag));
    }

    @Test
    void takesTheMemoryThatIsAskedFor() throws IOException, InterruptedException {
        assertEquals(
                "ARRAY, halted with 2016, functions compiled: 1",
                run(
                        MAPPED_FLAGS,
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dmarmalade.jit.memory=array"));
    }
}
