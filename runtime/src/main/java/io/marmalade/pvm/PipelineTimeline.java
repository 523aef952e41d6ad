package io.marmalade.pvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the idealised processor of the pipeline schedule does with a block, cycle by cycle, for a
 * reader. It applies the paper's rules one by one; {@link PipelineGas} is the quick way to the cost
 * alone.
 */
public final class PipelineTimeline {
    private static final int BUFFER = 32;

    /** The cycles of one instruction, -1 before it is known; {@code move_reg} is only decoded. */
    private static final class Row {
        final Instruction instruction;
        final long cost;
        final int decoded;
        int started = -1;
        int finished = -1;
        int retired = -1;
        int state;
        int left;
        int written;
        final List<Row> awaited = new ArrayList<>();

        Row(Instruction instruction, long cost, int decoded) {
            this.instruction = instruction;
            this.cost = cost;
            this.decoded = decoded;
            this.left = PipelineCosts.latency(cost);
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private int cycles;

    private PipelineTimeline(Program program, int start) {
        simulate(program, start);
    }

    /**
     * Returns the timeline of the block that contains a place.
     *
     * @param program any program
     * @param pc any index
     * @return a line an instruction: {@code D} decoded, {@code .} waiting, {@code E} executing,
     *     {@code =} finished and waiting for older ones, {@code R} retired; then the cost
     */
    public static String of(Program program, int pc) {
        PipelineTimeline timeline = new PipelineTimeline(program, program.blockStart(pc));
        StringBuilder out = new StringBuilder();
        for (Row row : timeline.rows) {
            StringBuilder cells = new StringBuilder(" ".repeat(row.decoded)).append('D');
            for (int cycle = row.decoded + 1; cycle <= row.retired; cycle++) {
                char cell =
                        cycle == row.retired
                                ? 'R'
                                : cycle < row.started ? '.' : cycle < row.finished ? 'E' : '=';
                cells.append(cell);
            }
            String name = row.instruction.opcode().name().toLowerCase(Locale.ROOT);
            out.append(
                    String.format(
                            Locale.ROOT, "%8d  %-22s %s%n", row.instruction.pc(), name, cells));
        }
        out.append(
                String.format(
                        Locale.ROOT,
                        "%d cycles, of which 3 are free: gas %d%n",
                        timeline.cycles,
                        timeline.gas()));
        return out.toString();
    }

    /** What the block costs by this simulation. */
    static int gas(Program program, int start) {
        return new PipelineTimeline(program, start).gas();
    }

    private int gas() {
        return Math.max(cycles - 3, 1);
    }

    private void simulate(Program program, int start) {
        int unlikely = Opcode.UNLIKELY.number(program.dialect());
        List<Row> live = new ArrayList<>();
        int[] free = {4, 4, 4, 1, 1};
        int pc = start;
        boolean more = true;
        int decode = 4;
        int starts = 5;
        while (true) {
            if (more) {
                Instruction instruction = program.instruction(pc);
                long cost = PipelineCosts.of(instruction, program, unlikely);
                if (PipelineCosts.slots(cost) <= decode && live.size() < BUFFER) {
                    decode -= PipelineCosts.slots(cost);
                    Row row = new Row(instruction, cost, cycles);
                    rows.add(row);
                    decode(row, live);
                    more = !instruction.opcode().isTerminator();
                    pc = instruction.next();
                    continue;
                }
            }
            if (starts > 0 && start(live, free)) {
                starts--;
                continue;
            }
            if (!more && live.isEmpty()) {
                return;
            }
            decode = 4;
            starts = 5;
            cycles++;
            tick(live, free);
        }
    }

    private static void decode(Row row, List<Row> live) {
        int sources = PipelineCosts.sources(row.cost);
        int destinations = PipelineCosts.destinations(row.cost);
        boolean move = row.instruction.opcode() == Opcode.MOVE_REG;
        for (Row older : live) {
            boolean feeds = (older.written & sources) != 0;
            older.written &= ~destinations;
            if (feeds && move) {
                older.written |= destinations;
            } else if (feeds) {
                row.awaited.add(older);
            }
        }
        if (move) {
            row.retired = row.decoded;
        } else {
            row.written = destinations;
            live.add(row);
        }
    }

    private boolean start(List<Row> live, int[] free) {
        for (Row row : live) {
            int units = PipelineCosts.units(row.cost);
            if (row.state == 1
                    && fits(free, units)
                    && row.awaited.stream().allMatch(older -> older.left == 0)) {
                row.state = 2;
                row.started = cycles;
                take(free, units, -1);
                return true;
            }
        }
        return false;
    }

    private void tick(List<Row> live, int[] free) {
        int retired = 0;
        while (retired < live.size() && live.get(retired).state == 3) {
            live.get(retired).retired = cycles;
            retired++;
        }
        for (Row row : live) {
            if (row.state == 0) {
                row.state = 1;
            } else if (row.state == 2) {
                if (row.left == 1) {
                    take(free, PipelineCosts.units(row.cost), 1);
                }
                if (row.left == 0) {
                    row.state = 3;
                    row.finished = cycles;
                } else {
                    row.left--;
                }
            }
        }
        live.subList(0, retired).clear();
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
