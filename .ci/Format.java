import com.google.googlejavaformat.java.Main;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Formats the project's Java files with google-java-format in AOSP style, or checks that they are
 * formatted: {@code write} rewrites them, {@code check} fails if one would change, {@code report}
 * only names them. A second argument, names with commas between them, says which files; without it,
 * it is all that changed since the last time all was well.
 *
 * <p>It runs in a JDK that knows the language of the sources, whatever JDK runs Maven, since the
 * formatter parses with the compiler of the JDK it runs on.
 */
final class Format {
    private static final Path STAMP = Path.of("target", "formatted.stamp");

    private Format() {}

    public static void main(String[] arguments) throws Exception {
        String mode = arguments[0];
        String named = arguments.length > 1 ? arguments[1] : "";
        FileTime started = FileTime.fromMillis(System.currentTimeMillis());
        List<String> files = named.isEmpty() ? changed() : List.of(named.split(","));
        boolean write = mode.equals("write");
        int status = files.isEmpty() ? 0 : run(files, write);
        if (write && status == 0 && !files.isEmpty()) {
            // Where it breaks a long string, the formatter is content only with its second result.
            status = run(files, write);
        }
        if (status != 0) {
            System.out.println("formatting: `./marmalade format` mends the files named above");
            System.exit(mode.equals("report") ? 0 : status);
        }
        if (named.isEmpty()) {
            Files.createDirectories(STAMP.getParent());
            Files.writeString(STAMP, "");
            Files.setLastModifiedTime(
                    STAMP, write ? FileTime.fromMillis(System.currentTimeMillis()) : started);
        }
    }

    private static int run(List<String> files, boolean write) throws Exception {
        List<String> call = new ArrayList<>(List.of("--aosp"));
        call.addAll(write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
        call.addAll(files);
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter err = new PrintWriter(System.err, true);
        int status = new Main(out, err, System.in).format(call.toArray(String[]::new));
        out.flush();
        err.flush();
        return status;
    }

    private static List<String> changed() throws IOException {
        FileTime since =
                Files.exists(STAMP) ? Files.getLastModifiedTime(STAMP) : FileTime.fromMillis(0);
        List<String> files = new ArrayList<>();
        Files.walkFileTree(
                Path.of(""),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        String name = folder.getFileName().toString();
                        boolean left =
                                name.equals("target")
                                        || name.startsWith(".") && !name.equals(".ci");
                        return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (file.toString().endsWith(".java")
                                && attributes.lastModifiedTime().compareTo(since) >= 0) {
                            files.add(file.toString());
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }
}
