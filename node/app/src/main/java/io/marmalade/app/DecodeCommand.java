package io.marmalade.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.marmalade.codec.DecodeException;
import io.marmalade.conformance.json.Shape;
import io.marmalade.conformance.json.Structures;
import io.marmalade.conformance.traces.Recording.UnreadableException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;

/** From octets to JSON. */
@Command(
        name = "decode",
        description = "Shows a structure's encoding as JSON, with the names of the public vectors.",
        footer =
                "%nTYPE is, for example, block, header, work-report, trace-step, fuzz-message,"
                        + " stf-safrole.")
final class DecodeCommand implements Callable<Integer> {
    @ParentCommand private Marmalade root = new Marmalade();

    @Parameters(
            index = "0",
            paramLabel = "TYPE",
            completionCandidates = StructureNames.class,
            description = "one of ${COMPLETION-CANDIDATES}")
    private String type = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "the encoding; - is stdin")
    private Path file = Path.of("-");

    @Override
    public Integer call() throws IOException {
        Shape shape = StructureNames.shape(root, type);
        byte[] octets =
                file.equals(Path.of("-")) ? System.in.readAllBytes() : Files.readAllBytes(file);
        JsonNode json;
        try {
            json = shape.decode(root.options.config(), octets);
        } catch (DecodeException e) {
            throw new UnreadableException(file, String.valueOf(e.getMessage()));
        }
        Results results = root.results("decode");
        results.line(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
        results.put("type", type);
        results.put("value", json);
        results.finish();
        return Main.AGREES;
    }

    /** The names of structures, for completion. */
    static final class StructureNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        StructureNames() {
            Structures.all().keySet().forEach(name -> add(name.replace('_', '-')));
        }

        static Shape shape(Marmalade root, String type) {
            return Structures.named(type)
                    .orElseThrow(() ->
                            new CommandLine.ParameterException(
                                    new CommandLine(root),
                                    "no structure is called "
                                            + type
                                            + "; there are "
                                            + String.join(", ", new StructureNames())));
        }
    }
}
