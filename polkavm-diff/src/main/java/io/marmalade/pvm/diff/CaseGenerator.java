package io.marmalade.pvm.diff;

import io.marmalade.pvm.ArgumentFormat;
import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.StandardProgram;
import io.marmalade.pvm.diff.DiffCase.Answer;
import io.marmalade.pvm.diff.DiffCase.Chunk;
import io.marmalade.pvm.diff.DiffCase.Pages;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Cases of a seed. A third of them look like compiled code: functions with frames, loops that end,
 * calls and returns through the jump table, memory accessed by base and offset. A third mix all
 * instructions evenly. A third are malicious: odd encodings, bitmask tricks, jumps into the middle,
 * page edges, wrap-around, extreme gas, odd starts.
 *
 * <p>A case depends on the seed, the dialect and its index alone. Thread-safe.
 */
public final class CaseGenerator {
    private static final long[] INTERESTING = {
        0,
        1,
        -1,
        2,
        7,
        8,
        31,
        32,
        63,
        64,
        127,
        128,
        255,
        256,
        -128,
        0x7fff,
        0x8000,
        0xffff,
        0x7fff_ffffL,
        0x8000_0000L,
        0xffff_ffffL,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0x0102_0304_0506_0708L
    };

    /** First octet of the pages that all cases may have mapped. */
    private static final int DATA = 0x2_0000;

    private static final int READ_ONLY = 0x1_0000;
    private static final int STACK_TOP = 0x4_0000;

    private final long seed;
    private final Dialect dialect;
    private final List<Opcode> all = new ArrayList<>();
    private final List<Opcode> computing = new ArrayList<>();
    private final List<Opcode> immediates = new ArrayList<>();
    private final List<Opcode> loads = new ArrayList<>();
    private final List<Opcode> stores = new ArrayList<>();
    private final List<Opcode> branches = new ArrayList<>();

    /**
     * Makes a generator.
     *
     * @param seed decides all cases
     * @param dialect what the programs are written in
     */
    public CaseGenerator(long seed, Dialect dialect) {
        this.seed = seed;
        this.dialect = dialect;
        for (Opcode opcode : Opcode.values()) {
            if (opcode.number(dialect) < 0) {
                continue;
            }
            all.add(opcode);
            String name = opcode.name();
            if (name.startsWith("BRANCH")) {
                branches.add(opcode);
            } else if (name.startsWith("STORE_IND")) {
                stores.add(opcode);
            } else if (name.startsWith("LOAD_IND")) {
                loads.add(opcode);
            } else if (opcode.format() == ArgumentFormat.THREE_REGISTERS) {
                computing.add(opcode);
            } else if (opcode.format() == ArgumentFormat.TWO_REGISTERS_IMMEDIATE) {
                immediates.add(opcode);
            }
        }
    }

    /**
     * Returns a case.
     *
     * @param index which one
     * @return always the same for the same index
     */
    public DiffCase get(long index) {
        SplittableRandom mixing = new SplittableRandom(seed);
        SplittableRandom random = new SplittableRandom(mixing.nextLong() ^ index * 0x9e37_79b9L);
        return new Draft(new SplittableRandom(random.nextLong())).make();
    }

    /** One case in the making. */
    private final class Draft {
        private final SplittableRandom random;
        private final Assembler assembler = new Assembler(dialect);
        private final List<Integer> starts = new ArrayList<>();

        Draft(SplittableRandom random) {
            this.random = random;
        }

        DiffCase make() {
            int style = random.nextInt(3);
            if (style == 0) {
                realistic();
            } else {
                even(style == 2);
            }
            byte[] blob = assembler.blob();
            long pc = 0;
            if (style != 0 && random.nextInt(6) == 0) {
                pc = starts.get(random.nextInt(starts.size()));
            }
            if (style == 2) {
                if (random.nextInt(6) == 0) {
                    mutate(blob);
                }
                if (random.nextInt(30) == 0) {
                    pc =
                            random.nextInt(4) == 0
                                    ? random.nextInt() & 0xffff_ffffL
                                    : random.nextInt(blob.length + 3);
                }
            }
            long[] registers = new long[Machine.REGISTERS];
            for (int register = 0; register < registers.length; register++) {
                registers[register] = style == 0 ? value() : startValue();
            }
            if (style == 0 || random.nextBoolean()) {
                registers[0] = StandardProgram.HALT_ADDRESS;
                registers[1] = STACK_TOP - 16L * random.nextInt(8);
                registers[2] = DATA + 8L * random.nextInt(64);
            }
            List<Pages> pages = new ArrayList<>();
            List<Chunk> memory = new ArrayList<>();
            pages.add(new Pages(DATA >> 12, 1, true));
            if (style == 0 || random.nextInt(3) != 0) {
                pages.add(new Pages((STACK_TOP >> 12) - 1, 1, true));
            }
            if (random.nextInt(4) == 0) {
                pages.add(new Pages((DATA >> 12) + 1, 1, random.nextBoolean()));
            }
            if (random.nextInt(4) == 0) {
                pages.add(new Pages(READ_ONLY >> 12, 1, false));
                memory.add(chunk(READ_ONLY));
            }
            if (style == 2 && random.nextInt(40) == 0) {
                pages.add(new Pages((1 << 20) - 1, 1, true));
            }
            if (random.nextBoolean()) {
                memory.add(chunk(DATA));
            }
            List<Answer> answers = new ArrayList<>();
            int calls = random.nextInt(4);
            for (int call = 0; call < calls; call++) {
                long gas = random.nextInt(6) == 0 ? random.nextInt(60) : -1;
                answers.add(new Answer(random.nextInt(Machine.REGISTERS), startValue(), gas));
            }
            return new DiffCase(dialect, blob, registers, pages, memory, gas(style), pc, answers);
        }

        private Chunk chunk(int page) {
            byte[] octets = new byte[16 + random.nextInt(48)];
            random.nextBytes(octets);
            int at = random.nextInt(4) == 0 ? 4096 - octets.length : random.nextInt(8) * 8;
            return new Chunk(page + at, octets);
        }

        private long gas(int style) {
            return switch (random.nextInt(style == 2 ? 6 : 5)) {
                case 0 -> random.nextInt(40);
                case 1 -> random.nextInt(400);
                case 5 -> random.nextInt(4) == 0 ? Long.MAX_VALUE >>> 20 << 10 & 0xffff : 0;
                default -> 400 + random.nextInt(4000);
            };
        }

        /** Functions that call each other downwards, so that all of it ends. */
        private void realistic() {
            int functions = 1 + random.nextInt(3);
            int[] entries = new int[functions];
            for (int index = 0; index < functions; index++) {
                entries[index] = assembler.label();
            }
            int[] table = {0};
            for (int index = 0; index < functions; index++) {
                function(index, entries, table);
            }
            if (dialect.validated() || random.nextInt(4) != 0) {
                add(Opcode.TRAP);
            }
        }

        private void function(int index, int[] entries, int[] table) {
            assembler.place(entries[index]);
            int frame = 16 + 8 * random.nextInt(6);
            add(Opcode.ADD_IMM_64, 1, 1, -frame);
            add(Opcode.STORE_IND_U64, 0, 1, frame - 8);
            int blocks = 1 + random.nextInt(5);
            for (int block = 0; block < blocks; block++) {
                switch (random.nextInt(5)) {
                    case 0 -> {
                        // A loop: register 12 counts down and nothing in its body writes it.
                        add(Opcode.LOAD_IMM, 12, 1 + random.nextInt(12));
                        if (random.nextBoolean()) {
                            add(Opcode.FALLTHROUGH);
                        } else {
                            int next = assembler.label();
                            add(Opcode.JUMP, next);
                            assembler.place(next);
                        }
                        int top = assembler.here();
                        straight(1 + random.nextInt(8));
                        add(Opcode.ADD_IMM_64, 12, 12, -1);
                        add(Opcode.BRANCH_NE_IMM, 12, 0, top);
                    }
                    case 1 -> {
                        int over = assembler.label();
                        Opcode branch = branches.get(random.nextInt(branches.size()));
                        if (branch.format() == ArgumentFormat.TWO_REGISTERS_OFFSET) {
                            add(branch, working(), working(), over);
                        } else {
                            add(branch, working(), immediate(), over);
                        }
                        straight(1 + random.nextInt(6));
                        add(Opcode.FALLTHROUGH);
                        assembler.place(over);
                    }
                    case 2 -> {
                        if (index + 1 < entries.length) {
                            int callee = index + 1 + random.nextInt(entries.length - index - 1);
                            int back = assembler.label();
                            assembler.jumpTableEntry(back);
                            table[0]++;
                            add(Opcode.LOAD_IMM_JUMP, 0, 2L * table[0], entries[callee]);
                            assembler.place(back);
                        }
                        straight(2);
                    }
                    case 3 -> {
                        if (random.nextInt(3) == 0) {
                            add(Opcode.ECALLI, random.nextInt(30));
                        }
                        straight(3 + random.nextInt(12));
                    }
                    default -> straight(3 + random.nextInt(12));
                }
            }
            add(Opcode.LOAD_IND_U64, 0, 1, frame - 8);
            add(Opcode.ADD_IMM_64, 1, 1, frame);
            add(Opcode.JUMP_IND, 0, 0);
        }

        /**
         * A register that real code computes with: neither return address, stack, base nor counter.
         */
        private int working() {
            return 3 + random.nextInt(9);
        }

        private void straight(int count) {
            for (int index = 0; index < count; index++) {
                int kind = random.nextInt(100);
                if (kind < 12) {
                    Opcode load = loads.get(random.nextInt(loads.size()));
                    add(load, working(), 1 + random.nextInt(2), 8L * random.nextInt(8));
                } else if (kind < 24) {
                    Opcode store = stores.get(random.nextInt(stores.size()));
                    if (store.format() == ArgumentFormat.TWO_REGISTERS_IMMEDIATE) {
                        add(store, working(), 2, 8L * random.nextInt(8));
                    }
                } else if (kind < 34) {
                    add(Opcode.MOVE_REG, working(), working());
                } else if (kind < 42) {
                    add(Opcode.LOAD_IMM, working(), immediate());
                } else if (kind < 46) {
                    add(Opcode.LOAD_IMM_64, working(), value());
                } else if (kind < 70) {
                    Opcode opcode = immediates.get(random.nextInt(immediates.size()));
                    add(opcode, working(), working(), immediate());
                } else if (kind < 98) {
                    Opcode opcode = computing.get(random.nextInt(computing.size()));
                    add(opcode, working(), working(), working());
                } else {
                    Opcode opcode = all.get(random.nextInt(all.size()));
                    if (opcode.format() == ArgumentFormat.TWO_REGISTERS) {
                        add(opcode, working(), working());
                    }
                }
            }
        }

        /** All instructions alike, with jumps that hit and miss. */
        private void even(boolean malicious) {
            int count = 1 + random.nextInt(random.nextInt(12) == 0 ? 200 : 24);
            int[] labels = new int[count + 1];
            for (int index = 0; index <= count; index++) {
                labels[index] = assembler.label();
            }
            List<Integer> blocks = new ArrayList<>(List.of(0));
            boolean longBlocks = random.nextBoolean();
            boolean noMemory = random.nextInt(3) == 0;
            for (int index = 0; index < count; index++) {
                assembler.place(labels[index]);
                if (malicious && random.nextInt(12) == 0 && odd()) {
                    continue;
                }
                Opcode opcode = pick(longBlocks, noMemory);
                add(opcode, arguments(opcode, labels, blocks, index));
                if (opcode.isTerminator()) {
                    blocks.add(index + 1);
                }
            }
            assembler.place(labels[count]);
            if (dialect.validated() || random.nextInt(3) != 0) {
                add(random.nextInt(12) == 0 ? Opcode.FALLTHROUGH : Opcode.TRAP);
            }
            int entries = random.nextInt(6);
            for (int entry = 0; entry < entries; entry++) {
                assembler.jumpTableEntry(label(labels, blocks, random.nextInt(count)));
            }
        }

        /**
         * An instruction with octets as they come: sizes and registers out of range, too short, too
         * long.
         */
        private boolean odd() {
            boolean anything = !dialect.validated() && random.nextInt(4) == 0;
            byte[] octets = new byte[1 + random.nextInt(random.nextInt(5) == 0 ? 24 : 8)];
            random.nextBytes(octets);
            if (!anything) {
                Opcode opcode = all.get(random.nextInt(all.size()));
                octets[0] = (byte) opcode.number(dialect);
            }
            boolean instruction = dialect.validated() || random.nextInt(6) != 0;
            starts.add(assembler.size());
            assembler.raw(octets, instruction);
            return true;
        }

        private Opcode pick(boolean longBlocks, boolean noMemory) {
            while (true) {
                Opcode opcode =
                        random.nextInt(40) == 0
                                ? Opcode.ECALLI
                                : all.get(random.nextInt(all.size()));
                boolean memory = loads.contains(opcode) || stores.contains(opcode);
                if (opcode == Opcode.TRAP && random.nextInt(10) != 0
                        || noMemory && memory
                        || longBlocks && opcode.isTerminator() && random.nextInt(8) != 0) {
                    continue;
                }
                return opcode;
            }
        }

        private int label(int[] labels, List<Integer> blocks, int near) {
            return switch (random.nextInt(12)) {
                case 0 -> labels[random.nextInt(labels.length)];
                case 1, 2, 3 -> labels[blocks.get(random.nextInt(blocks.size()))];
                default -> labels[Math.min(labels.length - 1, near + 1 + random.nextInt(2))];
            };
        }

        private long[] arguments(Opcode opcode, int[] labels, List<Integer> blocks, int index) {
            long a = register();
            long b = register();
            long d = random.nextInt(30) == 0 ? random.nextInt(256) : register();
            return switch (opcode.format()) {
                case NONE -> new long[0];
                case IMMEDIATE -> new long[] {immediate()};
                case REGISTER_EXTENDED_IMMEDIATE -> new long[] {a, value()};
                case TWO_IMMEDIATES -> new long[] {address(), immediate()};
                case OFFSET -> new long[] {label(labels, blocks, index)};
                case REGISTER_IMMEDIATE ->
                        new long[] {
                            a,
                            opcode == Opcode.JUMP_IND
                                    ? jumpOffset()
                                    : opcode == Opcode.LOAD_IMM ? immediate() : address()
                        };
                case REGISTER_TWO_IMMEDIATES -> new long[] {a, small(), immediate()};
                case REGISTER_IMMEDIATE_OFFSET ->
                        new long[] {a, immediate(), label(labels, blocks, index)};
                case TWO_REGISTERS -> new long[] {d & 15, a};
                case TWO_REGISTERS_IMMEDIATE -> {
                    boolean memory = loads.contains(opcode) || stores.contains(opcode);
                    yield new long[] {a, memory ? base(b) : b, memory ? small() : immediate()};
                }
                case TWO_REGISTERS_OFFSET -> new long[] {a, b, label(labels, blocks, index)};
                case TWO_REGISTERS_TWO_IMMEDIATES -> new long[] {a, b, immediate(), jumpOffset()};
                case THREE_REGISTERS -> new long[] {a, b, d};
            };
        }

        private long base(long other) {
            return random.nextInt(3) == 0 ? other : 1 + random.nextInt(2);
        }

        /** Few registers meet often; the sloppy encodings of register 12 come too. */
        private int register() {
            return random.nextInt(24) == 0
                    ? 12 + random.nextInt(4)
                    : random.nextInt(random.nextBoolean() ? 5 : 13);
        }

        private long immediate() {
            return random.nextInt(3) == 0 ? small() : (int) value();
        }

        private long jumpOffset() {
            return random.nextInt(3) == 0 ? small() : 0;
        }

        private long small() {
            return random.nextInt(40) - 16;
        }

        private long value() {
            return switch (random.nextInt(3)) {
                case 0 -> random.nextLong();
                case 1 -> random.nextInt(64);
                default -> INTERESTING[random.nextInt(INTERESTING.length)];
            };
        }

        private long startValue() {
            return switch (random.nextInt(6)) {
                case 0 -> random.nextLong();
                case 1 -> 2L * random.nextInt(12);
                case 2 -> INTERESTING[random.nextInt(INTERESTING.length)];
                case 3 -> Integer.toUnsignedLong(address());
                case 4 -> DATA + random.nextInt(4096);
                default -> DATA + 0x1000L * random.nextInt(3) - random.nextInt(10);
            };
        }

        private int address() {
            return switch (random.nextInt(12)) {
                case 0 -> random.nextInt();
                case 1 -> random.nextInt(8) - 8;
                case 2 -> 0xffff - random.nextInt(8);
                case 3 -> DATA + 0x1000 - 4 + random.nextInt(8);
                case 4 -> STACK_TOP - 4 + random.nextInt(8);
                case 5 -> READ_ONLY + random.nextInt(4096);
                default -> DATA + random.nextInt(4096);
            };
        }

        private void add(Opcode opcode, long... arguments) {
            starts.add(assembler.size());
            assembler.add(opcode, arguments);
        }

        /** Changes single octets anywhere: header, jump table, code or mask. */
        private void mutate(byte[] blob) {
            int changes = 1 + random.nextInt(3);
            for (int change = 0; change < changes; change++) {
                int at = random.nextInt(blob.length);
                blob[at] =
                        random.nextBoolean()
                                ? (byte) (blob[at] ^ 1 << random.nextInt(8))
                                : (byte) random.nextInt();
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CaseGenerator that && seed == that.seed && dialect == that.dialect;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seed) * 31 + dialect.hashCode();
    }
}
