package io.marmalade.block;

import io.marmalade.base.Bytes;
import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

/**
 * What refining a work item gave: output or an error.
 *
 * @gp eq:workerror
 */
public sealed interface WorkResult extends Encodable {
    /** Reads what {@link #encode} writes. */
    static WorkResult decode(Decoder in) {
        Error[] errors = Error.values();
        int tag = (int) in.natural(errors.length, "tag of a work result");
        return tag == 0 ? new Output(in.blob()) : errors[tag - 1];
    }

    /**
     * The output.
     *
     * @param data what the program left
     */
    record Output(Bytes data) implements WorkResult {
        @Override
        public void encode(Encoder out) {
            out.u8(0).blob(data);
        }
    }

    /** Why there is no output, in the order of their encodings. */
    enum Error implements WorkResult {
        /** Gas did not suffice (∞), 1. */
        OUT_OF_GAS(1),
        /** The program panicked (☇), 2. */
        PANIC(2),
        /** Not as many segments exported as said (⊚), 3. */
        BAD_EXPORTS(3),
        /** The digest is too large (⊖), 4. */
        OVERSIZE(4),
        /** The code is not available (BAD), 5. */
        BAD_CODE(5),
        /** The code is too large (BIG), 6. */
        BIG_CODE(6);

        private final int tag;

        Error(int tag) {
            this.tag = tag;
        }

        @Override
        public void encode(Encoder out) {
            out.u8(tag);
        }
    }
}
