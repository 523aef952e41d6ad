package io.marmalade.pvm.jit;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What differs in generated code by where memory lies. A pointer is a {@code long} in either case:
 * an address of the process, or an index into the array.
 */
abstract sealed class MemoryIdioms {
    /** The memory's class. */
    final String memory;

    /** The machine's field that holds the memory. */
    final String field;

    private MemoryIdioms(String memory, String field) {
        this.memory = memory;
        this.field = field;
    }

    static MemoryIdioms of(MemoryKind kind) {
        return switch (kind) {
            case MAPPED -> new Mapped();
            case ARRAY -> new Array();
        };
    }

    /** Pushes what pointers are counted from. */
    abstract void base(Idioms code);

    /**
     * Sets the pointer of a group whose lowest address is in the scratch {@code long}; goes to a
     * label if not all of its octets are accessible.
     */
    abstract void point(Idioms code, AccessGroups.Group group, Label failed);

    /**
     * Returns whether pointers are good for as long as the host does not get control, so that many
     * rounds of a loop can be checked at once.
     */
    abstract boolean hasRuns();

    /**
     * Returns whether HotSpot has an instruction for each access, so that none takes of what it is
     * willing to inline.
     */
    abstract boolean isIntrinsic();

    /** Pushes a number that describes a range of memory. */
    abstract void range(Idioms code, String name);

    /** Pushes what memory is accessed with, and where an access of a group is. */
    abstract void place(Idioms code, AccessGroups.Group group, long offset, int size);

    /** Reads memory: pops what {@link #place} pushed, pushes octets as the JVM has them. */
    abstract void read(MethodVisitor out, String type, String descriptor);

    /** Writes memory: pops a value and what {@link #place} pushed. */
    abstract void write(MethodVisitor out, String type, String descriptor);

    /** Memory at addresses of the process. */
    private static final class Mapped extends MemoryIdioms {
        private static final String UNSAFE = "jdk/internal/misc/Unsafe";

        Mapped() {
            super("io/marmalade/pvm/jit/FlatMemory", "flat");
        }

        @Override
        void base(Idioms code) {
            code.memory();
            code.out.visitFieldInsn(Opcodes.GETFIELD, memory, "base", "J");
        }

        @Override
        void point(Idioms code, AccessGroups.Group group, Label failed) {
            Label good = new Label();
            switch (group.likely) {
                case STACK -> {
                    code.inRange("high", group.span(), good);
                    code.inRange("low", group.span(), good);
                }
                case HEAP -> {
                    code.inRange("low", group.span(), good);
                    code.inRange("high", group.span(), good);
                }
                case CONSTANTS -> {
                    if (!group.writes) {
                        code.inRange("read", group.span(), good);
                    }
                    code.inRange("low", group.span(), good);
                }
            }
            code.memory();
            code.scratch();
            code.constantInt(group.span());
            code.constantInt(group.writes ? 2 : 1);
            code.out.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, memory, "isAccessibleRange", "(JII)Z", false);
            code.jump(Opcodes.IFEQ, failed);
            code.label(good);
            code.base();
            code.scratch();
            code.insn(Opcodes.LADD);
            code.setPointer(group);
        }

        @Override
        boolean isIntrinsic() {
            return true;
        }

        @Override
        void range(Idioms code, String name) {
            code.machineField(name);
        }

        @Override
        boolean hasRuns() {
            return true;
        }

        @Override
        void place(Idioms code, AccessGroups.Group group, long offset, int size) {
            code.out.visitFieldInsn(Opcodes.GETSTATIC, memory, "UNSAFE", "L" + UNSAFE + ";");
            code.pointer(group);
            if (offset != 0) {
                code.constant(offset);
                code.insn(Opcodes.LADD);
            }
        }

        @Override
        void read(MethodVisitor out, String type, String descriptor) {
            out.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, UNSAFE, "get" + type, "(J)" + descriptor, false);
        }

        @Override
        void write(MethodVisitor out, String type, String descriptor) {
            out.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, UNSAFE, "put" + type, "(J" + descriptor + ")V", false);
        }
    }

    /**
     * Memory in an array, which is another one once the memory has grown: it is asked for with each
     * access.
     */
    private static final class Array extends MemoryIdioms {
        private static final String VIEW = "java/lang/invoke/VarHandle";

        Array() {
            super("io/marmalade/pvm/jit/ArrayMemory", "array");
        }

        @Override
        void base(Idioms code) {
            code.constant(0);
        }

        @Override
        void point(Idioms code, AccessGroups.Group group, Label failed) {
            Label good = new Label();
            Label first = new Label();
            Label second = new Label();
            boolean onStack = group.likely == AccessGroups.Likely.STACK;
            String likely = onStack ? "high" : "low";
            String other = onStack ? "low" : "high";
            code.inRange(likely, group.span(), first);
            code.inRange(other, group.span(), second);
            code.memory();
            code.scratch();
            code.constantInt(group.span());
            code.constantInt(group.writes ? 2 : 1);
            code.out.visitMethodInsn(Opcodes.INVOKEVIRTUAL, memory, "locate", "(JII)J", false);
            code.insn(Opcodes.DUP2);
            code.setPointer(group);
            code.insn(Opcodes.LCONST_0);
            code.insn(Opcodes.LCMP);
            code.jump(Opcodes.IFLT, failed);
            code.go(good);
            code.label(second);
            fromRange(code, other, group);
            code.go(good);
            code.label(first);
            fromRange(code, likely, group);
            code.label(good);
        }

        private void fromRange(Idioms code, String range, AccessGroups.Group group) {
            code.scratch();
            code.memory();
            code.out.visitFieldInsn(Opcodes.GETFIELD, memory, range + "Delta", "J");
            code.insn(Opcodes.LADD);
            code.setPointer(group);
        }

        @Override
        boolean isIntrinsic() {
            return false;
        }

        @Override
        void range(Idioms code, String name) {
            code.memory();
            code.out.visitFieldInsn(Opcodes.GETFIELD, memory, name, "J");
        }

        @Override
        boolean hasRuns() {
            return false;
        }

        @Override
        void place(Idioms code, AccessGroups.Group group, long offset, int size) {
            if (size > 1) {
                String view =
                        switch (size) {
                            case 2 -> "SHORT";
                            case 4 -> "INT";
                            default -> "LONG";
                        };
                code.out.visitFieldInsn(Opcodes.GETSTATIC, memory, view, "L" + VIEW + ";");
            }
            code.memory();
            code.out.visitFieldInsn(Opcodes.GETFIELD, memory, "octets", "[B");
            code.pointer(group);
            code.insn(Opcodes.L2I);
            if (offset != 0) {
                code.constantInt((int) offset);
                code.insn(Opcodes.IADD);
            }
        }

        @Override
        void read(MethodVisitor out, String type, String descriptor) {
            switch (type) {
                case "Byte" -> out.visitInsn(Opcodes.BALOAD);
                case "Char" -> {
                    // One view serves both signs.
                    out.visitMethodInsn(Opcodes.INVOKEVIRTUAL, VIEW, "get", "([BI)S", false);
                    out.visitInsn(Opcodes.I2C);
                }
                default ->
                        out.visitMethodInsn(
                                Opcodes.INVOKEVIRTUAL, VIEW, "get", "([BI)" + descriptor, false);
            }
        }

        @Override
        void write(MethodVisitor out, String type, String descriptor) {
            if (type.equals("Byte")) {
                out.visitInsn(Opcodes.BASTORE);
            } else {
                out.visitMethodInsn(
                        Opcodes.INVOKEVIRTUAL, VIEW, "set", "([BI" + descriptor + ")V", false);
            }
        }
    }
}
