package io.marmalade.pvm.jit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Engine;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.PagedMemory;
import io.marmalade.pvm.Program;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Each decision of the compiler is an event and a line of the log; a failure of it harms nobody.
 */
class DecisionsTest {
    private static final Logger LOG = Logger.getLogger("jit");

    private static final Patience AT_ONCE = new Patience(1, 1, 0, 20_000);

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    String text = MessageFormat.format(line.getMessage(), line.getParameters());
                    lines.add(line.getLevel() + " " + text);
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        handler.setLevel(Level.ALL);
        LOG.setLevel(Level.ALL);
        LOG.setUseParentHandlers(false);
        LOG.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(handler);
        LOG.setUseParentHandlers(true);
        LOG.setLevel(null);
    }

    private void assertLine(String start, String end) {
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith(start) && line.endsWith(end)),
                () -> start + " ... " + end + " in " + lines);
    }

    private static Program counting(int end) {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        int loop = assembler.here();
        assembler.add(Opcode.ADD_IMM_64, 2, 2, 1);
        assembler.add(Opcode.BRANCH_NE_IMM, 2, end, loop);
        assembler.add(Opcode.TRAP);
        return Program.decode(assembler.blob(), Dialect.V0_7_2).orElseThrow();
    }

    /** Asks for memory all the time, which compiled code cannot. */
    private static Program leaving() {
        Assembler assembler = new Assembler(Dialect.V0_7_2);
        int loop = assembler.here();
        assembler.add(Opcode.ADD_IMM_64, 2, 2, 1);
        assembler.add(Opcode.SBRK, 3, 4);
        assembler.add(Opcode.BRANCH_NE_IMM, 2, 100_000, loop);
        assembler.add(Opcode.TRAP);
        return Program.decode(assembler.blob(), Dialect.V0_7_2).orElseThrow();
    }

    private static String run(Engine engine, Program program) {
        try (Machine machine = engine.newMachine(program)) {
            machine.memory().setAccess(16, 1, PageAccess.WRITE);
            machine.setGas(1_000_000);
            return machine.run() + " " + machine.gas() + " " + machine.register(2);
        }
    }

    private static JitProgram sampledAtOnce(Program program, CompileQueue queue) {
        return JitProgram.of(program, new InterpreterEngine(), queue, AT_ONCE, MemoryKind::chosen);
    }

    private static List<String> events(Recording recording, Path folder) throws IOException {
        recording.stop();
        Path file = folder.resolve("events.jfr");
        recording.dump(file);
        recording.close();
        return RecordingFile.readAllEvents(file).stream()
                .map(RecordedEvent::getEventType)
                .map(type -> type.getName().substring(type.getName().lastIndexOf('.') + 1))
                .toList();
    }

    private static Recording record() {
        Recording recording = new Recording();
        for (Class<? extends jdk.jfr.Event> event :
                List.of(
                        JitEvents.Compiled.class,
                        JitEvents.Failed.class,
                        JitEvents.Demoted.class,
                        JitEvents.Evicted.class)) {
            recording.enable(event).withoutThreshold();
        }
        recording.start();
        return recording;
    }

    @Test
    void saysWhatItCompilesDemotesAndEvicts(@TempDir Path folder) throws IOException {
        JitEngine engine = JitEngine.eager(new InterpreterEngine());
        try (Recording recording = record()) {
            Program program = leaving();
            run(engine, program);
            assertLine("FINE program ", ": compiled the function at 0, 4 instructions, 1 methods");
            assertLine(
                    "FINE program ", ": demoted the function at 0, left 20000 times in the middle");
            assertEquals(0, engine.compiledFunctions(program));
            Program other = counting(1000);
            run(engine, other);
            other.evicted();
            assertLine("FINE program ", ": evicted with 1 compiled functions");
            assertEquals(
                    List.of("Compiled", "Demoted", "Compiled", "Evicted"),
                    events(recording, folder));
        }
    }

    @Test
    void goesOnWithTheInterpreterWhereTheCompilerFails(@TempDir Path folder) throws IOException {
        for (Throwable failure :
                List.of(
                        new IllegalStateException("injected"),
                        new VerifyError("injected"),
                        new StackOverflowError("injected"),
                        new OutOfMemoryError("injected: Metaspace"))) {
            JitEngine engine = JitEngine.eager(new InterpreterEngine());
            Program program = counting(1000);
            lines.clear();
            try (Recording recording = record()) {
                JitProgram.of(program, new InterpreterEngine(), null, AT_ONCE, MemoryKind::chosen)
                                .compiler =
                        (function, finder, kind) -> {
                            switch (failure) {
                                case RuntimeException e -> throw e;
                                case Error e -> throw e;
                                default -> throw new AssertionError(failure);
                            }
                        };
                assertEquals(run(new InterpreterEngine(), counting(1000)), run(engine, program));
                assertEquals(0, engine.compiledFunctions(program));
                assertLine("WARNING program ", ": the function at 0 is left to the interpreter");
                assertEquals(List.of("Failed"), events(recording, folder));
            }
        }
    }

    private void runUntilLogged(JitEngine engine, Program program, String line)
            throws InterruptedException {
        String expected = run(new InterpreterEngine(), program);
        for (int round = 0; round < 2000 && !logged(line); round++) {
            assertEquals(expected, run(engine, program));
            Thread.sleep(5);
        }
        assertTrue(logged(line), line);
    }

    private boolean logged(String text) {
        synchronized (lines) {
            return lines.stream().anyMatch(line -> line.contains(text));
        }
    }

    @ParameterizedTest
    @EnumSource
    void movesToCompiledCodeInTheMiddleOfALongRun(MemoryKind kind) throws InterruptedException {
        Program program = counting(400_000);
        JitProgram jit =
                JitProgram.of(
                        program, new InterpreterEngine(), new CompileQueue(), AT_ONCE, () -> kind);
        JitEngine engine = JitEngine.tiered(new InterpreterEngine());
        runUntilLogged(engine, program, "compiled the function at 0");
        assertEquals(1, engine.compiledFunctions(program));
        try (Machine machine = new JitMachine(jit, new PagedMemory(), new InterpreterEngine())) {
            machine.memory().setAccess(16, 1, PageAccess.WRITE);
            machine.memory().write(16 << 12, new byte[] {1, 2, 3});
            machine.setGas(1_000_000);
            assertEquals(
                    run(new InterpreterEngine(), program),
                    machine.run() + " " + machine.gas() + " " + machine.register(2));
            assertInstanceOf(RangedMemory.class, machine.memory());
            assertArrayEquals(new byte[] {1, 2, 3, 0}, machine.memory().read(16 << 12, 4));
        }
    }

    @Test
    void findsAndDemotesALoopThatIsLeftInEveryRound() throws InterruptedException {
        Program program = leaving();
        sampledAtOnce(program, new CompileQueue());
        JitEngine engine = JitEngine.tiered(new InterpreterEngine());
        runUntilLogged(engine, program, "demoted the function at 0");
        assertTrue(logged("compiled the function at 0"));
    }

    @Test
    void leavesShortRunsToTheInterpreter() {
        Program program = counting(400_000);
        JitProgram jit =
                JitProgram.of(
                        program,
                        new InterpreterEngine(),
                        new CompileQueue(),
                        new Patience(Integer.MAX_VALUE, Integer.MAX_VALUE, 0, 20_000),
                        MemoryKind::chosen);
        jit.compile(0);
        JitEngine engine = JitEngine.tiered(new InterpreterEngine());
        assertEquals(1, engine.compiledFunctions(program));
        for (int round = 0; round < 100; round++) {
            try (Machine machine = engine.newMachine(program)) {
                assertInstanceOf(PagedMemory.class, machine.memory());
                machine.setGas(1000);
                machine.run();
                assertInstanceOf(PagedMemory.class, machine.memory());
            }
        }
        run(engine, program);
        run(engine, program);
        try (Machine machine = engine.newMachine(program)) {
            assertInstanceOf(RangedMemory.class, machine.memory(), "after long runs");
        }
    }

    @Test
    void goesOnWithTheInterpreterWhereTheCompilerFailsInTheBackground()
            throws InterruptedException {
        Program program = counting(400_000);
        CompileQueue queue = new CompileQueue();
        JitProgram jit = sampledAtOnce(program, queue);
        jit.compiler =
                (function, finder, kind) -> {
                    throw new IllegalStateException("injected");
                };
        JitEngine engine = JitEngine.tiered(new InterpreterEngine());
        String expected = run(new InterpreterEngine(), counting(400_000));
        for (int round = 0; round < 1000 && lines.isEmpty(); round++) {
            assertEquals(expected, run(engine, program));
            Thread.sleep(5);
        }
        assertLine("WARNING program ", ": the function at 0 is left to the interpreter");
        assertEquals(expected, run(engine, program));
    }
}
