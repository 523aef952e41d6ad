package io.marmalade.pvm.interpreter;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;

class RunLoopSizeTest {
    /**
     * HotSpot never compiles a method of 8000 octets or more, and stops inlining into one once it
     * has come to as many with all that was inlined. The accesses to memory need about half.
     */
    private static final int LIMIT = 4500;

    @Test
    void staysSmallEnoughToBeCompiledWell() throws IOException {
        int size = size("execute");
        assertTrue(size < LIMIT, "execute has " + size + " octets of bytecode");
        size = size("rare");
        assertTrue(size < LIMIT, "rare has " + size + " octets of bytecode");
    }

    private static int size(String name) throws IOException {
        try (InputStream in = PagedRunLoop.class.getResourceAsStream("PagedRunLoop.class")) {
            for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
                if (method.methodName().equalsString(name)) {
                    return ((CodeAttribute) method.code().orElseThrow()).codeLength();
                }
            }
        }
        throw new AssertionError("no method " + name);
    }
}
