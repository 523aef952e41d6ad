package io.marmalade.pvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs everything on two engines and compares: every host call and every end, with gas, registers
 * and, at the end, memory. Where they differ a {@link MachineRecording} is written and {@link
 * EngineDivergence} thrown.
 *
 * <p>Both machines run from host call to host call, one after the other; what the host does is done
 * to both.
 */
public final class CheckedEngine implements Engine {
    private static final AtomicLong FILES = new AtomicLong();

    private final Engine first;
    private final Engine second;
    private final Path folder;

    /**
     * @param first whose machines the host sees
     * @param second whose machines are compared with them
     * @param folder where recordings are written; made when needed
     */
    public CheckedEngine(Engine first, Engine second, Path folder) {
        this.first = first;
        this.second = second;
        this.folder = folder;
    }

    @Override
    public String name() {
        return "checked";
    }

    @Override
    public Machine newMachine(Program program) {
        return new CheckedMachine(program);
    }

    private final class CheckedMachine implements Machine {
        private final Machine one;
        private final Machine other;
        private final MachineRecording recording;
        private final CheckedMemory memory;

        CheckedMachine(Program program) {
            one = first.newMachine(program);
            other = second.newMachine(program);
            recording = new MachineRecording(program);
            memory = new CheckedMemory(one, other, recording);
        }

        @Override
        public ExitReason run(HostCallHandler handler) {
            recording.add("run");
            while (true) {
                ExitReason reason = one.run();
                ExitReason compared = other.run();
                compare(reason, compared);
                if (!(reason instanceof ExitReason.HostCall(long number))) {
                    memory.compare();
                    return reason;
                }
                recording.add("call " + number);
                ExitReason answer = handler.hostCall(number, this);
                recording.add(answer == null ? "resume" : "stop " + answer);
                if (answer != null) {
                    return answer;
                }
            }
        }

        private void compare(ExitReason reason, ExitReason compared) {
            String here = reason + MachineRecording.describe(one);
            String there = compared + MachineRecording.describe(other);
            if (!here.equals(there)) {
                throw diverged(here, there);
            }
        }

        EngineDivergence diverged(String here, String there) {
            List<String> remarks =
                    List.of(first.name() + ": " + here, second.name() + ": " + there);
            try {
                Files.createDirectories(folder);
                Path file;
                do {
                    file = folder.resolve("divergence-" + FILES.incrementAndGet() + ".txt");
                } while (Files.exists(file));
                recording.write(file, remarks);
                return new EngineDivergence(String.join(" but ", remarks), file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Program program() {
            return one.program();
        }

        @Override
        public long register(int index) {
            return one.register(index);
        }

        @Override
        public void setRegister(int index, long value) {
            recording.add("register " + index + " " + value);
            one.setRegister(index, value);
            other.setRegister(index, value);
        }

        @Override
        public GuestMemory memory() {
            return memory;
        }

        @Override
        public long gas() {
            return one.gas();
        }

        @Override
        public void setGas(long gas) {
            recording.add("gas " + gas);
            one.setGas(gas);
            other.setGas(gas);
        }

        @Override
        public int pc() {
            return one.pc();
        }

        @Override
        public int exitPc() {
            return one.exitPc();
        }

        @Override
        public void setPc(int pc) {
            recording.add("pc " + pc);
            one.setPc(pc);
            other.setPc(pc);
        }

        @Override
        public boolean charged() {
            return one.charged();
        }

        @Override
        public void setCharged(boolean charged) {
            recording.add("charged " + charged);
            one.setCharged(charged);
            other.setCharged(charged);
        }

        @Override
        public void close() {
            one.close();
            other.close();
        }

        /** Both memories: read from one, changed in both. */
        private final class CheckedMemory implements GuestMemory {
            private final Machine one;
            private final Machine other;
            private final MachineRecording recording;
            private final BitSet mapped = new BitSet();

            CheckedMemory(Machine one, Machine other, MachineRecording recording) {
                this.one = one;
                this.other = other;
                this.recording = recording;
            }

            private GuestMemory here() {
                return one.memory();
            }

            private GuestMemory there() {
                return other.memory();
            }

            /** Compares all pages that the host or the guest's heap can have mapped. */
            void compare() {
                GuestMemory here = here();
                GuestMemory there = there();
                if (here.heapTop() != there.heapTop()) {
                    throw diverged("heap up to " + here.heapTop(), "heap up to " + there.heapTop());
                }
                int heapEnd = (int) (here.heapTop() + PAGE_SIZE - 1 >>> 12);
                int heapStart = heapEnd;
                while (heapStart > 0 && here.access(heapStart - 1) != PageAccess.NONE) {
                    heapStart--;
                }
                mapped.set(heapStart, heapEnd);
                for (int page = mapped.nextSetBit(0);
                        page >= 0;
                        page = mapped.nextSetBit(page + 1)) {
                    if (here.access(page) != there.access(page)) {
                        throw diverged(
                                "page " + page + " " + here.access(page),
                                "page " + page + " " + there.access(page));
                    }
                    byte[] left = here.read((long) page << 12, PAGE_SIZE);
                    byte[] right = there.read((long) page << 12, PAGE_SIZE);
                    int at = Arrays.mismatch(left, right);
                    if (at >= 0) {
                        long address = ((long) page << 12) + at;
                        throw diverged(
                                "octet " + left[at] + " at " + address,
                                "octet " + right[at] + " at " + address);
                    }
                }
            }

            @Override
            public PageAccess access(int page) {
                return here().access(page);
            }

            @Override
            public void setAccess(int firstPage, int pages, PageAccess access) {
                recording.add("access " + firstPage + " " + pages + " " + access);
                here().setAccess(firstPage, pages, access);
                there().setAccess(firstPage, pages, access);
                mapped.set(firstPage, firstPage + pages);
            }

            @Override
            public void reset(int firstPage, int pages, PageAccess access) {
                recording.add("reset " + firstPage + " " + pages + " " + access);
                here().reset(firstPage, pages, access);
                there().reset(firstPage, pages, access);
                mapped.set(firstPage, firstPage + pages);
            }

            @Override
            public long heapTop() {
                return here().heapTop();
            }

            @Override
            public long heapLimit() {
                return here().heapLimit();
            }

            @Override
            public void setHeap(long top, long limit) {
                recording.add("heap " + top + " " + limit);
                here().setHeap(top, limit);
                there().setHeap(top, limit);
            }

            @Override
            public boolean isReadable(long address, long length) {
                return here().isReadable(address, length);
            }

            @Override
            public boolean isWritable(long address, long length) {
                return here().isWritable(address, length);
            }

            @Override
            public void read(long address, byte[] into, int offset, int length) {
                here().read(address, into, offset, length);
            }

            @Override
            public void write(long address, byte[] from, int offset, int length) {
                if (length > 0) {
                    recording.add(
                            "write "
                                    + address
                                    + " "
                                    + java.util.HexFormat.of()
                                            .formatHex(from, offset, offset + length));
                }
                here().write(address, from, offset, length);
                there().write(address, from, offset, length);
            }

            @Override
            public long mappedBytes() {
                return here().mappedBytes();
            }
        }
    }
}
