package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.CompiledCode;
import io.marmalade.pvm.GasSchedule;
import io.marmalade.pvm.Instruction;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.Program;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A program in the form that the run loop likes: as much of it as was ever reached.
 *
 * <p>Each instruction is one word (operation, registers, a number of 32 bits) and, where that is
 * not enough, a second word with a number of 64 bits. A place among the words is a <em>slot</em>.
 * In front of each block, and of each place where control ever entered in the middle of one, stands
 * its <em>price</em>, and jumps lead to prices. Code is decoded when it is first reached, in the
 * order of the program up to where control cannot fall through; a branch to code that is not
 * decoded yet goes to a <em>signpost</em>, which the loop leaves for {@link #link} to be told the
 * slot. Every place of the program is decoded at most once, so that the size stays within a small
 * multiple of the program's.
 *
 * <p>Not thread-safe: whoever runs the program has it for himself, see {@link DecodedCodePool}.
 *
 * <p>Word: bits 0–7 the operation, 8–11 r_A, 12–15 r_B, 16–19 r_D, 20 whether a store has a second
 * word, 32–63 the number or the slot of the price that a jump leads to.
 */
final class DecodedCode {
    /**
     * The longest run of one block's instructions that is paid at once, in the schedule that counts
     * them.
     */
    private static final int MAX_PIECE = 512;

    /**
     * After so many instructions decoding ends at the next block and waits until that is reached.
     */
    private static final int MAX_REGION = 128;

    /** The entries of the jump table whose slots are remembered. */
    private static final int MAX_JUMPS = 1 << 16;

    /** The register that is always zero. */
    private static final int ZERO = 13;

    private static final int PAGE_BITS = 9;

    /** Says of a store that the second word is a part of it. */
    private static final long SECOND_WORD = 1 << 20;

    private final Program program;
    private final boolean pipeline;
    private final boolean strict;

    /**
     * The words. Slot 0 is never used; then by entry of the jump table the slot of the price that
     * it leads to, or 0 if that is not known yet; then code.
     */
    long[] words;

    /**
     * By slot what is to be paid on entering there, or -1 if that is not known yet. Where
     * instructions are counted it is their number up to the next payment; in the pipeline schedule
     * it is the cost of the block that contains the slot.
     */
    int[] costs;

    /** By slot the program counter of its instruction. */
    int[] pcs;

    /** How many entries of the jump table are among the words. */
    final int jumps;

    private int size;

    /** By program counter its slot, or 0; in parts that are there once they are needed. */
    private final int[] @Nullable [] slots;

    /**
     * Slots of the branches of the present region whose targets may still be decoded with it, and
     * those targets.
     */
    private int[] pending = new int[32];

    private int pendings;

    /**
     * The compiled code that may take over, if there is any; its changes that were seen; what
     * entries stand for.
     */
    private final @Nullable CompiledCode compiled;

    private int changesSeen;
    private final Map<Integer, Integer> behindEntries = new HashMap<>();

    /** The gas until the next sample of what is hot. */
    long untilSample = InterpreterMachine.SAMPLE;

    DecodedCode(Program program, @Nullable CompiledCode compiled) {
        this.program = program;
        this.compiled = compiled;
        this.pipeline = program.dialect().gasSchedule() == GasSchedule.PIPELINE;
        this.strict = program.dialect().validated();
        // The trap behind the code stands at codeSize, and what follows it is asked for too.
        this.slots = new int[(program.codeSize() + 1 >>> PAGE_BITS) + 1][];
        long entries = program.jumpTableSize();
        this.jumps = entries < 0 || entries > MAX_JUMPS ? MAX_JUMPS : (int) entries;
        this.size = 1 + jumps;
        this.words = new long[size + 256];
        this.costs = new int[size + 256];
        this.pcs = new int[size + 256];
    }

    private int slotOf(int pc) {
        int @Nullable [] part = slots[pc >>> PAGE_BITS];
        return part == null ? 0 : part[pc & (1 << PAGE_BITS) - 1];
    }

    private void setSlot(int pc, int slot) {
        int @Nullable [] part = slots[pc >>> PAGE_BITS];
        if (part == null) {
            part = new int[1 << PAGE_BITS];
            slots[pc >>> PAGE_BITS] = part;
        }
        part[pc & (1 << PAGE_BITS) - 1] = slot;
    }

    /**
     * Returns the slot of a program counter, decoding what stands there if it was never reached.
     *
     * @param pc 0..codeSize
     */
    int entry(int pc) {
        int slot = slotOf(pc);
        if (slot == 0) {
            decode(pc);
            slot = slotOf(pc);
        }
        return slot;
    }

    /**
     * Leads what leads to a signpost past it.
     *
     * @param signpost the signpost's slot
     * @return the slot of the instruction to go on with, which is not paid unless the signpost says
     *     so
     */
    int link(int signpost) {
        int target = entry(pcs[signpost]);
        int owner = (int) (words[signpost] >>> 32);
        if (owner != signpost) {
            lead(owner, target - 1);
        } else if ((int) words[signpost] == Op.SIGNPOST_PAID) {
            words[signpost] = word(Op.GOTO_PAID, 0, 0, 0, target);
        } else {
            words[signpost] = word(Op.GOTO, 0, 0, 0, target - 1);
        }
        return target;
    }

    private void lead(int slot, int target) {
        words[slot] = words[slot] & 0xffff_ffffL | (long) target << 32;
    }

    /**
     * Makes sure that a price is known.
     *
     * @param price its slot
     * @return the slot of the instruction behind it
     */
    int priced(int price) {
        words[price] = cost(price + 1);
        return price + 1;
    }

    /** Returns what is to be paid on entering a slot. */
    int cost(int slot) {
        int cost = costs[slot];
        if (cost < 0) {
            cost = program.blockCosts().cost(pcs[slot]);
            costs[slot] = cost;
        }
        return cost;
    }

    /** Returns the slot behind an instruction. */
    int following(int slot) {
        return slot + ((words[slot] & SECOND_WORD) == 0 ? 1 : 2);
    }

    /** Returns the operation at a slot, or what an entry stands for. */
    int operation(int slot) {
        int operation = (int) words[slot] & 0xff;
        return operation == Op.ENTRY ? behind(behindEntries.get(slot)) : operation;
    }

    /** Every entry has an operation behind it. */
    private static int behind(@Nullable Integer operation) {
        return Objects.requireNonNull(operation);
    }

    /**
     * Puts entries where compiled code can take over by now, and removes those where it cannot any
     * more.
     */
    void update() {
        if (compiled == null) {
            return;
        }
        int changes = compiled.changes();
        while (changesSeen < changes) {
            int pc = compiled.changedAt(changesSeen++);
            int slot = slotOf(pc);
            if (slot != 0) {
                setEntry(slot, compiled.canEnter(pc));
            }
        }
    }

    private void setEntry(int slot, boolean entry) {
        int operation = (int) words[slot] & 0xff;
        if (entry && operation != Op.ENTRY) {
            behindEntries.put(slot, operation);
            words[slot] = words[slot] & ~0xffL | Op.ENTRY;
        } else if (!entry && operation == Op.ENTRY) {
            words[slot] = words[slot] & ~0xffL | behind(behindEntries.remove(slot));
        }
    }

    /** Returns the address that a dynamic jump jumps to. */
    int jumpAddress(int slot, long[] registers) {
        long word = words[slot];
        int shift = ((int) word & 0xff) == Op.JUMP_IND ? 8 : 12;
        return (int) (registers[(int) word >>> shift & 15] + (word >> 32));
    }

    /**
     * Remembers where an entry of the jump table leads to.
     *
     * @param slot of the instruction, behind its price
     */
    void rememberJump(int index, int slot) {
        if (index >= 0 && index < jumps) {
            words[1 + index] = slot - 1;
        }
    }

    private int emit(int pc, int cost, long word) {
        if (size == words.length) {
            words = Arrays.copyOf(words, 2 * size);
            costs = Arrays.copyOf(costs, 2 * size);
            pcs = Arrays.copyOf(pcs, 2 * size);
        }
        words[size] = word;
        costs[size] = cost;
        pcs[size] = pc;
        return size++;
    }

    private static long word(int op, int a, int b, int d, long number) {
        return op | a << 8 | b << 12 | d << 16 | number << 32;
    }

    private void decode(int start) {
        int pc = start;
        int count = 0;
        int price = price(pc);
        int pieceCount = 0;
        int single = 0;
        pendings = 0;
        while (true) {
            Instruction instruction = program.instruction(pc);
            int slot = size;
            setSlot(pc, slot);
            append(instruction);
            single = fuse(single, slot);
            if (compiled != null && compiled.canEnter(pc)) {
                setEntry(slot, true);
            }
            count++;
            pieceCount++;
            boolean terminator = instruction.opcode().isTerminator();
            pc = instruction.next();
            int known = slotOf(pc);
            if (terminator || known != 0 || pieceCount == MAX_PIECE) {
                closePiece(price, pieceCount);
            }
            if (terminator && !fallsThrough(instruction)) {
                break;
            }
            if (known != 0) {
                if (terminator) {
                    emit(pc, 0, 0);
                }
                boolean pays = terminator || !pipeline;
                emit(
                        pc,
                        0,
                        pays
                                ? word(Op.GOTO, 0, 0, 0, known - 1)
                                : word(Op.GOTO_PAID, 0, 0, 0, known));
                break;
            }
            if ((terminator && count >= MAX_REGION) || pieceCount == MAX_PIECE) {
                if (terminator) {
                    emit(pc, 0, 0);
                }
                boolean pays = terminator || !pipeline;
                emit(pc, 0, word(pays ? Op.SIGNPOST : Op.SIGNPOST_PAID, 0, 0, 0, size));
                break;
            }
            if (terminator) {
                price = price(pc);
                pieceCount = 0;
                single = 0;
            }
        }
        resolvePending();
    }

    /** Puts down the price of what comes next, to be filled in later, and returns its slot. */
    private int price(int pc) {
        return emit(pc, 0, pipeline ? -1 : 0);
    }

    /**
     * Makes one operation of two where there is one that does both.
     *
     * @param first the slot of the instruction before, or 0 if that is a part of a pair
     * @param second a slot
     * @return the slot that may become the first of a pair, or 0
     */
    private int fuse(int first, int second) {
        if (first == 0 || first != second - 1) {
            return second;
        }
        int pair = Op.pair((int) words[first] & 0xff, (int) words[second] & 0xff);
        if (pair < 0) {
            return second;
        }
        words[first] = words[first] & ~0xffL | pair;
        return 0;
    }

    private static boolean fallsThrough(Instruction instruction) {
        return switch (instruction.opcode().format()) {
            case REGISTER_IMMEDIATE_OFFSET -> instruction.opcode() != Opcode.LOAD_IMM_JUMP;
            case TWO_REGISTERS_OFFSET -> true;
            default -> instruction.opcode() == Opcode.FALLTHROUGH;
        };
    }

    /**
     * Counts the instructions of a piece backwards into the costs of its slots, and puts their
     * number into its price.
     */
    private void closePiece(int price, int count) {
        if (pipeline) {
            return;
        }
        words[price] = count;
        int left = count;
        int last = -1;
        for (int slot = price + 1; slot < size && left > 0; slot++) {
            if (pcs[slot] != last) {
                last = pcs[slot];
                costs[slot] = left--;
            }
        }
    }

    private void append(Instruction i) {
        Opcode opcode = i.opcode();
        int op = Op.of(opcode);
        int unknown = pipeline ? -1 : 0;
        int pc = i.pc();
        switch (opcode.format()) {
            case NONE -> {
                boolean panic =
                        opcode == Opcode.FALLTHROUGH && strict && !program.isBlockStart(i.next());
                emit(pc, unknown, word(panic ? Op.PANIC : op, 0, 0, 0, 0));
            }
            case IMMEDIATE -> emit(pc, unknown, word(op, 0, 0, 0, i.x()));
            case REGISTER_EXTENDED_IMMEDIATE -> {
                if (i.x() == (int) i.x()) {
                    emit(pc, unknown, word(Op.LOAD_IMM, i.a(), 0, 0, i.x()));
                } else {
                    emit(pc, unknown, word(op, i.a(), 0, 0, 0));
                    emit(pc, unknown, i.x());
                }
            }
            case TWO_IMMEDIATES -> {
                emit(pc, unknown, word(op, 0, ZERO, 0, i.x()) | SECOND_WORD);
                emit(pc, unknown, i.y());
            }
            case OFFSET -> jump(emit(pc, unknown, word(op, 0, 0, 0, 0)), i.x());
            case REGISTER_IMMEDIATE -> emit(pc, unknown, word(op, i.a(), ZERO, 0, i.x()));
            case REGISTER_TWO_IMMEDIATES -> {
                emit(pc, unknown, word(op, 0, i.a(), 0, i.x()) | SECOND_WORD);
                emit(pc, unknown, i.y());
            }
            case REGISTER_IMMEDIATE_OFFSET -> {
                if (opcode == Opcode.LOAD_IMM_JUMP && !program.isBlockStart(i.y())) {
                    emit(pc, unknown, word(Op.LOAD_IMM, i.a(), 0, 0, i.x()));
                    emit(pc, unknown, word(Op.PANIC, 0, 0, 0, 0));
                } else {
                    int slot = emit(pc, unknown, word(op, i.a(), 0, 0, 0));
                    emit(pc, unknown, i.x());
                    if (opcode == Opcode.LOAD_IMM_JUMP) {
                        jump(slot, i.y());
                    } else {
                        branch(slot, i, i.y());
                    }
                }
            }
            case TWO_REGISTERS -> emit(pc, unknown, word(op, i.a(), 0, i.d(), 0));
            case TWO_REGISTERS_IMMEDIATE -> emit(pc, unknown, word(op, i.a(), i.b(), 0, i.x()));
            case TWO_REGISTERS_OFFSET ->
                    branch(emit(pc, unknown, word(op, i.a(), i.b(), 0, 0)), i, i.x());
            case TWO_REGISTERS_TWO_IMMEDIATES -> {
                emit(pc, unknown, word(op, i.a(), i.b(), 0, i.y()));
                emit(pc, unknown, i.x());
            }
            case THREE_REGISTERS -> emit(pc, unknown, word(op, i.a(), i.b(), i.d(), 0));
        }
    }

    /** Says where an unconditional jump goes. */
    private void jump(int slot, long target) {
        if (program.isBlockStart(target)) {
            target(slot, (int) target);
        } else {
            words[slot] = Op.PANIC;
        }
    }

    /**
     * Says where a branch goes when it is taken; where programs are validated, both ways count at
     * once.
     */
    private void branch(int slot, Instruction i, long target) {
        boolean valid = program.isBlockStart(target);
        if (strict && (!valid || !program.isBlockStart(i.next()))) {
            words[slot] = Op.PANIC;
        } else {
            target(slot, valid ? (int) target : -1);
        }
    }

    private void target(int slot, int pc) {
        int known = pc < 0 ? 0 : slotOf(pc);
        if (known != 0) {
            lead(slot, known - 1);
            return;
        }
        if (pendings + 2 > pending.length) {
            pending = Arrays.copyOf(pending, 2 * pending.length);
        }
        pending[pendings++] = slot;
        pending[pendings++] = pc;
    }

    private void resolvePending() {
        for (int index = 0; index < pendings; index += 2) {
            int slot = pending[index];
            int pc = pending[index + 1];
            int known = pc < 0 ? 0 : slotOf(pc);
            if (known != 0) {
                lead(slot, known - 1);
                continue;
            }
            // It costs nothing to get there.
            lead(slot, emit(pc < 0 ? pcs[slot] : pc, 0, 0));
            if (pc < 0) {
                emit(pcs[slot], 0, Op.PANIC);
            } else {
                emit(pc, 0, word(Op.SIGNPOST, 0, 0, 0, slot));
            }
        }
    }
}
