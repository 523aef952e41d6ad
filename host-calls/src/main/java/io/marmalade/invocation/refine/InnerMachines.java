package io.marmalade.invocation.refine;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;

/** The inner machines of one refinement, by number (𝐦). */
final class InnerMachines implements AutoCloseable {
    private final Engine engine;
    private final HostLimits limits;
    private final ArrayList<@Nullable InnerMachine> machines = new ArrayList<>();
    private int count;

    InnerMachines(Engine engine, HostLimits limits) {
        this.engine = engine;
        this.limits = limits;
    }

    /** Returns how many machines there are. */
    int count() {
        return count;
    }

    /**
     * Returns a machine, or null if there is none of this number.
     *
     * @param number unsigned
     */
    @Nullable InnerMachine get(long number) {
        return number >= 0 && number < machines.size() ? machines.get((int) number) : null;
    }

    /**
     * Returns whether the host can take one more machine.
     *
     * @param blobOctets of its program, 0..2³²
     */
    boolean hasRoomForProgram(long blobOctets) {
        return count < limits.maxInnerMachines()
                && octets() + HostLimits.PROGRAM_FACTOR * blobOctets <= limits.maxInnerOctets();
    }

    /** Returns whether the host can take it that these pages of a machine are all mapped. */
    boolean hasRoomForPages(InnerMachine machine, int first, int pages) {
        long room = limits.maxInnerOctets() - octets();
        if ((long) pages * GuestMemory.PAGE_SIZE <= room) {
            return true;
        }
        GuestMemory memory = machine.memory();
        for (int page = first; page < first + pages; page++) {
            if (memory.access(page) == PageAccess.NONE) {
                room -= GuestMemory.PAGE_SIZE;
            }
        }
        return room >= 0;
    }

    /** Adds a machine and returns its number: the lowest that is free. */
    int add(Program program, long blobOctets, long pc) {
        InnerMachine machine =
                new InnerMachine(
                        engine.newMachine(program), HostLimits.PROGRAM_FACTOR * blobOctets, pc);
        count++;
        int free = machines.indexOf(null);
        if (free < 0) {
            machines.add(machine);
            return machines.size() - 1;
        }
        machines.set(free, machine);
        return free;
    }

    /** Removes a machine that exists. */
    void remove(int number) {
        InnerMachine machine = machines.set(number, null);
        if (machine == null) {
            throw new IllegalStateException("no inner machine " + number);
        }
        machine.close();
        count--;
    }

    @Override
    public void close() {
        for (InnerMachine machine : machines) {
            if (machine != null) {
                machine.close();
            }
        }
        machines.clear();
        count = 0;
    }

    private long octets() {
        long octets = 0;
        for (InnerMachine machine : machines) {
            if (machine != null) {
                octets += machine.octets();
            }
        }
        return octets;
    }
}
