package io.marmalade.pvm;

/**
 * The cost of a block by the paper's rules, applied literally: what {@link PipelineGas} is compared
 * with.
 */
final class PlainPipeline {
    private PlainPipeline() {}

    static int cost(Program program, int start) {
        int unlikely = Opcode.UNLIKELY.number(program.dialect());
        int[] state = new int[64];
        int[] left = new int[64];
        int[] regs = new int[64];
        int[] units = new int[64];
        long[] deps = new long[64];
        int pc = start;
        boolean more = true;
        int cycle = 0;
        int decode = 4;
        int starts = 5;
        int[] free = {4, 4, 4, 1, 1};
        int entries = 0;
        while (true) {
            if (more) {
                Instruction instruction = program.instruction(pc);
                long cost = PipelineCosts.of(instruction, program, unlikely);
                int slots = PipelineCosts.slots(cost);
                if (slots <= decode && entries < 32) {
                    decode -= slots;
                    int sources = PipelineCosts.sources(cost);
                    int destinations = PipelineCosts.destinations(cost);
                    if (instruction.opcode() == Opcode.MOVE_REG) {
                        for (int i = 0; i < entries; i++) {
                            if ((regs[i] & sources) != 0) {
                                regs[i] |= destinations;
                            } else {
                                regs[i] &= ~destinations;
                            }
                        }
                    } else {
                        long needed = 0;
                        for (int i = 0; i < entries; i++) {
                            if ((regs[i] & sources) != 0) {
                                needed |= 1L << i;
                            }
                            regs[i] &= ~destinations;
                        }
                        state[entries] = 0;
                        left[entries] = PipelineCosts.latency(cost);
                        deps[entries] = needed;
                        regs[entries] = destinations;
                        units[entries] = PipelineCosts.units(cost);
                        entries++;
                    }
                    more = !instruction.opcode().isTerminator();
                    pc = instruction.next();
                    continue;
                }
            }
            if (starts > 0) {
                int ready = -1;
                for (int i = 0; i < entries && ready < 0; i++) {
                    if (state[i] == 1 && fits(free, units[i])) {
                        boolean waits = false;
                        for (int j = 0; j < i; j++) {
                            waits |= (deps[i] >>> j & 1) != 0 && left[j] != 0;
                        }
                        if (!waits) {
                            ready = i;
                        }
                    }
                }
                if (ready >= 0) {
                    state[ready] = 2;
                    take(free, units[ready], -1);
                    starts--;
                    continue;
                }
            }
            if (!more && entries == 0) {
                return Math.max(cycle - 3, 1);
            }
            decode = 4;
            starts = 5;
            cycle++;
            int retired = 0;
            while (retired < entries && state[retired] == 3) {
                retired++;
            }
            for (int i = 0; i < entries; i++) {
                if (state[i] == 0) {
                    state[i] = 1;
                } else if (state[i] == 2) {
                    if (left[i] == 1) {
                        take(free, units[i], 1);
                    }
                    if (left[i] == 0) {
                        state[i] = 3;
                    } else {
                        left[i]--;
                    }
                }
            }
            if (retired > 0) {
                entries -= retired;
                System.arraycopy(state, retired, state, 0, entries);
                System.arraycopy(left, retired, left, 0, entries);
                System.arraycopy(regs, retired, regs, 0, entries);
                System.arraycopy(units, retired, units, 0, entries);
                System.arraycopy(deps, retired, deps, 0, entries);
                for (int i = 0; i < entries; i++) {
                    deps[i] >>>= retired;
                }
            }
        }
    }

    private static boolean fits(int[] free, int units) {
        for (int unit = 0; unit < free.length; unit++) {
            if ((units >>> (4 * unit) & 15) > free[unit]) {
                return false;
            }
        }
        return true;
    }

    private static void take(int[] free, int units, int sign) {
        for (int unit = 0; unit < free.length; unit++) {
            free[unit] += sign * (units >>> (4 * unit) & 15);
        }
    }
}
