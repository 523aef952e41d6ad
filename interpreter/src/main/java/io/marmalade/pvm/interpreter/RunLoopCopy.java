package io.marmalade.pvm.interpreter;

import io.marmalade.pvm.MachineMemory;
import io.marmalade.pvm.PagedMemory;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.Objects;

/**
 * The class of the loops over other memories than {@link PagedMemory}: {@link PagedRunLoop} once
 * more, with any memory in that one's place.
 */
final class RunLoopCopy {
    /** Makes the loops of machines; not used by any itself. */
    static final RunLoop PROTOTYPE = make();

    private static final int MAGIC_AND_VERSION = 8;

    private RunLoopCopy() {}

    private static RunLoop make() {
        String file = PagedRunLoop.class.getSimpleName() + ".class";
        try (InputStream in = PagedRunLoop.class.getResourceAsStream(file)) {
            byte[] copy =
                    rename(
                            Objects.requireNonNull(in, file),
                            PagedMemory.class.descriptorString(),
                            MachineMemory.class.descriptorString());
            Class<?> hidden = MethodHandles.lookup().defineHiddenClass(copy, true).lookupClass();
            return (RunLoop)
                    hidden.getDeclaredConstructor(long[].class, MachineMemory.class)
                            .newInstance(new long[0], new PagedMemory());
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("the run loop cannot be copied", e);
        }
    }

    /**
     * Puts one class in another's place wherever a class file names it: in the texts of its
     * constant pool, as a name or within descriptors.
     */
    private static byte[] rename(InputStream classFile, String from, String to) throws IOException {
        DataInputStream in = new DataInputStream(classFile);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(octets);
        out.write(in.readNBytes(MAGIC_AND_VERSION));
        int count = in.readUnsignedShort();
        out.writeShort(count);
        for (int index = 1; index < count; index++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            switch (tag) {
                case 1 -> {
                    String text = in.readUTF();
                    out.writeUTF(text.equals(name(from)) ? name(to) : text.replace(from, to));
                }
                case 3, 4, 9, 10, 11, 12, 17, 18 -> out.write(in.readNBytes(4));
                case 5, 6 -> {
                    out.write(in.readNBytes(8));
                    // These take two places.
                    index++;
                }
                case 7, 8, 16, 19, 20 -> out.write(in.readNBytes(2));
                case 15 -> out.write(in.readNBytes(3));
                default -> throw new IOException("a constant of kind " + tag);
            }
        }
        in.transferTo(out);
        return octets.toByteArray();
    }

    /** Returns the name of a descriptor's class. */
    private static String name(String descriptor) {
        return descriptor.substring(1, descriptor.length() - 1);
    }
}
