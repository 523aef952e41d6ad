package io.marmalade.bench.input;

import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;
import io.marmalade.pvm.StandardProgram;

import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/** A program that runs by itself, and whose answer is known. */
public sealed interface Guest permits Kernel, Sample {
    /** What it is called among those of its kind. */
    String name();

    /** What it is called among all: its kind and its name. */
    default String title() {
        return switch (this) {
            case Kernel kernel -> "kernel " + kernel.name();
            case Sample sample -> "program " + sample.name();
        };
    }

    /**
     * Returns the linked program.
     *
     * @param version what it is linked for
     * @return a standard program's octets
     * @throws IOException if it cannot be read
     */
    byte[] blob(ProtocolVersion version) throws IOException;

    /** Returns what it is given in memory. */
    byte[] input();

    /**
     * Returns what stands in register 7 instead of the input's address.
     *
     * @return nothing if the address does
     */
    Optional<Long> argument();

    /** Returns what answers its host calls. */
    HostCallHandler host();

    /**
     * Compares its answer with the one that is known.
     *
     * @param machine that has halted
     * @return whether they are the same
     */
    boolean isRight(Machine machine);

    /**
     * Returns the program, decoded.
     *
     * @param version what it is linked for
     * @return a program of the caller's own
     * @throws IOException if it cannot be read
     */
    default StandardProgram program(ProtocolVersion version) throws IOException {
        return StandardProgram.decode(blob(version), version).orElseThrow();
    }

    /**
     * Lays it out in a machine, all but the gas.
     *
     * @param program of this guest
     * @param machine a fresh one
     */
    default void load(StandardProgram program, Machine machine) {
        program.load(machine, input());
        argument().ifPresent(value -> machine.setRegister(7, value));
    }

    /**
     * Makes sure that a run ended well.
     *
     * @param reason why the machine stopped
     * @param machine that ran it
     * @throws IllegalStateException if it did not halt, or has a wrong answer
     */
    default void check(ExitReason reason, Machine machine) {
        if (!(reason instanceof ExitReason.Halt) || !isRight(machine)) {
            throw new IllegalStateException(
                    title() + " ended with " + reason + " and " + machine.register(7));
        }
    }

    /** Returns all of both kinds. */
    static Stream<Guest> all() {
        return Stream.concat(Kernel.ALL.stream(), Sample.all().stream());
    }

    /**
     * Returns a guest.
     *
     * @param title as {@link #title} says
     * @return the guest
     * @throws NoSuchElementException if none is called so
     */
    static Guest titled(String title) {
        return all().filter(guest -> guest.title().equals(title)).findFirst().orElseThrow();
    }
}
