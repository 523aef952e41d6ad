package io.marmalade.pvm.jit;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Compiles functions: cuts them into methods that HotSpot is willing to compile, has those
 * translated, and makes hidden classes of them, which go when the program goes.
 */
final class RegionCompiler {
    /** HotSpot never compiles methods of more octets of bytecode than this (HugeMethodLimit). */
    static final int HUGE_METHOD_LIMIT = 8000;

    /** What a method may have by estimate. */
    private static final int METHOD_BUDGET = 6000;

    /** The same of a function with copies of its dispatch, which is one method or has none. */
    private static final int COPIES_BUDGET = 7500;

    private static final String SELF = "io/marmalade/pvm/jit/Compiled";

    private RegionCompiler() {}

    /** A class file and what goes with it. */
    private record Compiled(byte[] classFile, Region.SideExit[] sideExits, int codeSize) {}

    /** Returns a function's compiled form. */
    static FunctionRegion compile(Function function, FunctionFinder finder, MemoryKind kind) {
        Translation translation = translate(function, finder, MemoryIdioms.of(kind));
        return load(translation.function, translation.starts, translation.methods);
    }

    /** Returns the class files that a function becomes, one a method, to be looked at. */
    static List<byte[]> classFiles(Function function, FunctionFinder finder, MemoryKind kind) {
        return translate(function, finder, MemoryIdioms.of(kind)).methods.stream()
                .map(Compiled::classFile)
                .toList();
    }

    /** A function cut into methods: where each begins among the pieces, and what it became. */
    private record Translation(Function function, int[] starts, List<Compiled> methods) {
        boolean isOneMethod() {
            return methods.size() == 1 && methods.getFirst().codeSize < HUGE_METHOD_LIMIT;
        }
    }

    private static Translation translate(
            Function function, FunctionFinder finder, MemoryIdioms memory) {
        Function copied = memory.isIntrinsic() ? DispatchCopies.of(function) : null;
        if (copied != null) {
            Translation whole = translate(copied, finder, memory, COPIES_BUDGET);
            if (whole.isOneMethod()) {
                return whole;
            }
        }
        return translate(function, finder, memory, METHOD_BUDGET);
    }

    private static Translation translate(
            Function function, FunctionFinder finder, MemoryIdioms memory, int budget) {
        Piece[] pieces = function.pieces();
        AccessGroups[] groups = new AccessGroups[pieces.length];
        int[] pointersIn = AccessGroups.pointersIn(pieces);
        for (Piece piece : pieces) {
            groups[piece.index] = new AccessGroups(piece, pointersIn[piece.index]);
        }
        @Nullable LoopRun[] runs = new LoopRun[pieces.length];
        if (memory.hasRuns()) {
            for (Piece piece : pieces) {
                runs[piece.index] = LoopRun.of(piece);
            }
        }
        int targets = 0;
        int ownCalls = 0;
        for (Piece piece : pieces) {
            targets += piece.jumpTableTarget ? finder.entriesTo(piece.pc()).length : 0;
            ownCalls += function.isSelfCall(piece) ? 1 : 0;
        }
        int perJump = 60 + 8 * Math.min(targets, MethodTranslator.MAX_CASES);
        int perReturn = 60 + (ownCalls == 0 ? 0 : 20 + 8 * ownCalls);
        int[] weights =
                Arrays.stream(pieces)
                        .mapToInt(piece -> weight(piece, groups, runs, perJump, perReturn))
                        .toArray();
        boolean mayFit = Arrays.stream(weights).sum() <= budget;
        if (ownCalls > 0 && mayFit) {
            function.joinSelfCalls(true);
            Translation whole = translate(function, finder, groups, runs, memory, weights, budget);
            if (whole.isOneMethod()) {
                return whole;
            }
            function.joinSelfCalls(false);
        }
        return translate(function, finder, groups, runs, memory, weights, budget);
    }

    private static Translation translate(
            Function function,
            FunctionFinder finder,
            AccessGroups[] groups,
            @Nullable LoopRun[] runs,
            MemoryIdioms memory,
            int[] weights,
            int mostAtFirst) {
        Liveness liveness = new Liveness(function);
        int budget = mostAtFirst;
        while (true) {
            int[] starts = cut(weights, budget);
            ArrayList<Compiled> methods = new ArrayList<>();
            boolean fits = true;
            for (int method = 0; method + 1 < starts.length && fits; method++) {
                int from = starts[method];
                int to = starts[method + 1];
                Compiled compiled =
                        translate(function, finder, liveness, groups, runs, memory, from, to);
                methods.add(compiled);
                fits = compiled.codeSize < HUGE_METHOD_LIMIT || to - from == 1;
            }
            if (fits) {
                return new Translation(function, starts, methods);
            }
            budget /= 2;
        }
    }

    /** Estimates the octets of bytecode that a piece becomes. */
    private static int weight(
            Piece piece,
            AccessGroups[] groups,
            @Nullable LoopRun[] runs,
            int perJump,
            int perReturn) {
        int weight = 60;
        LoopRun run = runs[piece.index];
        if (run != null) {
            weight += run.weight();
        }
        for (int place = 0; place < piece.code.length; place++) {
            AccessGroups.Access access = groups[piece.index].access(place);
            weight += access == null ? 11 : access.first() ? 110 : 17;
            weight +=
                    switch (piece.code[place].opcode()) {
                        case ECALLI -> 60;
                        case JUMP_IND ->
                                FunctionFinder.isReturn(piece.code[place]) ? perReturn : perJump;
                        case LOAD_IMM_JUMP, LOAD_IMM_JUMP_IND -> 130;
                        default -> 0;
                    };
        }
        return weight;
    }

    /** Returns where each method's pieces begin, and the end. */
    private static int[] cut(int[] weights, int budget) {
        ArrayList<Integer> starts = new ArrayList<>();
        int sum = 0;
        starts.add(0);
        for (int index = 0; index < weights.length; index++) {
            if (sum > 0 && sum + weights[index] > budget) {
                starts.add(index);
                sum = 0;
            }
            sum += weights[index];
        }
        starts.add(weights.length);
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Compiled translate(
            Function function,
            FunctionFinder finder,
            Liveness liveness,
            AccessGroups[] groups,
            @Nullable LoopRun[] runs,
            MemoryIdioms memory,
            int from,
            int to) {
        boolean[] enteredWithin = new boolean[function.pieces().length];
        for (Piece piece : function.pieces()) {
            if (piece.index < from || piece.index >= to) {
                for (int successor : new int[] {piece.next, piece.taken, piece.afterCall}) {
                    if (successor >= from && successor < to) {
                        enteredWithin[successor] = true;
                    }
                }
            }
        }
        int pointers = 0;
        for (int index = from; index < to; index++) {
            pointers = Math.max(pointers, groups[index].slots());
            LoopRun run = runs[index];
            if (run != null) {
                pointers = Math.max(pointers, run.groups.size());
            }
        }
        ClassWriter writer = new ClassWriter(0);
        writer.visit(
                Opcodes.V21,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                SELF,
                null,
                Idioms.REGION,
                null);
        MethodVisitor constructor = writer.visitMethod(0, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, Idioms.REGION, "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(1, 1);
        constructor.visitEnd();
        MethodVisitor run =
                writer.visitMethod(0, "run", "(L" + Idioms.MACHINE + ";II)I", null, null);
        run.visitCode();
        MethodTranslator translator =
                new MethodTranslator(
                        function, finder, liveness, from, to, run, SELF, pointers, groups, runs,
                        memory);
        Region.SideExit[] sideExits = translator.translate(enteredWithin);
        Label end = new Label();
        run.visitLabel(end);
        run.visitEnd();
        return new Compiled(writer.toByteArray(), sideExits, end.getOffset());
    }

    private static FunctionRegion load(Function function, int[] starts, List<Compiled> methods) {
        Region[] regions = new Region[methods.size()];
        int[] methodOfPiece = new int[function.pieces().length];
        for (int method = 0; method < regions.length; method++) {
            Compiled compiled = methods.get(method);
            try {
                MethodHandles.Lookup hidden =
                        MethodHandles.lookup().defineHiddenClass(compiled.classFile, true);
                regions[method] =
                        (Region) hidden.lookupClass().getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("compiled code does not load", e);
            }
            regions[method].sideExits = compiled.sideExits;
            Arrays.fill(methodOfPiece, starts[method], starts[method + 1], method);
        }
        Piece[] entries =
                Arrays.stream(function.pieces())
                        .filter(piece -> piece.entry)
                        .sorted(Comparator.comparingInt(Piece::pc))
                        .toArray(Piece[]::new);
        return new FunctionRegion(
                regions,
                methodOfPiece,
                Arrays.stream(entries).mapToInt(Piece::pc).toArray(),
                Arrays.stream(entries).mapToInt(piece -> piece.index).toArray(),
                function.headPiece());
    }
}
