package io.marmalade.conformance.pvm;

import com.fasterxml.jackson.databind.JsonNode;

import io.marmalade.pvm.Engine;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PageAccess;
import io.marmalade.pvm.Program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A machine as the JSON vectors set it up and look at it. */
final class VectorMachine implements AutoCloseable {
    private final Machine machine;
    private final List<long[]> mapped = new ArrayList<>();

    VectorMachine(Engine engine, Program program, JsonNode vector) {
        machine = engine.newMachine(program);
        machine.setPc((int) vector.get("initial-pc").longValue());
        machine.setGas(vector.get("initial-gas").longValue());
    }

    Machine machine() {
        return machine;
    }

    void map(JsonNode region) {
        long address = region.get("address").longValue();
        long length = region.get("length").longValue();
        machine.memory()
                .setAccess(
                        (int) (address / GuestMemory.PAGE_SIZE),
                        (int) (length / GuestMemory.PAGE_SIZE),
                        isWritable(region) ? PageAccess.WRITE : PageAccess.READ);
        mapped.add(new long[] {address, length});
    }

    /** The draft's files write the name with an underscore. */
    private static boolean isWritable(JsonNode region) {
        return region.path("is-writable").booleanValue()
                || region.path("is_writable").booleanValue();
    }

    static int faultAddress(JsonNode expected) {
        String name =
                expected.has("page-fault-address") ? "page-fault-address" : "page_fault_address";
        return expected.get(name).intValue();
    }

    void write(JsonNode chunk) {
        machine.memory()
                .write(chunk.get("address").longValue(), VectorFiles.octets(chunk.get("contents")));
    }

    void setRegister(int index, JsonNode value) {
        machine.setRegister(index, VectorFiles.natural(value));
    }

    /** Complains of registers that are not as expected. */
    void checkRegisters(JsonNode expected, List<String> complaints) {
        for (int index = 0; index < Machine.REGISTERS; index++) {
            check(
                    "r" + index,
                    VectorFiles.natural(expected.get(index)),
                    machine.register(index),
                    complaints);
        }
    }

    /** Complains of memory that is not as expected, or not zero where nothing is expected. */
    void checkMemory(JsonNode expected, List<String> complaints) {
        for (long[] region : mapped) {
            byte[] wanted = new byte[(int) region[1]];
            for (JsonNode chunk : expected) {
                long from = chunk.get("address").longValue() - region[0];
                byte[] contents = VectorFiles.octets(chunk.get("contents"));
                if (from >= 0 && from + contents.length <= wanted.length) {
                    System.arraycopy(contents, 0, wanted, (int) from, contents.length);
                }
            }
            int differs = Arrays.mismatch(wanted, machine.memory().read(region[0], wanted.length));
            if (differs >= 0) {
                complaints.add("memory differs at " + (region[0] + differs));
            }
        }
    }

    static void check(String what, Object expected, Object actual, List<String> complaints) {
        if (!Objects.equals(expected, actual)) {
            complaints.add(what + ": expected " + expected + ", was " + actual);
        }
    }

    /** Returns the vectors' word for why a machine stopped. */
    static String status(ExitReason reason) {
        return switch (reason) {
            case ExitReason.Halt() -> "halt";
            case ExitReason.Panic() -> "panic";
            case ExitReason.OutOfGas() -> "out-of-gas";
            case ExitReason.PageFault(int address) -> "page-fault";
            case ExitReason.HostCall(long number) -> "ecalli";
        };
    }

    @Override
    public void close() {
        machine.close();
    }
}
