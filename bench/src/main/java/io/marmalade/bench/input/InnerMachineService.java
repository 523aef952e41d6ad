package io.marmalade.bench.input;

import io.marmalade.invocation.HostCallName;
import io.marmalade.pvm.Assembler;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * A service whose refinement makes an inner machine, gives it a page of memory, runs a recursive
 * program in it to its end, reads the result back and removes the machine, some times over. It
 * returns the result.
 */
final class InnerMachineService {
    /** What the inner program computes the Fibonacci number of: some 20,000 instructions. */
    static final int ARGUMENT = 14;

    static final long ANSWER = 377;

    /** How many machines are made. */
    static final int MACHINES = 20;

    private static final int PROGRAM = StandardProgram.ZONE_SIZE;
    private static final int STATE = 3 * StandardProgram.ZONE_SIZE;
    private static final int STACK_PAGE = 0x20;
    private static final int INNER_GAS = 10_000_000;

    /** Where a standard program says how large its code is, if it has no data of its own. */
    private static final int CODE_SIZE_AT = 11;

    private InnerMachineService() {}

    /** Returns the service's code. */
    static byte[] code(ProtocolVersion version) throws IOException {
        byte[] fib = Kernel.named("fib").blob(version);
        byte[] inner = Arrays.copyOfRange(fib, CODE_SIZE_AT + 4, fib.length);
        Assembler code = new Assembler(version.dialect());
        int loop = code.label();
        code.add(Opcode.LOAD_IMM, 2, MACHINES);
        code.add(Opcode.JUMP, loop).place(loop);
        registers(code, 7, PROGRAM, inner.length, 0);
        call(code, version, HostCallName.MACHINE);
        code.add(Opcode.MOVE_REG, 3, 7);
        registers(code, 8, STACK_PAGE, 1, 2);
        call(code, version, HostCallName.PAGES);
        registers(code, 8, STATE, STACK_PAGE << 12, 64);
        code.add(Opcode.MOVE_REG, 7, 3);
        call(code, version, HostCallName.POKE);
        state(code, 0, INNER_GAS);
        state(code, 1, StandardProgram.HALT_ADDRESS);
        state(code, 2, STACK_PAGE + 1 << 12);
        state(code, 8, ARGUMENT);
        registers(code, 8, STATE);
        code.add(Opcode.MOVE_REG, 7, 3);
        call(code, version, HostCallName.INVOKE);
        registers(code, 8, STATE + 512, STACK_PAGE << 12, 64);
        code.add(Opcode.MOVE_REG, 7, 3);
        call(code, version, HostCallName.PEEK);
        code.add(Opcode.MOVE_REG, 7, 3);
        call(code, version, HostCallName.EXPUNGE);
        code.add(Opcode.ADD_IMM_64, 2, 2, -1).add(Opcode.BRANCH_NE_IMM, 2, 0, loop);
        registers(code, 7, STATE + 8 * 8, 8);
        code.add(Opcode.JUMP_IND, 0, 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {1, 'm'});
        out.writeBytes(code.standardProgram(inner, new byte[0], 1, 4096));
        return out.toByteArray();
    }

    private static void registers(Assembler code, int first, int... values) {
        for (int i = 0; i < values.length; i++) {
            code.add(Opcode.LOAD_IMM, first + i, values[i]);
        }
    }

    /** Sets a word of what an inner machine starts with: gas, then registers. */
    private static void state(Assembler code, int word, long value) {
        code.add(Opcode.LOAD_IMM_64, 4, value).add(Opcode.LOAD_IMM, 5, STATE);
        code.add(Opcode.STORE_IND_U64, 4, 5, 8L * word);
    }

    private static void call(Assembler code, ProtocolVersion version, HostCallName name) {
        code.add(Opcode.ECALLI, name.number(version));
    }
}
