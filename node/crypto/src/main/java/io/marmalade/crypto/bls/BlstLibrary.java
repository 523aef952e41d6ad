package io.marmalade.crypto.bls;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * Finds and loads the native library that contains blst. It comes in the archive of jc-kzg-4844;
 * its octets are checked against a pinned hash before they are loaded.
 *
 * <p>The system property {@code marmalade.blst} names another library file to load, unchecked, or
 * is {@code none} to do without.
 */
final class BlstLibrary {
    private static final String PROPERTY = "marmalade.blst";
    private static final String FOLDER = "ethereum/ckzg4844/lib/";

    /** SHA-256 of each library of jc-kzg-4844 2.1.8 whose blst functions can be found by name. */
    private static final Map<String, String> CHECKSUMS =
            Map.of(
                    "amd64/libckzg4844jni.so",
                    "f7adf7a61365a1bc0910aff23d98461c64a84aa616292eb370d5c09600a5dae7",
                    "aarch64/libckzg4844jni.so",
                    "10d8a5b8955cabf080139e3d6df94f3a99dcf604e2036a853c95c64308f42fc9",
                    "aarch64/libckzg4844jni.dylib",
                    "daa3a8049d1a54eb83a8697f62e97f7a064919cd43f5d1f126d3374a195b3078",
                    "x86_64/libckzg4844jni.dylib",
                    "a58cbcd26893cbb18f266a1a1e08c15a373f7e5291d7f224f913a345e6dc388f");

    private BlstLibrary() {}

    /**
     * Loads the library for the rest of the process.
     *
     * @throws BlstUnavailableException if there is none for this machine, or it is not the pinned
     *     one, or the system refuses it
     */
    static SymbolLookup load() {
        return load(System.getProperty(PROPERTY));
    }

    static SymbolLookup load(@Nullable String chosen) {
        if ("none".equals(chosen)) {
            throw new BlstUnavailableException(
                    "blst is switched off by -D" + PROPERTY + "=none", null);
        }
        if (chosen != null) {
            return open(Path.of(chosen));
        }
        String name = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        byte[] octets;
        try (InputStream in = Blst.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new BlstUnavailableException(
                        "the library "
                                + name
                                + " with blst is not on the class path: add"
                                + " io.consensys.protocols:jc-kzg-4844:2.1.8",
                        null);
            }
            octets = in.readAllBytes();
        } catch (IOException e) {
            throw new BlstUnavailableException("cannot read the library " + name, e);
        }
        verify(name, octets);
        Path folder = null;
        Path file = null;
        try {
            folder = Files.createTempDirectory("marmalade-blst");
            file = folder.resolve(Path.of(name).getFileName().toString());
            Files.write(file, octets);
            return open(file);
        } catch (IOException e) {
            throw new BlstUnavailableException("cannot unpack the library " + name, e);
        } finally {
            // Once loaded, the file is no longer needed.
            delete(file);
            delete(folder);
        }
    }

    static void verify(String name, byte[] octets) {
        String sum;
        try {
            sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
        if (!sum.equals(CHECKSUMS.get(name))) {
            throw new BlstUnavailableException(
                    "the library "
                            + name
                            + " is not that of jc-kzg-4844 2.1.8: its SHA-256 is "
                            + sum,
                    null);
        }
    }

    /** Returns the library's place in the archive. */
    static String resource(String os, String arch) {
        String system = os.toLowerCase(Locale.ROOT);
        String machine =
                switch (arch) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64" -> "aarch64";
                    default -> arch;
                };
        String name;
        if (system.startsWith("linux")) {
            name = machine + "/libckzg4844jni.so";
        } else if (system.startsWith("mac")) {
            name = (machine.equals("amd64") ? "x86_64" : machine) + "/libckzg4844jni.dylib";
        } else {
            name = "none";
        }
        if (!CHECKSUMS.containsKey(name)) {
            throw new BlstUnavailableException(
                    "there is no blst for "
                            + os
                            + " on "
                            + arch
                            + "; -D"
                            + PROPERTY
                            + "=FILE names a library that has it",
                    null);
        }
        return name;
    }

    private static SymbolLookup open(Path file) {
        try {
            return SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new BlstUnavailableException("the system cannot load the library " + file, e);
        }
    }

    private static void delete(@Nullable Path path) {
        try {
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }
}
