package io.marmalade.pvm.jit;

import io.marmalade.pvm.BaselineEngine;
import io.marmalade.pvm.CompiledCode;
import io.marmalade.pvm.GasSchedule;
import io.marmalade.pvm.Program;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * What the compiler knows of a program, and what it made of it. Shared by all machines that run the
 * program; published regions are seen by them some time after.
 */
final class JitProgram implements CompiledCode, Program.Attachment {
    /** The entries of the jump table that compiled code looks up by itself. */
    private static final int MAX_JUMPS = 1 << 16;

    private static final int PAGE_BITS = 9;

    /** So often a region may be left to the interpreter in the middle before it is taken back. */
    private static final int DEMOTE_AFTER = 20_000;

    /** The counters of samples; what shares one is compiled a little earlier. */
    private static final int SAMPLE_PLACES = 1 << 10;

    /** Made when there is something to say: it takes ten milliseconds. */
    private static final class Log {
        static final System.Logger LOG = System.getLogger("jit");
    }

    final Program program;

    /** Says where the memories of its compiled machines lie. */
    private final Supplier<MemoryKind> kind;

    private final BaselineEngine baseline;

    /**
     * What must be known before anything is compiled; null until then, for short runs never need
     * it.
     */
    private volatile @Nullable Survey survey;

    private final @Nullable FunctionRegion[] @Nullable [] entries;

    /** Where a region was published or withdrawn, in the order of time. */
    private volatile int[] changed = new int[64];

    private volatile int changes;

    /**
     * How many samples fell into each part of the code, functions that overlap in it taken
     * together.
     */
    private final int[] samples = new int[SAMPLE_PLACES];

    /** The heads of functions that were compiled, or tried to be, by sampling. */
    private final Set<Integer> attempted = ConcurrentHashMap.newKeySet();

    /** In how many samples each part of the code has to be found before it is looked at. */
    private final int[] due = new int[SAMPLE_PLACES];

    private final Patience patience;
    private volatile int published;
    private volatile @Nullable String label;

    /** What compiles functions; tests put what fails in its place. */
    Compiler compiler = new RealCompiler();

    private boolean all;
    private final @Nullable CompileQueue queue;

    /** Whether the last runs were long, as a number from 0 to 3; a mere hint. */
    private int lengthy;

    private JitProgram(
            Program program,
            BaselineEngine baseline,
            @Nullable CompileQueue queue,
            Patience patience,
            Supplier<MemoryKind> kind) {
        this.baseline = baseline;
        this.kind = kind;
        this.queue = queue;
        this.patience = patience;
        this.program = program;
        Arrays.fill(due, patience.samples(0));
        entries = new FunctionRegion[(program.codeSize() >>> PAGE_BITS) + 1][];
    }

    private void warmUp(FunctionRegion region) {
        if (queue != null) {
            memory().ifPresent(memory -> {
                try (JitMachine machine = new JitMachine(this, memory, baseline)) {
                    region.warmUp(machine);
                }
            });
        }
    }

    /** Returns a memory for a machine that runs compiled code, or none if there are too many. */
    Optional<RangedMemory> memory() {
        return switch (kind.get()) {
            case MAPPED -> Mapping.take().map(FlatMemory::new);
            case ARRAY -> Optional.of(new ArrayMemory());
        };
    }

    /**
     * Returns whether a machine is likely to run compiled code for long enough to begin with it.
     */
    boolean startsCompiled() {
        return published > 0 && lengthy >= 2;
    }

    /**
     * Returns whether a machine that is interpreted is to move to where compiled code can run.
     *
     * @param used the gas that it has used so far
     */
    boolean isWorthMoving(long used) {
        return published > 0 && isLong(used);
    }

    private boolean isLong(long used) {
        return used
                >= (program.dialect().gasSchedule() == GasSchedule.PIPELINE ? 5 : 1)
                        * patience.longRun();
    }

    /**
     * Takes note of a machine that is not used any more.
     *
     * @param used the gas that it has used
     */
    void ended(long used) {
        lengthy = isLong(used) ? Math.min(3, lengthy + 1) : Math.max(0, lengthy - 1);
    }

    /** Compiles a function for memories of a kind. */
    interface Compiler {
        FunctionRegion compile(Function function, FunctionFinder finder, MemoryKind kind);
    }

    /**
     * A class, because linking a method reference would take a short run's process a millisecond.
     */
    private static final class RealCompiler implements Compiler {
        @Override
        public FunctionRegion compile(Function function, FunctionFinder finder, MemoryKind kind) {
            return RegionCompiler.compile(function, finder, kind);
        }
    }

    /** What is found out about a program as a whole. */
    static final class Survey {
        final FunctionFinder finder;

        /** Where the dynamic jumps lead, by entry of the jump table; -1 where that is a panic. */
        final int[] jumps;

        /**
         * What calls of the compiled functions lead to, by the index of their head; read by
         * compiled code.
         */
        final @Nullable Region[] heads;

        private Survey(Program program) {
            finder = new FunctionFinder(program);
            heads = new Region[finder.heads().length];
            long size = program.jumpTableSize();
            jumps = new int[size < 0 || size > MAX_JUMPS ? MAX_JUMPS : (int) size];
            for (int index = 0; index < jumps.length; index++) {
                jumps[index] = program.jumpTarget(2 * (index + 1));
            }
        }
    }

    /**
     * Returns what is known of a program, finding it out the first time.
     *
     * @param baseline interprets it
     * @param queue where hot functions are compiled, or null if nothing is compiled by sampling
     * @param patience with what is hot
     * @param kind says where the memories of its compiled machines are to lie; asked when it must
     *     be
     */
    static JitProgram of(
            Program program,
            BaselineEngine baseline,
            @Nullable CompileQueue queue,
            Patience patience,
            Supplier<MemoryKind> kind) {
        JitProgram known = program.attachment(JitProgram.class);
        return known != null
                ? known
                : program.attach(
                        JitProgram.class, new JitProgram(program, baseline, queue, patience, kind));
    }

    /** Returns what is known of the program, finding it out the first time. */
    Survey survey() {
        Survey known = survey;
        if (known == null) {
            synchronized (this) {
                known = survey;
                if (known == null) {
                    known = new Survey(program);
                    survey = known;
                }
            }
        }
        return known;
    }

    @Override
    public boolean canEnter(int pc) {
        return regionAt(pc) != null;
    }

    @Override
    public int changes() {
        return changes;
    }

    @Override
    public int changedAt(int change) {
        return changed[change];
    }

    @Override
    public boolean sample(int pc) {
        if (queue != null) {
            count(pc, queue);
        }
        return false;
    }

    private void count(int pc, CompileQueue queue) {
        Survey survey = this.survey;
        if (survey == null) {
            if (++samples[0] == patience.beforeSurvey()) {
                queue.submit(this::trySurvey);
            }
            return;
        }
        int head = survey.finder.nearestHead(pc);
        int start = program.blockStart(pc);
        if (head < 0 || !program.isBlockStart(start)) {
            return;
        }
        // A block outside of its function's compiled form is counted by itself.
        int counted = survey.heads[head] == null ? survey.finder.heads()[head] : start;
        int place = 1 + Math.floorMod(counted * 0x9e3779b1 >>> 8, SAMPLE_PLACES - 1);
        if (++samples[place] >= due[place]) {
            due[place] = samples[place] + patience.samples(0);
            queue.submit(() -> compileIfHot(start, place));
        }
    }

    /** Compiles what was found often, if that is often enough for its size. */
    private void compileIfHot(int blockStart, int place) {
        Function function = survey().finder.functionOf(blockStart);
        int enough = patience.samples(function.size());
        if (attempted.contains(function.head())) {
            return;
        }
        if (samples[place] < enough) {
            due[place] = enough;
            return;
        }
        attempted.add(function.head());
        compile(blockStart);
    }

    /**
     * Compiles the function that a block belongs to and publishes it, or leaves it to the
     * interpreter.
     */
    void compile(int blockStart) {
        JitEvents.Compiled event = new JitEvents.Compiled();
        event.begin();
        try {
            FunctionFinder finder = survey().finder;
            Function function = finder.functionOf(blockStart);
            if (function.headPiece() < 0) {
                Log.LOG.log(
                        Level.DEBUG,
                        "{0}: refused the function at {1}, which no block begins",
                        label(),
                        place(function.head()));
                return;
            }
            FunctionRegion region = compiler.compile(function, finder, kind.get());
            warmUp(region);
            publish(function, region);
            event.head = function.head();
            event.instructions = function.size();
            event.methods = region.methods();
            event.program = label();
            event.commit();
            Log.LOG.log(
                    Level.DEBUG,
                    "{0}: compiled the function at {1}, {2} instructions, {3} methods",
                    label(),
                    place(function.head()),
                    place(function.size()),
                    region.methods());
        } catch (RuntimeException | Error e) {
            failed(blockStart, e);
        }
    }

    /** Writes a number as it is: messages would group its digits. */
    private static String place(int number) {
        return Integer.toString(number);
    }

    /**
     * Takes note that a region was left in the middle; takes it back where that happens again and
     * again.
     */
    void leftEarly(FunctionRegion region) {
        if (++region.sideExitCount == DEMOTE_AFTER) {
            withdraw(region);
            JitEvents.Demoted event = new JitEvents.Demoted();
            event.head = region.entryPcs()[0];
            event.sideExits = region.sideExitCount;
            event.program = label();
            event.commit();
            Log.LOG.log(
                    Level.DEBUG,
                    "{0}: demoted the function at {1}, left {2} times in the middle",
                    label(),
                    place(region.entryPcs()[0]),
                    place(region.sideExitCount));
        }
    }

    /** Returns the region that can be entered where a block starts, or null. */
    @Nullable FunctionRegion regionAt(int pc) {
        if (pc < 0 || pc >= program.codeSize()) {
            return null;
        }
        @Nullable FunctionRegion @Nullable [] page = entries[pc >>> PAGE_BITS];
        return page == null ? null : page[pc & (1 << PAGE_BITS) - 1];
    }

    /** Returns how many functions are compiled now. */
    synchronized int compiledFunctions() {
        return published;
    }

    /** Makes a compiled function known to all machines. */
    synchronized void publish(Function function, FunctionRegion region) {
        for (int pc : region.entryPcs()) {
            @Nullable FunctionRegion @Nullable [] page = entries[pc >>> PAGE_BITS];
            if (page == null) {
                page = new FunctionRegion[1 << PAGE_BITS];
                entries[pc >>> PAGE_BITS] = page;
            }
            page[pc & (1 << PAGE_BITS) - 1] = region;
        }
        int head = survey().finder.headIndex(function.head());
        if (head >= 0) {
            survey().heads[head] = region.callTarget();
        }
        note(region);
        published++;
    }

    /** Takes a function back: from now on the interpreter runs it. */
    synchronized void withdraw(FunctionRegion region) {
        for (int pc : region.entryPcs()) {
            @Nullable FunctionRegion @Nullable [] page = entries[pc >>> PAGE_BITS];
            if (page != null && page[pc & (1 << PAGE_BITS) - 1] == region) {
                page[pc & (1 << PAGE_BITS) - 1] = null;
            }
        }
        @Nullable Region[] heads = survey().heads;
        for (int head = 0; head < heads.length; head++) {
            if (heads[head] == region.callTarget()) {
                heads[head] = null;
            }
        }
        note(region);
        published--;
    }

    private void note(FunctionRegion region) {
        int[] pcs = region.entryPcs();
        int[] log = changed;
        if (changes + pcs.length > log.length) {
            log = Arrays.copyOf(log, 2 * (changes + pcs.length));
        }
        System.arraycopy(pcs, 0, log, changes, pcs.length);
        changed = log;
        changes += pcs.length;
    }

    /** Compiles all functions, once. */
    synchronized void compileAll() {
        if (!all) {
            all = true;
            trySurvey();
            Survey known = survey;
            if (known != null) {
                for (int head : known.finder.heads()) {
                    compile(head);
                }
            }
        }
    }

    /** Finds out what there is to compile; if that fails, the program is left as it is. */
    private void trySurvey() {
        try {
            survey();
        } catch (RuntimeException | Error e) {
            failed(0, e);
        }
    }

    private void failed(int place, Throwable reason) {
        JitEvents.Failed event = new JitEvents.Failed();
        event.program = label();
        event.head = place;
        event.reason = String.valueOf(reason);
        event.commit();
        Log.LOG.log(
                Level.WARNING,
                label() + ": the function at " + place + " is left to the interpreter",
                reason);
    }

    @Override
    public void evicted() {
        int functions = compiledFunctions();
        JitEvents.Evicted event = new JitEvents.Evicted();
        event.program = label();
        event.functions = functions;
        event.commit();
        Log.LOG.log(Level.DEBUG, "{0}: evicted with {1} compiled functions", label(), functions);
    }

    /** Returns what tells this program from others in events and in the log. */
    private String label() {
        String known = label;
        if (known == null) {
            CRC32 sum = new CRC32();
            sum.update(program.code());
            known = String.format(Locale.ROOT, "program %08x", sum.getValue());
            label = known;
        }
        return known;
    }
}
