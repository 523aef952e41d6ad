package io.marmalade.pvm.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a subject saw of a run. The arrays must not be changed.
 *
 * @param status how it ended
 * @param message why the program was refused, else empty
 * @param argument the address of the page of a page fault, the number of a host call (unsigned 32
 *     bits), else 0
 * @param pc where the instruction stands that ended the run; -1 if the subject cannot tell
 * @param gas what is left
 * @param registers all 13
 * @param calls the host calls that were answered
 * @param digests of the mapped pages, a digest a range, in the case's order
 */
public record Outcome(
        Status status,
        String message,
        long argument,
        long pc,
        long gas,
        long[] registers,
        List<Call> calls,
        long[] digests) {
    /** How a run ended. */
    public enum Status {
        /** Regularly. */
        HALT,
        /** Irregularly. */
        PANIC,
        /** Without enough gas. */
        OUT_OF_GAS,
        /** By an access to memory that is not mapped for it. */
        PAGE_FAULT,
        /** By a host call that the case does not answer. */
        HOST_CALL,
        /** Not begun: the program is not valid. */
        REFUSED,
        /** The subject broke down. */
        FAILED
    }

    /**
     * What was seen at a host call.
     *
     * @param number unsigned 32 bits
     * @param gas what was left
     * @param registers the digest of all
     */
    public record Call(long number, long gas, long registers) {}

    static Outcome refused(String message) {
        return without(Status.REFUSED, message);
    }

    static Outcome failed(String message) {
        return without(Status.FAILED, message);
    }

    private static Outcome without(Status status, String message) {
        return new Outcome(status, message, 0, -1, 0, new long[0], List.of(), new long[0]);
    }

    /**
     * Says where two outcomes differ.
     *
     * @param other of the same case
     * @return nothing if they agree in all that both can tell
     */
    public List<String> differences(Outcome other) {
        if (status == other.status
                && (status == Status.REFUSED
                        || (argument == other.argument
                                && (pc == other.pc || pc < 0 || other.pc < 0)
                                && gas == other.gas
                                && Arrays.equals(registers, other.registers)
                                && calls.equals(other.calls)
                                && Arrays.equals(digests, other.digests)))
                && status != Status.FAILED) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        if (status != other.status || status == Status.FAILED) {
            found.add("exit: " + end() + " against " + other.end());
        } else if (argument != other.argument) {
            found.add("exit: " + end() + " against " + other.end());
        }
        if (status == Status.REFUSED || other.status == Status.REFUSED) {
            return found;
        }
        if (pc != other.pc && pc >= 0 && other.pc >= 0) {
            found.add("pc: " + pc + " against " + other.pc);
        }
        if (gas != other.gas) {
            found.add("gas: " + gas + " against " + other.gas);
        }
        for (int index = 0; index < Math.min(registers.length, other.registers.length); index++) {
            if (registers[index] != other.registers[index]) {
                found.add(
                        "register "
                                + index
                                + ": 0x"
                                + Long.toHexString(registers[index])
                                + " against 0x"
                                + Long.toHexString(other.registers[index]));
            }
        }
        if (!calls.equals(other.calls)) {
            found.add("host calls: " + calls + " against " + other.calls);
        }
        for (int index = 0; index < Math.min(digests.length, other.digests.length); index++) {
            if (digests[index] != other.digests[index]) {
                found.add("memory: mapped range " + index + " differs");
            }
        }
        return found;
    }

    /** {@return how the run ended, as a reader likes it} */
    public String end() {
        return switch (status) {
            case HALT -> "halt";
            case PANIC -> "panic";
            case OUT_OF_GAS -> "out of gas";
            case PAGE_FAULT -> "page fault at 0x" + Long.toHexString(argument);
            case HOST_CALL -> "host call " + argument;
            case REFUSED -> "refused (" + message + ")";
            case FAILED -> "broke down (" + message + ")";
        };
    }

    /** {@return all of it in a few lines} */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(end() + ", pc " + pc + ", gas " + gas);
        StringBuilder text = new StringBuilder("registers");
        for (long register : registers) {
            text.append(' ').append(Long.toHexString(register));
        }
        if (registers.length > 0) {
            lines.add(text.toString());
        }
        calls.forEach(call -> lines.add("host call " + call.number + ", gas " + call.gas));
        return lines;
    }

    static final long DIGEST_START = 0x9e37_79b9_7f4a_7c15L;

    /** Adds a word to a digest. */
    static long mix(long digest, long word) {
        long mixed = (digest ^ word) * 0xd6e8_feb8_6659_fd93L;
        return mixed ^ mixed >>> 32;
    }
}
