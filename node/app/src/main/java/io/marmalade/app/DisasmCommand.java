package io.marmalade.app;

import io.marmalade.conformance.traces.Recording.UnreadableException;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Disassembly;
import io.marmalade.pvm.PipelineTimeline;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/** From octets to text. */
@Command(
        name = "disasm",
        description =
                "Shows a program blob, a standard program, or a service's code as text that `asm`"
                        + " takes back,%nor as a listing with blocks and what they cost.")
final class DisasmCommand implements Callable<Integer> {
    @ParentCommand private Marmalade root = new Marmalade();

    @Parameters(paramLabel = "FILE", description = "the blob; it is found out which form it has")
    private Path file = Path.of("-");

    @Option(names = "--listing", description = "places, octets, blocks and gas")
    private boolean listing;

    @Option(
            names = "--timeline",
            paramLabel = "PC",
            description = "the pipeline's timeline of the block at this place")
    private @Nullable Integer timeline;

    @Override
    public Integer call() throws IOException {
        byte[] octets =
                file.equals(Path.of("-")) ? System.in.readAllBytes() : Files.readAllBytes(file);
        ProtocolVersion version = root.options.version().orElse(ProtocolVersion.V0_7_2);
        Dialect dialect = version.dialect();
        Optional<Program> plain = Program.decode(octets, dialect);
        Optional<Program> standard =
                StandardProgram.decode(octets, version).map(StandardProgram::program);
        Optional<Program> service =
                StandardProgram.decodeService(octets, version).map(StandardProgram::program);
        Program program =
                plain.or(() -> standard)
                        .or(() -> service)
                        .orElseThrow(() ->
                                new UnreadableException(
                                        file,
                                        "neither a program, nor a standard program, nor a"
                                                + " service's code of "
                                                + version));
        String text;
        if (timeline != null) {
            text = PipelineTimeline.of(program, timeline);
        } else if (listing) {
            text = Disassembly.listing(program);
        } else if (plain.isPresent()) {
            text = Disassembly.text(program);
        } else {
            text = Disassembly.standardText(octets, standard.isEmpty(), dialect).orElseThrow();
        }
        Results results = root.results("disasm");
        text.lines().forEach(results::line);
        results.put("text", text);
        results.finish();
        return Main.AGREES;
    }
}
