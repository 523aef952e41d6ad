package io.marmalade.conformance.json;

/** JSON that is not the structure it should be; the message says where and what was expected. */
public final class JsonShapeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    JsonShapeException(String message) {
        super(message);
    }

    /** Returns the same complaint about a value one level further out. */
    JsonShapeException in(String place) {
        String inner = String.valueOf(getMessage());
        boolean nested = inner.startsWith("[") || inner.startsWith(".");
        return new JsonShapeException("." + place + (nested ? inner : ": " + inner));
    }

    /** Returns the same complaint about an item of a list. */
    JsonShapeException at(int index) {
        String inner = String.valueOf(getMessage());
        boolean nested = inner.startsWith("[") || inner.startsWith(".");
        return new JsonShapeException("[" + index + "]" + (nested ? inner : ": " + inner));
    }
}
