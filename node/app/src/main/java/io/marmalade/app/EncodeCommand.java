package io.marmalade.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.marmalade.base.Bytes;
import io.marmalade.conformance.json.JsonShapeException;
import io.marmalade.conformance.json.Shape;
import io.marmalade.conformance.traces.Recording.UnreadableException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** From JSON to octets. */
@Command(
        name = "encode",
        description =
                "Encodes a structure that is given as JSON, with the names of the public vectors.",
        footer = "%nWithout --output the encoding is shown in hexadecimal.")
final class EncodeCommand implements Callable<Integer> {
    @ParentCommand private Marmalade root = new Marmalade();

    @Parameters(
            index = "0",
            paramLabel = "TYPE",
            completionCandidates = DecodeCommand.StructureNames.class,
            description = "one of ${COMPLETION-CANDIDATES}")
    private String type = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "the JSON; - is stdin")
    private Path file = Path.of("-");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to write the octets")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        Shape shape = DecodeCommand.StructureNames.shape(root, type);
        byte[] text =
                file.equals(Path.of("-")) ? System.in.readAllBytes() : Files.readAllBytes(file);
        Bytes octets;
        try {
            JsonNode json = new ObjectMapper().readTree(text);
            octets = Bytes.of(shape.encode(root.options.config(), json));
        } catch (JsonProcessingException e) {
            throw new UnreadableException(
                    file, e.getOriginalMessage() + " at offset " + e.getLocation().getCharOffset());
        } catch (JsonShapeException e) {
            throw new UnreadableException(file, String.valueOf(e.getMessage()));
        }
        Results results = root.results("encode");
        if (output != null) {
            Files.write(output, octets.octets());
            results.put("file", output.toString());
        } else {
            results.line(octets.toString());
        }
        results.put("type", type);
        results.put("octets", octets.toString());
        results.finish();
        return Main.AGREES;
    }
}
