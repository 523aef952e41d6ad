package io.marmalade.block;

import io.marmalade.base.Bytes;

/**
 * What refining a work item gave: output or an error.
 *
 * @gp eq:workerror
 */
public sealed interface WorkResult {
    /** The output. */
    record Output(Bytes data) implements WorkResult {}

    /** Why there is no output, in the order of their encodings. */
    enum Error implements WorkResult {
        /** Gas did not suffice (∞), 1. */
        OUT_OF_GAS,
        /** The program panicked (☇), 2. */
        PANIC,
        /** Not as many segments exported as said (⊚), 3. */
        BAD_EXPORTS,
        /** The digest is too large (⊖), 4. */
        OVERSIZE,
        /** The code is not available (BAD), 5. */
        BAD_CODE,
        /** The code is too large (BIG), 6. */
        BIG_CODE
    }
}
