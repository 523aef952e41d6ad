package io.marmalade.pvm.diff;

import io.marmalade.pvm.ArgumentFormat;
import io.marmalade.pvm.Dialect;
import io.marmalade.pvm.Opcode;
import io.marmalade.pvm.Program;

import java.util.Optional;

/**
 * What is written in another way before PolkaVM sees a program, with the same meaning, octet for
 * octet in the same place.
 *
 * <ul>
 *   <li>Its instruction set for 0.7.2 has no {@code sbrk}. Cases have no heap, so that it sets its
 *       register to 0: what {@code load_imm} does, with the same register octet and an immediate of
 *       zeroes.
 *   <li>It takes the lower half of a third register's octet, the paper all of it, 12 at most.
 *   <li>It refuses entries of the jump table outside of the code; such an entry is as good as one
 *       inside where no block starts, if there is such a place.
 * </ul>
 */
final class Rewrite {
    private Rewrite() {}

    /** Returns a changed copy of the blob, or the blob itself if there is nothing to change. */
    static byte[] forPolkaVm(byte[] blob, Dialect dialect) {
        Optional<Program> decoded = Program.decode(blob, dialect);
        if (decoded.isEmpty()) {
            return blob;
        }
        Program program = decoded.get();
        byte[] result = blob;
        int codeAt = blob.length - (program.codeSize() + 7 >>> 3) - program.codeSize();
        int tableAt = codeAt - (int) (program.jumpTableSize() * program.jumpTableWidth());
        for (int entry = 0; entry < program.jumpTableSize(); entry++) {
            long target = program.jumpTableEntry(entry);
            int width = program.jumpTableWidth();
            if (Long.compareUnsigned(target, program.codeSize()) >= 0) {
                int other = 0;
                while (other < program.codeSize() && program.isBlockStart(other)) {
                    other++;
                }
                if (other == program.codeSize()) {
                    break;
                }
                result = result == blob ? blob.clone() : result;
                for (int octet = 0; octet < width; octet++) {
                    result[tableAt + entry * width + octet] =
                            (byte) (octet < 4 ? other >>> 8 * octet : 0);
                }
            }
        }
        for (int pc = 0; pc < program.codeSize(); pc++) {
            if (!program.isInstruction(pc)) {
                continue;
            }
            Opcode opcode = program.opcode(pc);
            int end = Math.min(program.codeSize(), pc + 1 + program.skip(pc));
            if (opcode == Opcode.SBRK) {
                result = result == blob ? blob.clone() : result;
                result[codeAt + pc] = (byte) Opcode.LOAD_IMM.number(dialect);
                // Octets behind the register are no instruction's; as an immediate they must be 0.
                for (int at = pc + 2; at < end; at++) {
                    result[codeAt + at] = 0;
                }
            } else if (opcode.format() == ArgumentFormat.THREE_REGISTERS
                    && end > pc + 2
                    && isOdd(program.codeAt(pc + 2))) {
                result = result == blob ? blob.clone() : result;
                result[codeAt + pc + 2] = 12;
            }
        }
        return result == blob || isFaithful(program, result) ? result : blob;
    }

    /**
     * An instruction that is too short reads octets of the next: they must not have changed for it.
     */
    private static boolean isFaithful(Program program, byte[] rewritten) {
        Program other = Program.decode(rewritten, program.dialect()).orElseThrow();
        for (int pc = 0; pc < program.codeSize(); pc++) {
            if (program.isInstruction(pc)
                    && (program.opcode(pc) == Opcode.SBRK
                            ? pc + 1 < program.codeSize()
                                    && program.codeAt(pc + 1) != other.codeAt(pc + 1)
                            : !program.instruction(pc).equals(other.instruction(pc)))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether PolkaVM takes another third register than the paper does, in spite of all, in
     * an instruction from one place on and before another.
     */
    static boolean leavesThirdRegister(Program original, int from, int to) {
        Program program =
                Program.decode(forPolkaVm(original.blob(), original.dialect()), original.dialect())
                        .orElseThrow();
        for (int pc = Math.max(0, from); pc < to && pc + 2 < program.codeSize(); pc++) {
            if (program.isInstruction(pc)
                    && program.opcode(pc).format() == ArgumentFormat.THREE_REGISTERS
                    && isOdd(program.codeAt(pc + 2))) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the two readings of a third register's octet differ. */
    private static boolean isOdd(int octet) {
        return Math.min(12, octet) != Math.min(12, octet & 15);
    }
}
