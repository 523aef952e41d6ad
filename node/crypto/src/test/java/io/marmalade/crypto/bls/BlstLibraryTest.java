package io.marmalade.crypto.bls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

class BlstLibraryTest {
    private static String messageOf(org.junit.jupiter.api.function.Executable executable) {
        return assertThrows(BlstUnavailableException.class, executable).getMessage();
    }

    @Test
    void saysThatItIsSwitchedOff() {
        assertTrue(messageOf(() -> BlstLibrary.load("none")).contains("switched off"));
    }

    @Test
    void saysWhichFileCannotBeLoaded() {
        assertTrue(messageOf(() -> BlstLibrary.load("no/such/file.so")).contains("file.so"));
    }

    @Test
    void saysWhichMachineHasNoLibrary() {
        assertTrue(
                messageOf(() -> BlstLibrary.resource("Windows 11", "amd64"))
                        .contains("Windows 11"));
        assertTrue(messageOf(() -> BlstLibrary.resource("Linux", "riscv64")).contains("riscv64"));
        assertEquals("amd64/libckzg4844jni.so", BlstLibrary.resource("Linux", "amd64"));
        assertEquals("aarch64/libckzg4844jni.dylib", BlstLibrary.resource("Mac OS X", "aarch64"));
        assertEquals("x86_64/libckzg4844jni.dylib", BlstLibrary.resource("Mac OS X", "x86_64"));
    }

    @Test
    void knowsTheLibrariesOfTheArchiveAndNoOthers() throws IOException {
        for (String name :
                new String[] {
                    "amd64/libckzg4844jni.so",
                    "aarch64/libckzg4844jni.so",
                    "aarch64/libckzg4844jni.dylib",
                    "x86_64/libckzg4844jni.dylib"
                }) {
            byte[] octets;
            try (InputStream in =
                    getClass()
                            .getClassLoader()
                            .getResourceAsStream("ethereum/ckzg4844/lib/" + name)) {
                octets = in.readAllBytes();
            }
            BlstLibrary.verify(name, octets);
            octets[octets.length / 2] ^= 1;
            assertTrue(messageOf(() -> BlstLibrary.verify(name, octets)).contains("SHA-256"));
        }
    }

    /**
     * What the programs below print, in a process of their own because a library is loaded once.
     */
    private static String run(String library) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-Dmarmalade.blst=" + library,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.marmalade.crypto.bandersnatch.WithoutBlst")
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    @Test
    void leavesSignaturesWorkingWithoutTheLibrary() throws Exception {
        String output = run("none");
        assertTrue(output.contains("backend plain"), output);
        assertTrue(output.contains("seal valid"), output);
        assertTrue(output.contains("no rings: blst is switched off"), output);
    }

    @Test
    void saysThatALibraryIsOfAnotherVersion() throws Exception {
        Path other = Path.of(System.getProperty("java.home"), "lib", "libnet.so");
        Assumptions.assumeTrue(other.toFile().exists(), "no library to try: " + other);
        String output = run(other.toString());
        assertTrue(output.contains("backend plain"), output);
        assertTrue(output.contains("of another version"), output);
    }
}
