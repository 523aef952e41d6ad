package io.marmalade.pvm.jit;

import io.marmalade.pvm.GasSchedule;
import io.marmalade.pvm.Instruction;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.Program;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.TreeMap;

/**
 * Translates consecutive pieces of a function into one method.
 *
 * <p>Gas is charged where a block begins, or, where every instruction costs one, where a piece
 * begins and behind every host call, for all up to the next such place. Whatever cannot go on
 * exactly as the paper says leaves the method in front of the instruction, with what was charged
 * ahead given back.
 */
final class MethodTranslator {
    /** The most entries of the jump table that a jump tells apart by itself. */
    static final int MAX_CASES = 512;

    private final Function function;
    private final Program program;
    private final FunctionFinder finder;
    private final Liveness liveness;
    private final int from;
    private final int to;
    private final boolean perInstruction;
    private final GasTests gas;
    private final boolean strict;
    private final Idioms code;
    private final AccessGroups[] groups;
    private final ComputationTranslator computation;

    private final Label[] labels;
    private final ArrayList<Region.SideExit> sideExits = new ArrayList<>();
    private final ArrayList<Label> sideExitLabels = new ArrayList<>();
    private final ArrayList<Runnable> late = new ArrayList<>();
    private final Label returnScratch = new Label();
    private boolean returnsScratch;
    private int spilled;
    private final @Nullable LoopRun[] runs;

    /** Where the present piece begins a round of itself that is not part of a run. */
    private @Nullable Label single;

    /** The state of the translation within a piece. */
    private int dirty;

    private int place;
    private int segmentEnd;

    /**
     * @param function whose pieces are translated
     * @param from the first piece
     * @param to the piece behind the last
     * @param out the method to write, {@link Region#run}
     * @param self the name of its class
     * @param pointers how many groups of accesses have a pointer at the same time, at most, in
     *     these pieces
     * @param groups the groups of these pieces
     * @param runs how those of these pieces that are loops may be run
     * @param memory how memory is reached
     */
    MethodTranslator(
            Function function,
            FunctionFinder finder,
            Liveness liveness,
            int from,
            int to,
            MethodVisitor out,
            String self,
            int pointers,
            AccessGroups[] groups,
            @Nullable LoopRun[] runs,
            MemoryIdioms memory) {
        this.function = function;
        this.program = function.program();
        this.finder = finder;
        this.liveness = liveness;
        this.from = from;
        this.to = to;
        this.perInstruction = program.dialect().gasSchedule() == GasSchedule.PER_INSTRUCTION;
        this.gas = new GasTests(function, from, to, perInstruction ? null : program.blockCosts());
        this.strict = program.dialect().validated();
        this.code = new Idioms(out, self, pointers, memory);
        this.computation = new ComputationTranslator(code);
        this.groups = groups;
        this.runs = runs;
        this.labels = new Label[function.pieces().length];
        for (int index = from; index < to; index++) {
            labels[index] = new Label();
        }
    }

    /**
     * Writes the method's code.
     *
     * @param enteredWithin tells of each piece whether control comes to it from another method of
     *     the function
     * @return where it may leave to the interpreter
     */
    Region.SideExit[] translate(boolean[] enteredWithin) {
        code.enter();
        dispatch(enteredWithin);
        for (int index = from; index < to; index++) {
            translate(function.pieces()[index]);
        }
        for (int at = 0; at < late.size(); at++) {
            late.get(at).run();
        }
        Label stub = new Label();
        for (int index = 0; index < sideExits.size(); index++) {
            code.label(sideExitLabels.get(index));
            code.constantInt(index);
            code.setScratchInt();
            if (index < sideExits.size() - 1) {
                code.go(stub);
            }
        }
        if (!sideExits.isEmpty()) {
            code.label(stub);
            code.sideExit(spilled);
        }
        if (returnsScratch) {
            code.label(returnScratch);
            code.scratchInt();
            code.insn(Opcodes.IRETURN);
        }
        code.out.visitMaxs(Idioms.MAX_STACK, code.maxLocals());
        return sideExits.toArray(Region.SideExit[]::new);
    }

    private void dispatch(boolean[] enteredWithin) {
        TreeMap<Integer, Label> entries = new TreeMap<>();
        for (int index = from; index < to; index++) {
            if (function.pieces()[index].entry || enteredWithin[index]) {
                entries.put(index, new Label());
            }
        }
        if (function.headPiece() >= from && function.headPiece() < to) {
            entries.put(Region.HEAD, entries.get(function.headPiece()));
        }
        Label unknown = new Label();
        code.scratchInt();
        code.out.visitLookupSwitchInsn(
                unknown,
                entries.keySet().stream().mapToInt(Integer::intValue).toArray(),
                entries.values().toArray(Label[]::new));
        entries.remove(Region.HEAD);
        entries.forEach((index, label) -> {
            code.label(label);
            Piece piece = function.pieces()[index];
            long need = gas.need(index);
            if (!gas.looks(piece) && gas.isReachedWithin(piece) && need > 0) {
                dirty = 0;
                boolean charged = !perInstruction && !piece.startsBlock;
                code.look(need, leaveAt(piece.pc(), 0, charged));
            }
            code.loadRegisters(liveness.neededIn(piece));
            code.go(labels[index]);
        });
        code.label(unknown);
        code.leave(Integer.MIN_VALUE);
    }

    private void translate(Piece piece) {
        code.label(labels[piece.index]);
        dirty = liveness.dirtyIn(piece);
        int[] needed = liveness.needed(piece);
        AccessGroups accesses = groups[piece.index];
        LoopRun run = runs[piece.index];
        single = null;
        if (run != null) {
            single = new Label();
            translateRun(piece, run, single);
            code.label(single);
        }
        boolean looks = gas.looks(piece) || !gas.isReachedWithin(piece);
        if (!perInstruction) {
            chargeBlock(piece, looks);
        }
        for (place = 0; place < piece.code.length; place++) {
            Instruction instruction = piece.code[place];
            if (perInstruction
                    && (place == 0 || Effects.callsHost(piece.code[place - 1].opcode()))) {
                segmentEnd = segmentEnd(piece);
                int cost = segmentEnd - place;
                if (looks || place > 0) {
                    long reserve = segmentEnd == piece.code.length ? gas.reserve(piece) : 0;
                    code.charge(cost, reserve, leaveAt(instruction.pc(), cost, false));
                } else {
                    code.charge(cost);
                }
            }
            AccessGroups.Access access = accesses.access(place);
            if (access != null) {
                translateAccess(instruction, access);
            } else if (!translateOther(piece, instruction, needed)) {
                return;
            }
            dirty |= Effects.writes(instruction);
        }
        if (!piece.last().opcode().isTerminator()) {
            goPiece(piece.next, piece.last().next());
        }
    }

    /**
     * Runs as many rounds of a loop as there is certainly gas and memory for, without a look at
     * either, again and again; goes to a label where that are too few.
     */
    private void translateRun(Piece piece, LoopRun run, Label few) {
        long cost = gas.cost(piece);
        Instruction branch = piece.last();
        if (run.isCounted()) {
            countRounds(branch, run);
            code.scratch();
            code.constant(LoopRun.LEAST);
            code.insn(Opcodes.LCMP);
            code.jump(Opcodes.IFLT, few);
        }
        code.gas();
        rounds(run);
        code.constant(cost);
        code.insn(Opcodes.LMUL);
        code.insn(Opcodes.LSUB);
        code.constant(gas.reserve(piece));
        code.insn(Opcodes.LCMP);
        code.jump(Opcodes.IFLT, few);
        for (LoopRun.Steps steps : run.groups) {
            checkRun(run, steps, few);
        }
        for (LoopRun.Steps steps : run.groups) {
            code.base();
            code.pointer(steps.range());
            code.insn(Opcodes.LADD);
            code.setPointer(steps.range());
        }
        code.constantInt(0);
        code.setScratchInt();
        Label round = new Label();
        code.label(round);
        for (int at = 0; at < piece.code.length - 1; at++) {
            Instruction instruction = piece.code[at];
            LoopRun.Access access = run.access(at);
            if (access != null) {
                AccessGroups.Group range = access.group().range();
                int loads = Effects.loads(instruction.opcode());
                int size = Math.max(loads, Effects.stores(instruction.opcode()));
                code.place(range, access.offset() - range.lowest, size);
                computation.access(instruction);
            } else if (instruction.opcode() != Opcode.UNLIKELY) {
                computation.compute(instruction);
            }
        }
        for (LoopRun.Steps steps : run.groups) {
            if (steps.step() != 0 || steps.stepRegister() >= 0) {
                code.pointer(steps.range());
                step(steps);
                code.insn(Opcodes.LADD);
                code.setPointer(steps.range());
            }
        }
        code.countRound();
        Label ended = new Label();
        if (!run.isCounted()) {
            computation.branchUnless(branch, ended);
        }
        code.scratchInt();
        rounds(run);
        code.insn(Opcodes.L2I);
        code.jump(Opcodes.IF_ICMPLT, round);
        code.chargeRounds(cost);
        if (run.isCounted()) {
            computation.branchUnless(branch, ended);
            code.go(labels[piece.index]);
            code.label(ended);
        } else {
            code.go(labels[piece.index]);
            code.label(ended);
            code.chargeRounds(cost);
        }
        goPiece(piece.next, branch.next());
    }

    /** Pushes how many rounds there are in a run. */
    private void rounds(LoopRun run) {
        if (run.isCounted()) {
            code.scratch();
        } else {
            code.constant(LoopRun.UNCOUNTED);
        }
    }

    /** Pushes how far accesses go on in a round. */
    private void step(LoopRun.Steps steps) {
        if (steps.stepRegister() >= 0) {
            code.register(steps.stepRegister());
        } else {
            code.constant(steps.step());
        }
    }

    /** Puts into the scratch {@code long} how many rounds there are until the counter is there. */
    private void countRounds(Instruction branch, LoopRun run) {
        int counter = run.counter();
        boolean forward = run.counterStep() > 0;
        if (!forward) {
            code.register(counter);
        }
        if (branch.opcode() == Opcode.BRANCH_NE_IMM) {
            code.constant(branch.x());
        } else {
            code.register(branch.a() == counter ? branch.b() : branch.a());
        }
        if (forward) {
            code.register(counter);
        }
        code.insn(Opcodes.LSUB);
        // What is no multiple of the step becomes, without a sign, very large; so does, less one,
        // nothing: the counter gets there only after it went round.
        int shift = Long.numberOfTrailingZeros(run.counterStep());
        if (shift > 0) {
            code.constantInt(shift);
            code.invoke(Long.class, "rotateRight", "(JI)J");
        }
        code.setScratch();
        code.scratch();
        code.constant(1);
        code.insn(Opcodes.LSUB);
        code.constant(LoopRun.MOST_COUNTED);
        code.compareUnsigned();
        Label less = new Label();
        code.jump(Opcodes.IFLT, less);
        code.constant(LoopRun.MOST_COUNTED);
        code.setScratch();
        code.label(less);
    }

    /** Goes to a label unless all of a run's octets are accessible; leaves the first address. */
    private void checkRun(LoopRun run, LoopRun.Steps steps, Label failed) {
        AccessGroups.Group range = steps.range();
        if (steps.stepRegister() >= 0) {
            code.register(steps.stepRegister());
            code.constant(LoopRun.MOST_STEP);
            code.compareUnsigned();
            code.jump(Opcodes.IFGT, failed);
        }
        code.constant(range.lowest);
        for (int register = 0; register < 13; register++) {
            if ((steps.sum() >>> register & 1) != 0) {
                code.register(register);
                code.insn(Opcodes.LADD);
            }
        }
        code.constant(0xffffffffL);
        code.insn(Opcodes.LAND);
        code.setPointer(range);
        code.memory();
        code.pointer(range);
        if (steps.step() < 0) {
            wayToLast(run, steps);
            code.insn(Opcodes.LADD);
        }
        code.constant(range.span());
        if (steps.step() != 0 || steps.stepRegister() >= 0) {
            wayToLast(run, steps);
            code.insn(steps.step() < 0 ? Opcodes.LSUB : Opcodes.LADD);
        }
        code.holdsRun(range.writes);
        code.jump(Opcodes.IFEQ, failed);
    }

    /** Pushes how far it is from the first round's accesses to those of the last. */
    private void wayToLast(LoopRun run, LoopRun.Steps steps) {
        rounds(run);
        code.constant(1);
        code.insn(Opcodes.LSUB);
        step(steps);
        code.insn(Opcodes.LMUL);
    }

    private void chargeBlock(Piece piece, boolean looks) {
        long cost = gas.cost(piece);
        if (looks) {
            long reserve = gas.need(piece.index) - cost;
            if (piece.startsBlock) {
                code.charge(cost, reserve, leaveAt(piece.pc(), cost, false));
            } else if (reserve > 0) {
                code.look(reserve, leaveAt(piece.pc(), 0, true));
            }
        } else if (cost > 0) {
            code.charge(cost);
        }
    }

    private int segmentEnd(Piece piece) {
        int end = place;
        while (end < piece.code.length) {
            if (Effects.callsHost(piece.code[end++].opcode())) {
                return end;
            }
        }
        return end;
    }

    /** Returns a label that leaves the present instruction to the interpreter. */
    private Label leaveHere(Instruction instruction) {
        return leaveAt(instruction.pc(), perInstruction ? segmentEnd - place : 0, !perInstruction);
    }

    private Label leaveAt(int pc, long refund, boolean charged) {
        Region.SideExit exit = new Region.SideExit(pc, dirty, refund, charged);
        int last = sideExits.size() - 1;
        if (last >= 0 && sideExits.get(last).equals(exit)) {
            return sideExitLabels.get(last);
        }
        spilled |= dirty;
        Label label = new Label();
        sideExits.add(exit);
        sideExitLabels.add(label);
        return label;
    }

    private void translateAccess(Instruction instruction, AccessGroups.Access access) {
        AccessGroups.Group group = access.group();
        if (access.first()) {
            int base = Effects.base(instruction);
            if (base < 0) {
                code.constant(group.lowest & 0xffffffffL);
            } else {
                code.register(base);
                long below = Effects.offset(instruction) + group.lowest - access.offset();
                if (below != 0) {
                    code.constant(below);
                    code.insn(Opcodes.LADD);
                }
                code.constant(0xffffffffL);
                code.insn(Opcodes.LAND);
            }
            code.setScratch();
            code.checkRange(group, leaveHere(instruction));
        }
        int size =
                Math.max(Effects.loads(instruction.opcode()), Effects.stores(instruction.opcode()));
        code.place(group, access.offset() - group.lowest, size);
        computation.access(instruction);
    }

    /** Translates what does not access memory; returns false if nothing behind it is reached. */
    private boolean translateOther(Piece piece, Instruction i, int[] needed) {
        switch (i.opcode()) {
            case TRAP, SBRK -> {
                code.go(leaveHere(i));
                return false;
            }
            case UNLIKELY -> {}
            case FALLTHROUGH -> {
                if (strict && !program.isBlockStart(i.next())) {
                    code.go(leaveHere(i));
                } else {
                    goPiece(piece.next, i.next());
                }
                return false;
            }
            case ECALLI -> {
                code.storeRegisters(dirty);
                code.storeGas();
                code.hostCall(i.x(), i.pc(), i.next(), !perInstruction);
                Label on = new Label();
                code.jump(Opcodes.IFEQ, on);
                code.leave(Region.STOPPED);
                code.label(on);
                code.loadRegisters(needed[place + 1]);
                code.loadGas();
                dirty = 0;
            }
            case JUMP -> {
                jump(i, piece.taken, i.x());
                return false;
            }
            case LOAD_IMM_JUMP -> {
                loadAndJump(piece, i);
                return false;
            }
            case JUMP_IND -> {
                jumpIndirectly(piece, i);
                return false;
            }
            case LOAD_IMM_JUMP_IND -> {
                loadAndJumpIndirectly(piece, i);
                return false;
            }
            default -> {
                if (Branches.isBranch(i.opcode())) {
                    branch(piece, i);
                    return false;
                }
                computation.compute(i);
            }
        }
        return true;
    }

    /** Goes to a piece, or leaves the function to a place in the code. */
    private void goPiece(int piece, int pc) {
        if (piece >= from && piece < to) {
            code.go(labels[piece]);
            return;
        }
        code.storeRegisters(dirty);
        code.storeGas();
        code.leave(piece >= 0 ? Region.WITHIN - piece : pc);
    }

    private void jump(Instruction i, int piece, long target) {
        if (program.isBlockStart(target)) {
            goPiece(piece, (int) target);
        } else {
            code.go(leaveHere(i));
        }
    }

    private void branch(Piece piece, Instruction i) {
        long target = Branches.target(i);
        boolean targetGood = program.isBlockStart(target);
        if (strict && !(targetGood && program.isBlockStart(i.next()))) {
            code.go(leaveHere(i));
            return;
        }
        Label taken;
        if (!targetGood) {
            taken = leaveHere(i);
        } else if (piece.taken >= from && piece.taken <= piece.index) {
            // HotSpot remembers the stack where control goes back; so nothing is to be there then.
            Label on = new Label();
            computation.branchUnless(i, on);
            code.go(piece.taken == piece.index && single != null ? single : labels[piece.taken]);
            code.label(on);
            goPiece(piece.next, i.next());
            return;
        } else if (piece.taken > piece.index && piece.taken < to) {
            taken = labels[piece.taken];
        } else {
            taken = new Label();
            int dirtyThere = dirty;
            Label there = taken;
            late.add(() -> {
                code.label(there);
                dirty = dirtyThere;
                goPiece(piece.taken, (int) target);
            });
        }
        computation.branch(i, taken);
        goPiece(piece.next, i.next());
    }

    private void loadAndJump(Piece piece, Instruction i) {
        int back = finder.returnPoint(i);
        int head = finder.headIndex((int) i.y());
        if (!program.isBlockStart(i.y())) {
            code.go(leaveHere(i));
            return;
        }
        code.constant(i.x());
        code.setRegister(i.a());
        dirty |= Effects.writes(i);
        if (back < 0 || head < 0 || piece.taken >= 0) {
            goPiece(piece.taken, (int) i.y());
            return;
        }
        code.storeRegisters(dirty);
        code.storeGas();
        Label deep = new Label();
        code.callHead(head, deep);
        late.add(() -> {
            code.label(deep);
            code.leave((int) i.y());
        });
        afterCall(piece, back);
    }

    private void loadAndJumpIndirectly(Piece piece, Instruction i) {
        dynamicTarget(i.b(), i.y(), i);
        code.constant(i.x());
        code.setRegister(i.a());
        dirty |= Effects.writes(i);
        code.storeRegisters(dirty);
        code.storeGas();
        int back = finder.returnPoint(i);
        if (back >= 0) {
            code.callDynamic(returnScratch());
            afterCall(piece, back);
        } else {
            code.go(returnScratch());
        }
    }

    /** Goes on behind a call if it came back there, else leaves to where it went. */
    private void afterCall(Piece piece, int back) {
        if (piece.afterCall < 0) {
            code.go(returnScratch());
            return;
        }
        Label returned = new Label();
        Label elsewhere = new Label();
        code.scratchInt();
        code.constantInt(back);
        code.jump(Opcodes.IF_ICMPNE, elsewhere);
        code.label(returned);
        if (piece.afterCall >= from && piece.afterCall < to) {
            code.loadRegisters(liveness.neededIn(function.pieces()[piece.afterCall]));
            code.loadGas();
            code.go(labels[piece.afterCall]);
        } else {
            code.leave(Region.WITHIN - piece.afterCall);
        }
        late.add(() -> {
            code.label(elsewhere);
            code.resume(back);
            code.scratchInt();
            code.constantInt(back);
            code.jump(Opcodes.IF_ICMPEQ, returned);
            code.go(returnScratch());
        });
    }

    private void jumpIndirectly(Piece jump, Instruction i) {
        boolean isReturn = FunctionFinder.isReturn(i);
        TreeMap<Integer, Label> targets = new TreeMap<>();
        HashSet<Label> back = new HashSet<>();
        for (int index = from; index < to; index++) {
            Piece piece = function.pieces()[index];
            if (isReturn ? piece.returnTarget : piece.jumpTableTarget) {
                for (int entry : finder.entriesTo(piece.pc())) {
                    targets.put(entry, labels[index]);
                }
                if (index <= jump.index) {
                    back.add(labels[index]);
                }
            }
        }
        if (!targets.isEmpty() && targets.size() <= MAX_CASES) {
            address(i.a(), i.x());
            code.jumpIndex();
            code.select(targets, back);
        }
        dynamicTarget(i.a(), i.x(), i);
        code.storeRegisters(dirty);
        code.storeGas();
        code.go(returnScratch());
    }

    /**
     * Puts where a dynamic jump leads into the scratch {@code int}, or leaves where it is a halt or
     * a panic.
     */
    private void dynamicTarget(int register, long offset, Instruction i) {
        address(register, offset);
        code.jumpTarget();
        code.setScratchInt();
        code.scratchInt();
        code.jump(Opcodes.IFLT, leaveHere(i));
    }

    private void address(int register, long offset) {
        code.register(register);
        if (offset != 0) {
            code.constant(offset);
            code.insn(Opcodes.LADD);
        }
    }

    private Label returnScratch() {
        returnsScratch = true;
        return returnScratch;
    }

    /**
     * Returns whether an instruction is one that compiled code always leaves to the interpreter.
     */
    static boolean isLeft(Opcode opcode) {
        return opcode == Opcode.TRAP || opcode == Opcode.SBRK;
    }
}
