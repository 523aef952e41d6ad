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
 * accesses to memory can be checked together; {@code MethodTranslator} and {@code
 * ComputationTranslator} say in terms of {@code Idioms} what each instruction does, {@code Idioms}
 * how that is written for the JVM; {@code RegionCompiler} makes classes of it and {@code
 * JitProgram} publishes them. Where memory lies ({@code MemoryKind}) changes only its idioms
 * ({@code MemoryIdioms}): {@code FlatMemory} outside of the Java heap where the JVM's flags allow
 * it, {@code ArrayMemory} everywhere else. What compiled code cannot do exactly it leaves,
 * <em>before</em> the instruction in question, to the interpreter.
 */
@NullMarked
package io.marmalade.pvm.jit;

import org.jspecify.annotations.NullMarked;
