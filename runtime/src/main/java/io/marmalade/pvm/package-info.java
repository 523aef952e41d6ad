/**
 * The machine as data: appendix A of the Gray Paper without an engine.
 *
 * <p>A blob becomes a {@link io.marmalade.pvm.Program} (or, with the memory that it starts with, a
 * {@link io.marmalade.pvm.StandardProgram}); an {@link io.marmalade.pvm.Engine} makes {@link
 * io.marmalade.pvm.Machine}s of it; a machine runs until an {@link io.marmalade.pvm.ExitReason}.
 * What instructions there are stands in {@link io.marmalade.pvm.Opcode}, how their arguments are
 * laid out in {@link io.marmalade.pvm.ArgumentFormat}, and what a version of the protocol changes
 * in {@link io.marmalade.pvm.Dialect}. Where gas is paid by the block, {@link
 * io.marmalade.pvm.PipelineGas} says what a block costs.
 *
 * {@snippet :
 * byte[] blob = new Assembler(Dialect.V0_7_2)
 *         .add(Opcode.ADD_64, 8, 9, 7) // register 7 becomes the sum of registers 8 and 9
 *         .add(Opcode.JUMP_IND, 0, 0) // back to where register 0 says, here the halt
 *         .blob();
 * Program program = Program.decode(blob, ProtocolVersion.V0_7_2).orElseThrow();
 * try (Machine machine = engine.newMachine(program)) {
 *     machine.setRegister(0, StandardProgram.HALT_ADDRESS);
 *     machine.setRegister(8, 40);
 *     machine.setRegister(9, 2);
 *     machine.setGas(1_000);
 *     ExitReason reason = machine.run(); // a halt, with 42 in register 7 and 998 gas left
 * }
 * }
 */
@NullMarked
package io.marmalade.pvm;

import org.jspecify.annotations.NullMarked;
