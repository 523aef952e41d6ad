package io.marmalade.pvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PipelineGasTest {
    private static final long SEED =
            Long.getLong("marmalade.seed", System.nanoTime() & 0xffff_ffffL);

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void costsWhatThePlainRulesSay(Dialect dialect) {
        System.out.println(dialect + " from -Dmarmalade.seed=" + SEED);
        for (int index = 0; index < 500; index++) {
            long seed = SEED + index;
            Program program =
                    Program.decode(new RandomProgram(seed, dialect).blob(), dialect).orElseThrow();
            for (int pc = 0; pc <= program.codeSize(); pc++) {
                int start = pc;
                while (program.precedingInBlock(start) >= 0) {
                    start = program.precedingInBlock(start);
                }
                assertEquals(
                        PlainPipeline.cost(program, start),
                        program.blockCosts().cost(pc),
                        dialect + ", -Dmarmalade.seed=" + seed + ", pc " + pc);
            }
        }
    }

    private static int cost(Assembler assembler) {
        return Program.decode(assembler.blob(), Dialect.V0_8_0).orElseThrow().blockCosts().cost(0);
    }

    private static Assembler assembler() {
        return new Assembler(Dialect.V0_8_0);
    }

    @Test
    void loneInstructionsCostTheirLatency() {
        assertEquals(2, cost(assembler().add(Opcode.TRAP)));
        assertEquals(2, cost(assembler().add(Opcode.FALLTHROUGH).add(Opcode.TRAP)));
        assertEquals(22, cost(assembler().add(Opcode.JUMP_IND, 0, 0)));
        Assembler jump = assembler();
        assertEquals(15, cost(jump.add(Opcode.JUMP, jump.here())));
    }

    @Test
    void unlikelyAndHostCallsAreDear() {
        assertEquals(40, cost(assembler().add(Opcode.UNLIKELY).add(Opcode.TRAP)));
        assertEquals(100, cost(assembler().add(Opcode.ECALLI, 1).add(Opcode.TRAP)));
    }

    @Test
    void multiplicationsAndDivisionsTakeTurns() {
        Assembler multiplications = assembler();
        multiplications.add(Opcode.MUL_64, 0, 1, 2).add(Opcode.MUL_64, 3, 4, 5).add(Opcode.TRAP);
        assertEquals(6, cost(multiplications));
        Assembler divisions = assembler();
        divisions.add(Opcode.DIV_U_64, 0, 1, 2).add(Opcode.DIV_U_64, 3, 4, 5).add(Opcode.TRAP);
        assertEquals(120, cost(divisions));
    }

    @Test
    void loadsWaitForUnitsAndAdditionsForLoads() {
        Assembler dependent = assembler();
        dependent.add(Opcode.LOAD_IND_U64, 0, 1, 0).add(Opcode.ADD_64, 0, 2, 3).add(Opcode.TRAP);
        assertEquals(26, cost(dependent));
        Assembler loads = assembler();
        for (int register = 0; register < 8; register++) {
            loads.add(Opcode.LOAD_IND_U64, register, 12, 8 * register);
        }
        assertEquals(50, cost(loads.add(Opcode.TRAP)));
    }

    /** What they leave as it is they must have: they wait for the sixty cycles of a division. */
    @Test
    void conditionalMovesWaitForTheirDestination() {
        for (Opcode move : new Opcode[] {Opcode.CMOV_IZ, Opcode.CMOV_NZ}) {
            Assembler registers = assembler().add(Opcode.DIV_U_64, 0, 1, 2);
            assertEquals(62, cost(registers.add(move, 3, 4, 2).add(Opcode.TRAP)), move.name());
        }
        for (Opcode move : new Opcode[] {Opcode.CMOV_IZ_IMM, Opcode.CMOV_NZ_IMM}) {
            Assembler immediate = assembler().add(Opcode.DIV_U_64, 0, 1, 2);
            assertEquals(62, cost(immediate.add(move, 2, 3, 4).add(Opcode.TRAP)), move.name());
        }
        Assembler unconditional = assembler().add(Opcode.DIV_U_64, 0, 1, 2);
        assertEquals(60, cost(unconditional.add(Opcode.ADD_IMM_64, 2, 3, 4).add(Opcode.TRAP)));
    }

    @Test
    void longRunsAreBoundByDecodingOrByTheirChain() {
        Assembler immediates = assembler();
        Assembler chain = assembler();
        for (int index = 0; index < 40; index++) {
            immediates.add(Opcode.LOAD_IMM, 0, index);
            chain.add(Opcode.ADD_64, 0, 1, 0);
        }
        assertEquals(12, cost(immediates.add(Opcode.TRAP)));
        assertEquals(40, cost(chain.add(Opcode.TRAP)));
    }

    @Test
    void branchesCostLessWhereOneWayLeadsNowhere() {
        Assembler likely = assembler();
        int target = likely.label();
        likely.add(Opcode.BRANCH_EQ, 0, 1, target).add(Opcode.FALLTHROUGH);
        likely.place(target).add(Opcode.FALLTHROUGH).add(Opcode.TRAP);
        assertEquals(20, cost(likely));
        Assembler hinted = assembler();
        target = hinted.label();
        hinted.add(Opcode.BRANCH_EQ, 0, 1, target).add(Opcode.UNLIKELY).add(Opcode.FALLTHROUGH);
        hinted.place(target).add(Opcode.FALLTHROUGH).add(Opcode.TRAP);
        assertEquals(1, cost(hinted));
    }

    @Test
    void everyPlaceOfABlockCostsTheWholeBlock() {
        Assembler loads = assembler();
        for (int register = 0; register < 8; register++) {
            loads.add(Opcode.LOAD_IND_U64, register, 12, 8 * register);
        }
        Program program =
                Program.decode(loads.add(Opcode.TRAP).blob(), Dialect.V0_8_0).orElseThrow();
        for (int pc = 0; pc < program.codeSize(); pc++) {
            if (program.isInstruction(pc)) {
                assertEquals(50, program.blockCosts().cost(pc));
            }
        }
    }
}
