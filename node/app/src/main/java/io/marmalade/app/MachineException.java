package io.marmalade.app;

import java.io.IOException;

/** The machine does not allow what was asked for; the message says what to do about it. */
final class MachineException extends IOException {
    private static final long serialVersionUID = 1;

    MachineException(String message) {
        super(message);
    }
}
