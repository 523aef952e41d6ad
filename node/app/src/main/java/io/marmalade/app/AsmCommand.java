package io.marmalade.app;

import io.marmalade.conformance.traces.Recording.UnreadableException;
import io.marmalade.pvm.AssemblyException;
import io.marmalade.pvm.AssemblyText;
import io.marmalade.pvm.AssemblyText.Assembled;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.ProtocolVersion;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** From text to octets. */
@Command(
        name = "asm",
        description = "Assembles PVM text to a program blob or a standard program.",
        footer = {
            "%nA line holds `label:`, an instruction such as `add_imm_64 r7, r7, -1` or"
                    + " `branch_ne r1, r2, label`, or a",
            "directive: .dialect .standard .metadata .heap .stack .jump_width .jump_table"
                    + " .read_only .read_write .code",
            ".octets .text .zero .u8 .u16 .u32 .u64 .instruction; # begins a remark. `disasm` gives"
                    + " such text."
        })
final class AsmCommand implements Callable<Integer> {
    @ParentCommand private Marmalade root = new Marmalade();

    @Parameters(index = "0", paramLabel = "IN", description = "the text; - is stdin")
    private Path in = Path.of("-");

    @Parameters(index = "1", paramLabel = "OUT", description = "the blob")
    private Path out = Path.of("-");

    @Override
    public Integer call() throws IOException {
        byte[] octets = in.equals(Path.of("-")) ? System.in.readAllBytes() : Files.readAllBytes(in);
        Dialect dialect = root.options.version().orElse(ProtocolVersion.V0_7_2).dialect();
        Assembled assembled;
        try {
            assembled = AssemblyText.assemble(new String(octets, StandardCharsets.UTF_8), dialect);
        } catch (AssemblyException e) {
            throw new UnreadableException(in, String.valueOf(e.getMessage()));
        }
        if (!assembled.standard()
                && Program.decode(assembled.octets(), assembled.dialect()).isEmpty()) {
            throw new UnreadableException(in, "not a valid program of " + assembled.dialect());
        }
        Files.write(out, assembled.octets());
        Results results = root.results("asm");
        results.put("dialect", assembled.dialect().toString());
        results.put("octets", assembled.octets().length);
        results.line(out + ": " + assembled.octets().length + " octets");
        results.finish();
        return Main.AGREES;
    }
}
