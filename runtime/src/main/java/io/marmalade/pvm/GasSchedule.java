package io.marmalade.pvm;

/** How a program pays. */
public enum GasSchedule {
    /** One gas before each instruction. */
    PER_INSTRUCTION,
    /**
     * The whole cost of a block ({@link PipelineGas}) on entering it, once until it is left by its
     * last instruction.
     */
    PIPELINE
}
