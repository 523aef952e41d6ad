package io.marmalade.invocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.crypto.hash.Blake2b;
import io.marmalade.invocation.ProgramInvocation.Outcome;
import io.marmalade.invocation.ProgramInvocation.Result;
import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;
import io.marmalade.pvm.interpreter.InterpreterEngine;

import org.junit.jupiter.api.Test;

/** Ψ_M, case by case, and the cache of programs. */
class ProgramInvocationTest {
    private static final ProtocolVersion VERSION = ProtocolVersion.V0_7_2;
    private static final HostCallHandler NO_CALLS = (number, machine) -> null;

    private static ServiceProgram program(TestAssembler code) {
        ServiceProgram program =
                ServiceProgram.decode(Bytes.of(code.service(new byte[] {7, 8, 9}, 2)), VERSION);
        assertNotNull(program);
        return program;
    }

    private static Result invoke(TestAssembler code, long gas, HostCallHandler calls) {
        return invoke(code, 0, gas, new byte[] {1, 2, 3}, calls);
    }

    private static Result invoke(
            TestAssembler code, int entry, long gas, byte[] arguments, HostCallHandler calls) {
        return ProgramInvocation.invoke(
                new InterpreterEngine(), program(code), entry, gas, arguments, 100, calls);
    }

    private static Bytes bytes(int... octets) {
        byte[] array = new byte[octets.length];
        for (int i = 0; i < array.length; i++) {
            array[i] = (byte) octets[i];
        }
        return Bytes.of(array);
    }

    @Test
    void handsBackWhatTheProgramPointsAt() {
        TestAssembler echo = new TestAssembler().halt();
        assertEquals(
                new Result(new Outcome.Output(bytes(1, 2, 3)), 1), invoke(echo, 100, NO_CALLS));
        TestAssembler own = new TestAssembler().load(7, 0x10001).load(8, 2).halt();
        assertEquals(new Result(new Outcome.Output(bytes(8, 9)), 3), invoke(own, 100, NO_CALLS));
    }

    @Test
    void handsBackNothingWhereNothingIsReadable() {
        Outcome empty = new Outcome.Output(Bytes.EMPTY);
        assertEquals(
                new Result(empty, 2),
                invoke(new TestAssembler().load(7, 0x5000_0000).halt(), 100, NO_CALLS));
        assertEquals(
                new Result(empty, 2),
                invoke(new TestAssembler().load(8, -1).halt(), 100, NO_CALLS));
        assertEquals(
                new Result(empty, 3),
                invoke(new TestAssembler().load(7, -1).load(8, 0).halt(), 100, NO_CALLS));
    }

    @Test
    void tellsTheSizeOfAnOutputThatIsTooLarge() {
        TestAssembler large = new TestAssembler().load(7, 0x10000).load(8, 101).halt();
        assertEquals(new Result(new Outcome.Oversize(101), 3), invoke(large, 100, NO_CALLS));
        TestAssembler fits = new TestAssembler().load(7, 0x10000).load(8, 100).halt();
        Result result = invoke(fits, 100, NO_CALLS);
        assertEquals(100, ((Outcome.Output) result.outcome()).data().size());
    }

    @Test
    void tellsHowTheProgramFailed() {
        assertEquals(
                new Result(new Outcome.Panic(), 1),
                invoke(new TestAssembler().trap(), 100, NO_CALLS));
        assertEquals(
                new Result(new Outcome.Panic(), 2),
                invoke(
                        new TestAssembler().load(2, 0x5000_0000).fetch(3, 2, 0).halt(),
                        100,
                        NO_CALLS));
        assertEquals(
                new Result(new Outcome.OutOfGas(), 100),
                invoke(new TestAssembler().fallthrough().jump(1), 100, NO_CALLS));
        assertEquals(
                new Result(new Outcome.Panic(), 1),
                invoke(
                        new TestAssembler().hostCall(5).halt(),
                        100,
                        (number, machine) -> ExitReason.PANIC));
    }

    @Test
    void usesAllGasWhereAHostCallCannotBePaid() {
        HostCallHandler calls =
                (number, machine) -> Guest.pay(machine, 1000) ? null : Guest.OUT_OF_GAS;
        assertEquals(
                new Result(new Outcome.OutOfGas(), 100),
                invoke(new TestAssembler().hostCall(5).halt(), 100, calls));
    }

    @Test
    void startsAtTheEntry() {
        TestAssembler code = new TestAssembler().jump(0).trap().halt();
        assertEquals(
                new Result(new Outcome.Output(bytes(1, 2, 3)), 1),
                invoke(code, 6, 100, new byte[] {1, 2, 3}, NO_CALLS));
    }

    @Test
    void takesGasUnsigned() {
        assertEquals(
                new Result(new Outcome.Output(bytes(1, 2, 3)), 1),
                invoke(new TestAssembler().halt(), -1, NO_CALLS));
        assertEquals(
                new Result(new Outcome.OutOfGas(), 0),
                invoke(new TestAssembler().halt(), 0, NO_CALLS));
    }

    /** A block that cannot be paid takes nothing, so that what is left was not used. */
    @Test
    void countsAsUsedSince080WhatIsNotLeftWhereABlockCannotBePaid() {
        Assembler loop = new Assembler(Dialect.V0_8_0);
        loop.add(Opcode.JUMP, loop.here());
        byte[] standard = loop.standardProgram(new byte[0], new byte[0], 0, 4096);
        byte[] code = new byte[1 + standard.length];
        System.arraycopy(standard, 0, code, 1, standard.length);
        ServiceProgram program = ServiceProgram.decode(Bytes.of(code), ProtocolVersion.V0_8_0);
        assertNotNull(program);
        for (long[] limitAndUsed : new long[][] {{14, 0}, {15, 15}, {100, 90}, {105, 105}}) {
            assertEquals(
                    new Result(new Outcome.OutOfGas(), limitAndUsed[1]),
                    ProgramInvocation.invoke(
                            new InterpreterEngine(),
                            program,
                            0,
                            limitAndUsed[0],
                            new byte[0],
                            100,
                            NO_CALLS));
        }
        assertEquals(
                new Result(new Outcome.Panic(), 0),
                ProgramInvocation.invoke(
                        new InterpreterEngine(), program, 5, 100, new byte[0], 100, NO_CALLS));
    }

    @Test
    void panicsAtOnceWhereTheCodeIsNoProgram() {
        ServiceProgram none = ServiceProgram.decode(bytes(1, 0, 1, 2, 3), VERSION);
        assertNotNull(none);
        assertEquals(3, none.codeSize());
        assertEquals(
                new Result(new Outcome.Panic(), 0),
                ProgramInvocation.invoke(
                        new InterpreterEngine(), none, 0, 100, new byte[0], 100, NO_CALLS));
    }

    @Test
    void panicsAtOnceWhereTheArgumentsAreTooLong() {
        byte[] arguments = new byte[StandardProgram.MAX_ARGUMENTS + 1];
        assertEquals(
                new Result(new Outcome.Panic(), 0),
                invoke(new TestAssembler().halt(), 0, 100, arguments, NO_CALLS));
    }

    @Test
    void takesPreimagesApart() {
        assertNull(ServiceProgram.decode(Bytes.EMPTY, VERSION));
        assertNull(ServiceProgram.decode(bytes(3, 1, 2), VERSION));
        ServiceProgram empty = ServiceProgram.decode(bytes(2, 1, 2), VERSION);
        assertNotNull(empty);
        assertEquals(0, empty.codeSize());
        assertNull(empty.standard());
        byte[] code = new TestAssembler().halt().service(new byte[0], 0);
        ServiceProgram service = ServiceProgram.decode(Bytes.of(code), VERSION);
        assertNotNull(service);
        assertEquals(code.length - 4, service.codeSize());
        assertNotNull(service.standard());
    }

    @Test
    void remembersTheProgramsUsedLast() {
        Bytes[] codes = new Bytes[3];
        Hash[] hashes = new Hash[3];
        for (int i = 0; i < 3; i++) {
            codes[i] = Bytes.of(new TestAssembler().load(1, i).halt().service(new byte[0], 0));
            hashes[i] = Blake2b.hash(codes[i].octets());
        }
        ProgramCache cache = new ProgramCache(VERSION, 2 * (1024L + codes[0].size()));
        assertNull(cache.load(Hash.ZERO, Bytes.EMPTY));
        assertEquals(0, cache.size());
        ServiceProgram first = cache.load(hashes[0], codes[0]);
        ServiceProgram second = cache.load(hashes[1], codes[1]);
        assertSame(first, cache.load(hashes[0], codes[0]));
        cache.load(hashes[2], codes[2]);
        assertEquals(2, cache.size());
        assertSame(first, cache.load(hashes[0], codes[0]));
        assertEquals(false, second == cache.load(hashes[1], codes[1]));
        ProgramCache small = new ProgramCache(VERSION, 100);
        assertNotNull(small.load(hashes[0], codes[0]));
        assertEquals(0, small.size());
    }
}
