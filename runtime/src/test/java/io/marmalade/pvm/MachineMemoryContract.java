package io.marmalade.pvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** What every guest memory does alike; its kinds are subclasses. */
public abstract class MachineMemoryContract {
    private static final int PAGE = GuestMemory.PAGE_SIZE;
    private static final int PAGES = 1 << 20;

    private final MachineMemory memory = newMemory();

    /** Returns a memory of which nothing is accessible. */
    protected abstract MachineMemory newMemory();

    /** Returns how often all of a memory can be mapped within a moment. */
    protected abstract int wholeMappings();

    /** Gives a memory back that {@link #newMemory} made. */
    protected void close(MachineMemory memory) {}

    @AfterEach
    void close() {
        close(memory);
    }

    @Test
    void startsWithNothingAccessible() {
        assertEquals(PageAccess.NONE, memory.access(16));
        assertFalse(memory.isReadable(0x10000, 1));
        assertTrue(memory.isReadable(0x10000, 0));
        assertTrue(memory.isWritable(-1, 0));
        assertEquals(0, memory.mappedBytes());
        assertArrayEquals(new byte[10], memory.read(0x10000, 10));
        assertThrows(IllegalStateException.class, () -> memory.write(0x10000, new byte[1]));
    }

    @Test
    void rangesLieBelowTheTop() {
        memory.setAccess(PAGES - 1, 1, PageAccess.WRITE);
        long top = 1L << 32;
        assertTrue(memory.isWritable(top - PAGE, PAGE));
        assertFalse(memory.isWritable(top - PAGE, PAGE + 1));
        assertFalse(memory.isWritable(top, 1));
        assertFalse(memory.isReadable(top - 1, -1));
        assertFalse(memory.isReadable(-1, 1));
        assertFalse(memory.isReadable(-1, 2));
    }

    @Test
    void theLowestPagesAreNeverAccessible() {
        memory.setAccess(0, 17, PageAccess.WRITE);
        assertFalse(memory.isReadable(0xffff, 1));
        assertFalse(memory.isWritable(0xffff, 2));
        assertTrue(memory.isWritable(0x10000, 1));
        assertEquals(0xffff, memory.firstInaccessible(0xffff, 2, PageAccess.READ));
        assertSame(ExitReason.PANIC, ExitReason.inaccessible(0xffff));
    }

    @Test
    void accessesGoAroundAtTheTop() {
        memory.setAccess(PAGES - 1, 1, PageAccess.WRITE);
        assertEquals(0, memory.firstInaccessible(-2, 4, PageAccess.WRITE));
        assertEquals(-1, memory.firstInaccessible(-4, 4, PageAccess.WRITE));
        memory.setAccess(PAGES - 1, 1, PageAccess.NONE);
        assertEquals(0xffff_fffeL, memory.firstInaccessible(-2, 4, PageAccess.READ));
        assertEquals(new ExitReason.PageFault(0xffff_f000), ExitReason.inaccessible(-2));
    }

    @Test
    void namesTheLowestPageThatIsMissing() {
        memory.setAccess(16, 1, PageAccess.WRITE);
        memory.setAccess(17, 1, PageAccess.READ);
        assertEquals(-1, memory.firstInaccessible(0x10ffc, 8, PageAccess.READ));
        assertEquals(0x11000, memory.firstInaccessible(0x10ffc, 8, PageAccess.WRITE));
        assertEquals(0x12000, memory.firstInaccessible(0x11ffc, 8, PageAccess.READ));
    }

    @Test
    void keepsContentsWhenAccessChangesAndForgetsThemOnReset() {
        memory.setAccess(20, 1, PageAccess.WRITE);
        memory.write(20 * PAGE, new byte[] {1, 2, 3});
        memory.setAccess(20, 1, PageAccess.NONE);
        assertFalse(memory.isReadable(20 * PAGE, 1));
        assertArrayEquals(new byte[] {1, 2, 3}, memory.read(20 * PAGE, 3));
        memory.setAccess(20, 1, PageAccess.READ);
        assertEquals(0x030201, memory.load(20 * PAGE, 4));
        memory.reset(20, 1, PageAccess.READ);
        assertEquals(0, memory.load(20 * PAGE, 4));
        assertEquals(PAGE, memory.mappedBytes());
        memory.reset(20, 1, PageAccess.NONE);
        assertEquals(0, memory.mappedBytes());
    }

    @Test
    void mappedPagesAreCopiedWhenWritten() {
        byte[][] image = {new byte[PAGE], new byte[PAGE]};
        image[1][0] = 9;
        memory.map(16, image, PageAccess.WRITE);
        MachineMemory other = newMemory();
        other.map(16, image, PageAccess.READ);
        memory.store(0x11000 - 4, 8, 0x0807060504030201L);
        other.write(0x10000, new byte[] {7});
        assertEquals(0, image[0][PAGE - 1]);
        assertEquals(9, image[1][0]);
        assertEquals(0, image[0][0]);
        assertEquals(0x0807060504030201L, memory.load(0x11000 - 4, 8));
        assertEquals(9, other.load(0x11000, 1));
        assertEquals(7, other.load(0x10000, 1));
        close(other);
    }

    @Test
    void copiesFromAnotherMemoryAcrossPages() {
        MachineMemory other = newMemory();
        other.setAccess(20, 2, PageAccess.READ);
        byte[] octets = new byte[2 * PAGE];
        new Random(7).nextBytes(octets);
        other.write(20 * PAGE, octets);
        memory.setAccess(30, 3, PageAccess.READ);
        memory.copyFrom(30 * PAGE + 100, other, 20 * PAGE, octets.length);
        assertArrayEquals(octets, memory.read(30 * PAGE + 100, octets.length));
        assertArrayEquals(new byte[100], memory.read(30 * PAGE, 100));
        memory.copyFrom(30 * PAGE, other, 50 * PAGE, 200);
        assertArrayEquals(new byte[200], memory.read(30 * PAGE, 200));
        PagedMemory paged = new PagedMemory();
        paged.setAccess(40, 3, PageAccess.WRITE);
        paged.copyFrom(40 * PAGE + 1, memory, 30 * PAGE + 50, 2 * PAGE);
        assertArrayEquals(
                memory.read(30 * PAGE + 50, 2 * PAGE), paged.read(40 * PAGE + 1, 2 * PAGE));
        memory.copyFrom(30 * PAGE + 3, paged, 40 * PAGE, 2 * PAGE);
        assertArrayEquals(paged.read(40 * PAGE, 2 * PAGE), memory.read(30 * PAGE + 3, 2 * PAGE));
        assertThrows(
                IllegalStateException.class, () -> memory.copyFrom(32 * PAGE, paged, 0, 2 * PAGE));
        paged.setAccess(100, 40, PageAccess.WRITE);
        byte[] many = new byte[40 * PAGE];
        new Random(8).nextBytes(many);
        paged.write(100 * PAGE, many);
        memory.setAccess(200, 41, PageAccess.WRITE);
        memory.copyFrom(200 * PAGE + 9, paged, 100 * PAGE, many.length);
        assertArrayEquals(many, memory.read(200 * PAGE + 9, many.length));
        close(other);
    }

    @Test
    void growsTheHeapByPagesAndNotBeyondItsLimit() {
        assertEquals(0, memory.growHeap(0));
        assertEquals(0, memory.growHeap(1));
        memory.setHeap(0x20000, 0x24000);
        assertEquals(0x20000, memory.growHeap(0));
        assertEquals(PageAccess.NONE, memory.access(0x20));
        assertEquals(0x20000, memory.growHeap(1));
        assertEquals(PageAccess.WRITE, memory.access(0x20));
        assertEquals(PageAccess.NONE, memory.access(0x21));
        assertEquals(0x20001, memory.growHeap(0x1000));
        assertEquals(PageAccess.WRITE, memory.access(0x21));
        assertEquals(0, memory.growHeap(0x3000));
        assertEquals(0, memory.growHeap(-1));
        assertEquals(0x21001, memory.growHeap(0x2fff));
        assertEquals(0x24000, memory.heapTop());
        assertEquals(0x24000, memory.growHeap(0));
    }

    @Test
    void mapsAllOfMemoryWithoutAllocatingIt() {
        for (int round = 0; round < wholeMappings(); round++) {
            MachineMemory large = newMemory();
            large.setAccess(16, PAGES - 16, PageAccess.WRITE);
            assertEquals((PAGES - 16L) * PAGE, large.mappedBytes());
            assertTrue(large.isWritable(0x10000, (1L << 32) - 0x10000));
            large.setAccess(16, PAGES - 16, PageAccess.NONE);
            assertEquals((PAGES - 16L) * PAGE, large.mappedBytes());
            large.reset(16, PAGES - 16, PageAccess.NONE);
            assertEquals(0, large.mappedBytes());
            close(large);
        }
    }

    @Test
    void behavesLikeAPlainMap() {
        long seed = Long.getLong("marmalade.seed", System.nanoTime() & 0xffff_ffffL);
        System.out.println("-Dmarmalade.seed=" + seed);
        Random random = new Random(seed);
        Map<Integer, byte[]> contents = new HashMap<>();
        PageAccess[] access = new PageAccess[PAGES];
        Arrays.fill(access, PageAccess.NONE);
        boolean[] mapped = new boolean[PAGES];
        for (int step = 0; step < 3000; step++) {
            boolean wide = random.nextInt(40) == 0;
            int first = 16 + (wide ? random.nextInt(6000) : 1000 + random.nextInt(60));
            int count = wide ? random.nextInt(5000) : random.nextInt(5);
            PageAccess now = PageAccess.values()[random.nextInt(3)];
            switch (random.nextInt(4)) {
                case 0 -> {
                    memory.setAccess(first, count, now);
                    for (int page = first; page < first + count; page++) {
                        access[page] = now;
                        mapped[page] |= now != PageAccess.NONE;
                    }
                }
                case 1 -> {
                    memory.reset(first, count, now);
                    for (int page = first; page < first + count; page++) {
                        access[page] = now;
                        mapped[page] = now != PageAccess.NONE;
                        contents.remove(page);
                    }
                }
                case 2 -> {
                    byte[] octets = new byte[random.nextInt(3 * PAGE)];
                    random.nextBytes(octets);
                    long address = (long) first * PAGE + random.nextInt(PAGE);
                    boolean there = true;
                    for (long at = address; at < address + octets.length; at++) {
                        there &= mapped[(int) (at >>> 12)];
                    }
                    if (there) {
                        memory.write(address, octets);
                        for (int index = 0; index < octets.length; index++) {
                            long at = address + index;
                            contents.computeIfAbsent((int) (at >>> 12), page -> new byte[PAGE])[
                                            (int) at & PAGE - 1] =
                                    octets[index];
                        }
                    }
                }
                default -> {
                    long address = (long) (first + 1) * PAGE - random.nextInt(12);
                    int length = 1 << random.nextInt(4);
                    long value = random.nextLong();
                    boolean all = true;
                    for (long at = address; at < address + length; at++) {
                        all &= access[(int) (at >>> 12)] == PageAccess.WRITE;
                    }
                    assertEquals(
                            all, memory.firstInaccessible(address, length, PageAccess.WRITE) < 0);
                    assertEquals(all, memory.isWritable(address, length));
                    if (all) {
                        memory.store(address, length, value);
                        assertEquals(value & -1L >>> 64 - 8 * length, memory.load(address, length));
                        for (int index = 0; index < length; index++) {
                            long at = address + index;
                            contents.computeIfAbsent((int) (at >>> 12), page -> new byte[PAGE])[
                                            (int) at & PAGE - 1] =
                                    (byte) (value >>> 8 * index);
                        }
                    }
                }
            }
            int page = 1000 + random.nextInt(80);
            assertEquals(access[page], memory.access(page));
            assertArrayEquals(
                    contents.getOrDefault(page, new byte[PAGE]),
                    memory.read((long) page * PAGE, PAGE));
        }
        long count = 0;
        for (boolean page : mapped) {
            count += page ? 1 : 0;
        }
        assertEquals(count * PAGE, memory.mappedBytes());
    }
}
