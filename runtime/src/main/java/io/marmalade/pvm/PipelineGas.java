package io.marmalade.pvm;

import java.util.Arrays;

/**
 * The costs of a program's blocks in the pipeline schedule, each computed once, when it is first
 * asked for.
 *
 * <p>A block costs the cycles that an idealised processor needs for it: four decode slots and five
 * starts a cycle, a reorder buffer of 32 instructions that retires in order, and a few units that
 * are held for the whole latency. Safe for use by several threads; at worst two of them compute the
 * same cost.
 */
public final class PipelineGas {
    /** Entries of the reorder buffer. */
    private static final int BUFFER = 32;

    private static final int DECODE_SLOTS = 4;
    private static final int STARTS = 5;

    /**
     * The free units of an idle processor, four bits each as in {@link PipelineCosts}: 4, 4, 4, 1
     * and 1.
     */
    private static final int IDLE_UNITS = 0x1_1444;

    /** The highest bit of each four: it survives a subtraction only where there was enough. */
    private static final int GUARDS = 0x8_8888;

    /**
     * An instruction that is decoded is finished two cycles before it retires, and three cycles are
     * on the house.
     */
    private static final int CYCLES_NOT_CHARGED = 1;

    private static final int PART_BITS = 9;

    private final Program program;
    private final int unlikely;

    /**
     * By program counter the cost of the block, 0 where it is not known yet; in parts that are
     * there when needed.
     */
    private final int[][] costs;

    PipelineGas(Program program) {
        this.program = program;
        this.unlikely = Opcode.UNLIKELY.number(program.dialect());
        this.costs = new int[(program.codeSize() >>> PART_BITS) + 1][];
    }

    /**
     * Returns what the block that contains a program counter costs.
     *
     * @param pc any index
     * @return at least 1
     */
    public int cost(int pc) {
        if (Integer.compareUnsigned(pc, program.codeSize()) > 0) {
            return simulate(pc);
        }
        int known = known(pc);
        return known != 0 ? known : compute(pc);
    }

    private int known(int pc) {
        int[] part = costs[pc >>> PART_BITS];
        return part == null ? 0 : part[pc & (1 << PART_BITS) - 1];
    }

    private void remember(int pc, int cost) {
        int[] part = costs[pc >>> PART_BITS];
        if (part == null) {
            part = new int[1 << PART_BITS];
            costs[pc >>> PART_BITS] = part;
        }
        part[pc & (1 << PART_BITS) - 1] = cost;
    }

    /**
     * Walks back to where the block starts, or to where its cost is known, and remembers it all the
     * way.
     */
    private int compute(int pc) {
        int start = pc;
        int cost = 0;
        while (cost == 0) {
            int before = program.precedingInBlock(start);
            if (before < 0) {
                cost = simulate(start);
            } else {
                start = before;
                cost = known(start);
            }
        }
        for (int at = pc; at > start; at = program.precedingInBlock(at)) {
            remember(at, cost);
        }
        remember(start, cost);
        return cost;
    }

    /**
     * Runs a block through the processor.
     *
     * <p>What an instruction does is decided by three moments: it is decoded, it starts, it is
     * done. It may start from the cycle after it was decoded, once what it waits for is done; its
     * units are free again, and what waits for it may start, in the very cycle in which it is done;
     * it leaves the buffer two cycles later, after all older ones. So the clock can jump from one
     * such moment to the next. Entries of the buffer are bits of an int, in a ring.
     */
    private int simulate(int start) {
        int[] doneAt = new int[BUFFER];
        int[] unitsOf = new int[BUFFER];
        int[] latencyOf = new int[BUFFER];
        // What an entry still waits for, and what waits for it.
        int[] awaits = new int[BUFFER];
        int[] awaitedBy = new int[BUFFER];
        // By register the number, counted from the block's start, of the entry that makes its
        // value.
        int[] maker = new int[16];
        Arrays.fill(maker, -1);

        int pc = start;
        boolean more = true;
        int head = 0;
        int tail = 0;
        int unfinished = 0;
        int executing = 0;
        int ready = 0;
        int free = IDLE_UNITS;
        int cycle = 0;
        int last = 0;
        // The instruction that is next to be decoded.
        Instruction instruction = program.instruction(pc);
        long cost = PipelineCosts.of(instruction, program, unlikely);
        while (true) {
            for (int bits = executing; bits != 0; bits &= bits - 1) {
                int entry = Integer.numberOfTrailingZeros(bits);
                if (doneAt[entry] <= cycle) {
                    free += unitsOf[entry];
                    executing &= ~(1 << entry);
                    unfinished &= ~(1 << entry);
                    for (int waiting = awaitedBy[entry]; waiting != 0; waiting &= waiting - 1) {
                        int other = Integer.numberOfTrailingZeros(waiting);
                        awaits[other] &= ~(1 << entry);
                        if (awaits[other] == 0) {
                            ready |= 1 << other;
                        }
                    }
                }
            }
            while (head < tail
                    && (unfinished >>> head & 1) == 0
                    && doneAt[head & BUFFER - 1] + 2 <= cycle) {
                head++;
            }

            int fresh = 0;
            int slots = DECODE_SLOTS;
            while (more && PipelineCosts.slots(cost) <= slots && tail - head < BUFFER) {
                slots -= PipelineCosts.slots(cost);
                if (instruction.opcode() == Opcode.MOVE_REG) {
                    maker[instruction.d()] = maker[instruction.a()];
                } else {
                    int entry = tail & BUFFER - 1;
                    int bit = 1 << entry;
                    int waitsFor = 0;
                    for (int bits = PipelineCosts.sources(cost); bits != 0; bits &= bits - 1) {
                        int made = maker[Integer.numberOfTrailingZeros(bits)];
                        if (made >= head && (unfinished >>> made & 1) != 0) {
                            waitsFor |= 1 << made;
                            awaitedBy[made & BUFFER - 1] |= bit;
                        }
                    }
                    int destinations = PipelineCosts.destinations(cost);
                    if (destinations != 0) {
                        maker[Integer.numberOfTrailingZeros(destinations)] = tail;
                    }
                    awaits[entry] = waitsFor;
                    awaitedBy[entry] = 0;
                    latencyOf[entry] = PipelineCosts.latency(cost);
                    unitsOf[entry] = PipelineCosts.units(cost);
                    unfinished |= bit;
                    fresh |= waitsFor == 0 ? bit : 0;
                    tail++;
                }
                more = !instruction.opcode().isTerminator();
                if (more) {
                    pc = instruction.next();
                    instruction = program.instruction(pc);
                    cost = PipelineCosts.of(instruction, program, unlikely);
                }
            }

            int starts = STARTS;
            int oldestFirst = Integer.rotateRight(ready, head);
            while (oldestFirst != 0 && starts > 0) {
                int entry = Integer.numberOfTrailingZeros(oldestFirst) + head & BUFFER - 1;
                oldestFirst &= oldestFirst - 1;
                int rest = (free | GUARDS) - unitsOf[entry];
                if ((rest & GUARDS) == GUARDS) {
                    free -= unitsOf[entry];
                    doneAt[entry] = cycle + latencyOf[entry];
                    last = Math.max(last, doneAt[entry]);
                    ready &= ~(1 << entry);
                    executing |= 1 << entry;
                    starts--;
                }
            }
            if (!more && unfinished == executing) {
                return Math.max(last - CYCLES_NOT_CHARGED, 1);
            }

            boolean decodes = more && tail - head < BUFFER;
            if (decodes || fresh != 0 || (ready != 0 && starts == 0)) {
                cycle++;
            } else {
                int next = Integer.MAX_VALUE;
                for (int bits = executing; bits != 0; bits &= bits - 1) {
                    next = Math.min(next, doneAt[Integer.numberOfTrailingZeros(bits)]);
                }
                if (more && (unfinished >>> head & 1) == 0) {
                    next = Math.min(next, doneAt[head & BUFFER - 1] + 2);
                }
                cycle = Math.max(cycle + 1, next);
            }
            ready |= fresh;
        }
    }
}
