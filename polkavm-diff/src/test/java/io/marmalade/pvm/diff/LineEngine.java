package io.marmalade.pvm.diff;

import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.diff.DiffCase.Answer;
import io.marmalade.pvm.diff.DiffCase.Chunk;
import io.marmalade.pvm.diff.DiffCase.Pages;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An engine behind the line protocol, as another project would write one: our interpreter. */
final class LineEngine {
    private LineEngine() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        EngineSubject engine = new EngineSubject(new InterpreterEngine());
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(engine.run(read((Map<?, ?>) Json.parse(line)))));
        }
    }

    private static DiffCase read(Map<?, ?> request) {
        List<?> values = (List<?>) request.get("registers");
        long[] registers = values.stream().mapToLong(value -> u64(value)).toArray();
        List<Pages> pages = new ArrayList<>();
        for (Object each : (List<?>) request.get("pages")) {
            Map<?, ?> page = (Map<?, ?>) each;
            int first = (int) ((Long) page.get("address") >>> 12);
            int count = (int) ((Long) page.get("length") >>> 12);
            pages.add(new Pages(first, count, Boolean.TRUE.equals(page.get("writable"))));
        }
        List<Chunk> memory = new ArrayList<>();
        for (Object each : (List<?>) request.get("memory")) {
            Map<?, ?> chunk = (Map<?, ?>) each;
            byte[] octets = HexFormat.of().parseHex((String) chunk.get("octets"));
            memory.add(new Chunk((Long) chunk.get("address"), octets));
        }
        List<Answer> answers = new ArrayList<>();
        for (Object each : (List<?>) request.get("resume")) {
            Map<?, ?> resume = (Map<?, ?>) each;
            List<?> change = (List<?>) ((List<?>) resume.get("registers")).get(0);
            long gas = resume.get("gas") instanceof String text ? Long.parseLong(text) : -1;
            int register = ((Long) change.get(0)).intValue();
            answers.add(new Answer(register, u64(change.get(1)), gas));
        }
        return new DiffCase(
                request.get("isa").equals("jam_v1") ? Dialect.V0_8_0 : Dialect.V0_7_2,
                HexFormat.of().parseHex((String) request.get("program")),
                registers,
                pages,
                memory,
                u64(request.get("gas")),
                (Long) request.get("pc"),
                answers);
    }

    private static long u64(Object text) {
        return Long.parseUnsignedLong((String) text);
    }

    private static String answer(Outcome seen) {
        if (seen.status() == Outcome.Status.REFUSED) {
            return "{\"id\":0,\"error\":\"not a program\"}";
        }
        List<String> calls =
                seen.calls().stream()
                        .map(call ->
                                "[%d,\"%d\",\"%s\"]"
                                        .formatted(
                                                call.number(),
                                                call.gas(),
                                                Long.toUnsignedString(call.registers())))
                        .toList();
        return "{\"id\":0,\"status\":\"%s\",\"argument\":%d,\"pc\":%d,\"gas\":\"%d\",\"registers\":%s,\"host_calls\":%s,\"digest\":%s}"
                .formatted(
                        seen.status().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        seen.argument(),
                        seen.pc(),
                        seen.gas(),
                        quoted(seen.registers()),
                        calls,
                        quoted(seen.digests()));
    }

    private static List<String> quoted(long[] values) {
        List<String> texts = new ArrayList<>();
        for (long value : values) {
            texts.add("\"" + Long.toUnsignedString(value) + "\"");
        }
        return texts;
    }
}
