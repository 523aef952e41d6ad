package io.marmalade.pvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.Random;

class PagedMemoryTest extends MachineMemoryContract {
    @Override
    protected MachineMemory newMemory() {
        return new PagedMemory();
    }

    @Override
    protected int wholeMappings() {
        return 2000;
    }

    @Test
    void copiesPagesWithTheirAccessAndTheHeap() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        PagedMemory from = new PagedMemory();
        for (int round = 0; round < 200; round++) {
            int first = random.nextInt(6000);
            int pages = 1 + random.nextInt(random.nextInt(10) == 0 ? 3000 : 5);
            PageAccess access = PageAccess.values()[random.nextInt(3)];
            switch (random.nextInt(4)) {
                case 0 -> from.reset(first, pages, access);
                case 1 -> from.map(first, new byte[][] {octets(random)}, PageAccess.READ);
                default -> from.setAccess(first, pages, access);
            }
            if (access != PageAccess.NONE) {
                from.write((long) first << 12, octets(random), 0, 1 + random.nextInt(4096));
            }
        }
        from.setHeap(100_000, 1 << 20);
        PagedMemory to = new PagedMemory();
        from.copyTo(to);
        assertEquals(from.mappedBytes(), to.mappedBytes());
        assertEquals(from.heapTop(), to.heapTop());
        assertEquals(from.heapLimit(), to.heapLimit());
        for (int page = 0; page < 10_000; page++) {
            long address = (long) page << 12;
            assertEquals(from.access(page), to.access(page));
            assertArrayEquals(from.read(address, 4096), to.read(address, 4096));
            assertEquals(mayWrite(from, address), mayWrite(to, address), "page " + page);
        }
        to.reset(0, 10_000, PageAccess.NONE);
        assertThrows(IllegalStateException.class, () -> to.write(1 << 16, new byte[1], 0, 1));
    }

    private static byte[] octets(Random random) {
        byte[] octets = new byte[4096];
        random.nextBytes(octets);
        return octets;
    }

    /** Whether the host may write, which it may wherever the guest once had access. */
    private static boolean mayWrite(PagedMemory memory, long address) {
        try {
            memory.write(address, memory.read(address, 1), 0, 1);
            return true;
        } catch (IllegalStateException neverMapped) {
            return false;
        }
    }
}
