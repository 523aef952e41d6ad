import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the interpreter's loop over any memory after that over paged memory. Written to the file
 * once, the two would drift apart; as one class, HotSpot would compile it for whatever memory it
 * saw first and begin anew with the next.
 */
final class CopyRunLoop {
    private static final String FOLDER = "io/marmalade/pvm/interpreter";

    private CopyRunLoop() {}

    /**
     * Writes the copy if it is not there as it is to be.
     *
     * @param words the folder of the sources, and that of the generated sources
     */
    public static void main(String[] words) throws IOException {
        Path to = Path.of(words[1], FOLDER, "MachineRunLoop.java");
        String copy =
                Files.readString(Path.of(words[0], FOLDER, "PagedRunLoop.java"))
                        .replace("PagedMemory", "MachineMemory")
                        .replace("PagedRunLoop", "MachineRunLoop");
        if (!Files.exists(to) || !Files.readString(to).equals(copy)) {
            Files.createDirectories(to.getParent());
            Files.writeString(to, copy);
        }
    }
}
