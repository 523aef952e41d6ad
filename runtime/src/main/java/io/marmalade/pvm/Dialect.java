package io.marmalade.pvm;

import org.jspecify.annotations.Nullable;

/**
 * What a version of the protocol changes for the machine, in one table: the numbering of the
 * opcodes ({@link Opcode#number}), the gas schedule, and whether programs are validated.
 */
public enum Dialect {
    /**
     * Gray Paper 0.7.2: whatever is no instruction is a trap, one gas an instruction, {@code sbrk}.
     */
    V0_7_2(GasSchedule.PER_INSTRUCTION, false),
    /**
     * The draft that the first vectors for pipeline gas were made with: 0.7.2 with an {@code
     * unlikely} of its own number and gas charged by the block. No protocol version means this.
     */
    PIPELINE_DRAFT(GasSchedule.PIPELINE, false),
    /**
     * Gray Paper 0.8.0: programs are validated as a whole, gas is charged by the block, no {@code
     * sbrk}.
     */
    V0_8_0(GasSchedule.PIPELINE, true);

    private final GasSchedule gasSchedule;
    private final boolean validated;

    Dialect(GasSchedule gasSchedule, boolean validated) {
        this.gasSchedule = gasSchedule;
        this.validated = validated;
    }

    /** Returns how programs pay. */
    public GasSchedule gasSchedule() {
        return gasSchedule;
    }

    /**
     * Returns whether a program is validated as a whole before it runs, and static jumps check all
     * places they may go to, taken or not.
     */
    public boolean validated() {
        return validated;
    }

    /**
     * Returns the opcodes by their numbers, nulls where a number stands for none.
     *
     * @return 256 entries, a copy
     */
    public @Nullable Opcode[] opcodes() {
        return Tables.BY_NUMBER[ordinal()].clone();
    }

    /** Returns the shared table behind {@link #opcodes()}; it must not be changed. */
    @Nullable Opcode[] table() {
        return Tables.BY_NUMBER[ordinal()];
    }

    private static final class Tables {
        static final @Nullable Opcode[][] BY_NUMBER = build();

        private static @Nullable Opcode[][] build() {
            Dialect[] dialects = Dialect.values();
            @Nullable Opcode[][] tables = new Opcode[dialects.length][256];
            for (Dialect dialect : dialects) {
                for (Opcode opcode : Opcode.values()) {
                    int number = opcode.number(dialect);
                    if (number >= 0) {
                        if (tables[dialect.ordinal()][number] != null) {
                            throw new IllegalStateException(
                                    "two opcodes with number " + number + " in " + dialect);
                        }
                        tables[dialect.ordinal()][number] = opcode;
                    }
                }
            }
            return tables;
        }
    }
}
