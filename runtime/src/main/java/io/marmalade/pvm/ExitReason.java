package io.marmalade.pvm;

/**
 * Why a machine stopped: the guest's fate, always a value and never an exception.
 *
 * @gp sec:virtualmachine
 */
public sealed interface ExitReason {
    /** The program ended regularly (∎). */
    record Halt() implements ExitReason {}

    /** The program ended irregularly (☇). */
    record Panic() implements ExitReason {}

    /** The gas did not suffice for the next charge (∞). */
    record OutOfGas() implements ExitReason {}

    /**
     * An access to memory that is not mapped for it (F).
     *
     * @param address the first address of the lowest page that could not be accessed, unsigned 32
     *     bits
     */
    record PageFault(int address) implements ExitReason {}

    /**
     * The program asks its host (ħ). The machine's program counter already stands on the next
     * instruction.
     *
     * @param number the immediate of the {@code ecalli}, sign-extended to 64 bits
     */
    record HostCall(long number) implements ExitReason {}

    /** The one halt. */
    Halt HALT = new Halt();

    /** The one panic. */
    Panic PANIC = new Panic();

    /** The one out-of-gas. */
    OutOfGas OUT_OF_GAS = new OutOfGas();

    /**
     * Returns what an access to an octet that is not accessible ends with.
     *
     * @param address the first octet that is not accessible, unsigned 32 bits
     * @return a panic below 2¹⁶, else a fault of the page
     */
    static ExitReason inaccessible(int address) {
        return address >>> 16 == 0 ? PANIC : new PageFault(address & -GuestMemory.PAGE_SIZE);
    }
}
