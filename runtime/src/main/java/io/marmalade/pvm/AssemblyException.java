package io.marmalade.pvm;

/** Text that is no program; the message says where and why. */
public final class AssemblyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    AssemblyException(int line, int column, String reason) {
        super("line " + line + ", column " + column + ": " + reason);
        this.line = line;
        this.column = column;
    }

    /** {@return the line where it went wrong, counted from 1} */
    public int line() {
        return line;
    }

    /** {@return the column where it went wrong, counted from 1} */
    public int column() {
        return column;
    }
}
