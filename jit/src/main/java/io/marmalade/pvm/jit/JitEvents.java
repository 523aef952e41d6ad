package io.marmalade.pvm.jit;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What the compiler decides, as events of the JDK's Flight Recorder. */
final class JitEvents {
    private JitEvents() {}

    /** A function was compiled and published. */
    @Name("io.marmalade.jit.Compiled")
    @Label("PVM function compiled")
    @Category({"Marmalade", "JIT"})
    @StackTrace(false)
    static final class Compiled extends Event {
        @Label("Program")
        @Description("A checksum of its code")
        String program = "";

        @Label("Head")
        @Description("Where the function starts in the code")
        int head;

        @Label("Instructions")
        int instructions;

        @Label("Methods")
        int methods;
    }

    /** A function could not be compiled: the interpreter goes on with it. */
    @Name("io.marmalade.jit.Failed")
    @Label("PVM function not compiled")
    @Category({"Marmalade", "JIT"})
    @StackTrace(false)
    static final class Failed extends Event {
        @Label("Program")
        @Description("A checksum of its code")
        String program = "";

        @Label("Head")
        int head;

        @Label("Reason")
        String reason = "";
    }

    /**
     * A function was given back to the interpreter because its compiled code was left again and
     * again.
     */
    @Name("io.marmalade.jit.Demoted")
    @Label("PVM function demoted")
    @Category({"Marmalade", "JIT"})
    @StackTrace(false)
    static final class Demoted extends Event {
        @Label("Program")
        @Description("A checksum of its code")
        String program = "";

        @Label("Head")
        int head;

        @Label("Side exits")
        int sideExits;
    }

    /** A program was forgotten, and with it the classes that were made of it. */
    @Name("io.marmalade.jit.Evicted")
    @Label("PVM program evicted")
    @Category({"Marmalade", "JIT"})
    @StackTrace(false)
    static final class Evicted extends Event {
        @Label("Program")
        @Description("A checksum of its code")
        String program = "";

        @Label("Functions")
        @Description("How many of its functions were compiled")
        int functions;
    }
}
