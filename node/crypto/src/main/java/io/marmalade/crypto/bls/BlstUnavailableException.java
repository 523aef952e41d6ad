package io.marmalade.crypto.bls;

import org.jspecify.annotations.Nullable;

/** Says why blst's native library, which every pairing needs, cannot be used on this machine. */
public final class BlstUnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    BlstUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
