/**
 * Programs as JVM classes. {@link io.marmalade.pvm.jit.JitEngine} is the door: it runs a program in
 * an interpreter first, finds out which functions are hot, has them translated in the background
 * and goes on in what was made of them.
 *
 * {@snippet :
 * StandardProgram program = StandardProgram.decode(blob, version).orElseThrow();
 * Engine engine = JitEngine.tiered(new InterpreterEngine()); // one for all programs
 * try (Machine machine = engine.newMachine(program.program())) {
 *     program.load(machine, arguments);
 *     machine.setGas(1_000_000);
 *     ExitReason end = machine.run((number, caller) -> ExitReason.PANIC); // no host calls
 *     System.out.println(end + " with " + machine.register(7));
 * }
 * }
 *
 * <p>The way of a function: {@code FunctionFinder} says which blocks belong to it and cuts them
 * into pieces, {@code Liveness} which registers must be in place where, {@code AccessGroups} which
 * accesses to memory can be checked together, {@code GasTests} where gas is looked at, {@code
 * LoopRun} which loops can do many rounds unchecked, {@code DispatchCopies} which jumps are better
 * there once for each way to them; {@code MethodTranslator} and {@code ComputationTranslator} say
 * in terms of {@code Idioms} what each instruction does, {@code Idioms} how that is written for the
 * JVM; {@code RegionCompiler} makes classes of it and {@code JitProgram} publishes them. Where
 * memory lies ({@code MemoryKind}) changes only its idioms ({@code MemoryIdioms}): {@code
 * FlatMemory} outside of the Java heap where the JVM's flags allow it, {@code ArrayMemory}
 * everywhere else. What compiled code cannot do exactly it leaves, <em>before</em> the instruction
 * in question, to the interpreter.
 *
 * <h2>What holds warm code back</h2>
 *
 * Measured against {@code cc -O2}, best of many runs, with what was found by leaving out gas, range
 * checks or both:
 *
 * <ul>
 *   <li>Checked loops through memory (sieve 1.2, matrix product 0.9): little. Loops of several
 *       blocks, and those whose addresses are scaled indices, still check each access.
 *   <li>Dispatch of a bytecode interpreter (2.7, and 5.5 with one dispatch for all handlers):
 *       HotSpot keeps gas and the place in the bytecode in memory around each jump, and its choices
 *       fall so that one process in five takes twice as long. With {@code tiered} (4.5) the loop
 *       was once entered in its middle, so that less is constant in it: probably that is why.
 *   <li>Calls (fib 1.3): without range checks 1.1; gas is a tenth.
 *   <li>Blake2b, products of field elements (2.3 to 2.4): range checks are a quarter, gas a
 *       twentieth. What costs is less the comparison than that every register must be exact where a
 *       check may leave, so that what the guest needs no more is kept, and moved about. Carries and
 *       both halves of a product take an instruction more each than in native code: HotSpot knows
 *       no {@code adc}, and multiplies twice.
 * </ul>
 *
 * <p>What was tried and does not pay: one check of a function's stack frame for all of its blocks
 * (field product 3 % faster, Blake2b and recovery slower: the pointer takes a register), the stack
 * before the heap for what arguments point to (no difference), loops of more than two dozen
 * instructions in unchecked rounds (SHA-256 15 % faster or slower, as HotSpot's choices fall),
 * rounds ahead of loops that end by what they find in memory (quicksort 10 % slower), the JVM's
 * spills in memory instead of vector registers (Blake2b 35 % slower), copies of a dispatch where
 * memory is in an array (its accesses are inlined by a budget: 1.5 times as slow), the start of
 * memory kept in the machine like its ranges (Blake2b a tenth slower), no way into the targets of
 * jumps without copies of the dispatch (no difference).
 */
@NullMarked
package io.marmalade.pvm.jit;

import org.jspecify.annotations.NullMarked;
