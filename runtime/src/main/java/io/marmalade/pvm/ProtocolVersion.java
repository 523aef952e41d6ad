package io.marmalade.pvm;

/** The versions of the protocol that run side by side. What a version changes hangs on this value. */
public enum ProtocolVersion {
    /** Gray Paper 0.7.2, with the clarifications merged after its tag. */
    V0_7_2(0, 7, 2, Dialect.V0_7_2),
    /** Gray Paper 0.8.0, with the deviations that its public vectors apply. */
    V0_8_0(0, 8, 0, Dialect.V0_8_0);

    private final int major;
    private final int minor;
    private final int patch;
    private final Dialect dialect;

    ProtocolVersion(int major, int minor, int patch, Dialect dialect) {
        this.major = major;
        this.minor = minor;
        this.patch = patch;
        this.dialect = dialect;
    }

    /** Returns the first number of the version, 0..255. */
    public int major() {
        return major;
    }

    /** Returns the second number of the version, 0..255. */
    public int minor() {
        return minor;
    }

    /** Returns the third number of the version, 0..255. */
    public int patch() {
        return patch;
    }

    /** Returns what the version changes for the machine. */
    public Dialect dialect() {
        return dialect;
    }

    /**
     * Returns the version that is written so.
     *
     * @param text three numbers with dots between them, such as {@code 0.7.2}
     * @throws IllegalArgumentException if no known version is written so
     */
    public static ProtocolVersion parse(String text) {
        for (ProtocolVersion version : values()) {
            if (version.toString().equals(text)) {
                return version;
            }
        }
        throw new IllegalArgumentException("unknown protocol version: " + text);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
