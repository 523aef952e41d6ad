package io.marmalade.pvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Programs of a seed, and machines to start them on: all instructions, registers that point into
 * memory and at its edges, jumps that hit and miss, and where programs are not validated also
 * octets that are no instructions.
 */
public final class RandomProgram {
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

    private final Random random;
    private final Dialect dialect;
    private final List<Opcode> opcodes = new ArrayList<>();
    private final byte[] blob;
    private final List<Integer> instructions = new ArrayList<>();

    /**
     * Makes a program.
     *
     * @param seed decides everything
     * @param dialect the program is valid where the dialect validates
     */
    public RandomProgram(long seed, Dialect dialect) {
        this.random = new Random(seed);
        this.dialect = dialect;
        for (Opcode opcode : Opcode.values()) {
            if (opcode.number(dialect) >= 0) {
                opcodes.add(opcode);
            }
        }
        this.blob = make();
    }

    /** Returns the program blob. */
    public byte[] blob() {
        return blob.clone();
    }

    private byte[] make() {
        Assembler assembler = new Assembler(dialect);
        int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 1500 : 40);
        int memoryShare = random.nextInt(4);
        int[] labels = new int[count + 1];
        for (int index = 0; index <= count; index++) {
            labels[index] = assembler.label();
        }
        List<Integer> blockStarts = new ArrayList<>(List.of(0));
        int jumpEntries = random.nextInt(8);
        boolean longBlocks = random.nextBoolean();
        for (int index = 0; index < count; index++) {
            assembler.place(labels[index]);
            instructions.add(assembler.size());
            if (!dialect.validated() && random.nextInt(60) == 0) {
                byte[] octets = new byte[1 + random.nextInt(random.nextInt(5) == 0 ? 40 : 6)];
                random.nextBytes(octets);
                assembler.raw(octets, random.nextInt(4) != 0);
                continue;
            }
            Opcode opcode = pick(memoryShare, longBlocks);
            assembler.add(opcode, arguments(opcode, labels, blockStarts, index, count));
            if (opcode.isTerminator()) {
                blockStarts.add(index + 1);
            }
        }
        assembler.place(labels[count]);
        if (dialect.validated() || random.nextInt(3) != 0) {
            instructions.add(assembler.size());
            assembler.add(random.nextInt(8) == 0 ? Opcode.FALLTHROUGH : Opcode.TRAP);
        }
        for (int entry = 0; entry < jumpEntries; entry++) {
            assembler.jumpTableEntry(label(labels, blockStarts, random.nextInt(count)));
        }
        return assembler.blob();
    }

    private Opcode pick(int memoryShare, boolean longBlocks) {
        while (true) {
            Opcode opcode =
                    random.nextInt(40) == 0
                            ? Opcode.ECALLI
                            : opcodes.get(random.nextInt(opcodes.size()));
            boolean memory =
                    opcode.name().startsWith("STORE")
                            || opcode.name().matches("LOAD_(IND_)?[UI]\\d+");
            boolean ends = opcode == Opcode.TRAP;
            if (ends && random.nextInt(10) != 0
                    || memory && random.nextInt(4) > memoryShare
                    || opcode.isTerminator() && longBlocks && random.nextInt(8) != 0) {
                continue;
            }
            return opcode;
        }
    }

    private int label(int[] labels, List<Integer> blockStarts, int near) {
        return switch (random.nextInt(12)) {
            case 0 -> labels[random.nextInt(labels.length)];
            case 1, 2, 3, 4 -> labels[blockStarts.get(random.nextInt(blockStarts.size()))];
            default -> labels[Math.min(labels.length - 1, near + 1 + random.nextInt(3))];
        };
    }

    private long[] arguments(
            Opcode opcode, int[] labels, List<Integer> blockStarts, int index, int count) {
        long a = register();
        long b = register();
        long d = random.nextInt(30) == 0 ? random.nextInt(256) : register();
        return switch (opcode.format()) {
            case NONE -> new long[0];
            case IMMEDIATE -> new long[] {immediate()};
            case REGISTER_EXTENDED_IMMEDIATE -> new long[] {a, value()};
            case TWO_IMMEDIATES -> new long[] {address(), immediate()};
            case OFFSET -> new long[] {label(labels, blockStarts, index)};
            case REGISTER_IMMEDIATE -> {
                boolean jump = opcode == Opcode.JUMP_IND;
                yield new long[] {
                    a, jump ? jumpOffset() : opcode == Opcode.LOAD_IMM ? immediate() : address()
                };
            }
            case REGISTER_TWO_IMMEDIATES -> new long[] {a, small(), immediate()};
            case REGISTER_IMMEDIATE_OFFSET ->
                    new long[] {a, immediate(), label(labels, blockStarts, index)};
            case TWO_REGISTERS -> new long[] {d & 15, a};
            case TWO_REGISTERS_IMMEDIATE -> {
                boolean memory = opcode.name().contains("IND");
                yield new long[] {a, b, memory ? small() : immediate()};
            }
            case TWO_REGISTERS_OFFSET -> new long[] {a, b, label(labels, blockStarts, index)};
            case TWO_REGISTERS_TWO_IMMEDIATES -> new long[] {a, b, immediate(), jumpOffset()};
            case THREE_REGISTERS -> new long[] {a, b, d};
        };
    }

    /** Few registers meet often; the sloppy encodings of register 12 come too. */
    private int register() {
        return random.nextInt(20) == 0
                ? 12 + random.nextInt(4)
                : random.nextInt(random.nextBoolean() ? 5 : 13);
    }

    private long immediate() {
        long value = value();
        return random.nextInt(3) == 0 ? small() : (int) value;
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

    /** An address in or at the edge of the pages that {@link #prepare} maps. */
    private int address() {
        return switch (random.nextInt(10)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextInt(8) - 8;
            case 2 -> 0xffff - random.nextInt(8);
            case 3 -> 0x2_0000 - 4 + random.nextInt(8);
            default -> 0x1_0000 + random.nextInt(0x1_0000);
        };
    }

    /**
     * Readies a machine: registers, pages, gas and program counter, all of this program's seed and
     * of another.
     *
     * @param seed what differs between runs of one program
     * @param machine fresh
     */
    public void prepare(long seed, Machine machine) {
        Random choices = new Random(seed);
        for (int register = 0; register < Machine.REGISTERS; register++) {
            long value =
                    switch (choices.nextInt(5)) {
                        case 0 -> choices.nextLong();
                        case 1 -> 2 * choices.nextInt(12);
                        case 2 -> INTERESTING[choices.nextInt(INTERESTING.length)];
                        case 3 -> 0x1_0000 + choices.nextInt(0x1_0000);
                        default -> 0x1_1000L + choices.nextInt(16) * 0x1000L - choices.nextInt(10);
                    };
            machine.setRegister(
                    register, choices.nextInt(8) == 0 ? StandardProgram.HALT_ADDRESS : value);
        }
        byte[] octets = new byte[GuestMemory.PAGE_SIZE];
        for (int page = 16; page < 33; page++) {
            int access = choices.nextInt(6);
            if (access > 0) {
                machine.memory()
                        .setAccess(page, 1, access == 1 ? PageAccess.READ : PageAccess.WRITE);
                if (choices.nextBoolean()) {
                    choices.nextBytes(octets);
                    machine.memory().write((long) page << 12, octets);
                }
            }
        }
        if (choices.nextBoolean()) {
            machine.memory().setAccess((1 << 20) - 1, 1, PageAccess.WRITE);
        }
        if (choices.nextBoolean()) {
            machine.memory().setHeap(0x2_1000, 0x2_4000);
        }
        machine.setGas(choices.nextInt(4) == 0 ? choices.nextInt(30) : choices.nextInt(20_000));
        machine.setPc(
                switch (choices.nextInt(6)) {
                    case 0 -> choices.nextInt(blob.length + 3);
                    case 1, 2 -> instructions.get(choices.nextInt(instructions.size()));
                    default -> 0;
                });
    }
}
