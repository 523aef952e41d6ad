package io.marmalade.pvm.jit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.marmalade.pvm.MachineMemory;
import io.marmalade.pvm.MachineMemoryContract;
import io.marmalade.pvm.PageAccess;

import org.junit.jupiter.api.Test;

class ArrayMemoryTest extends MachineMemoryContract {
    private static final int PAGE = 4096;

    @Override
    protected MachineMemory newMemory() {
        return new ArrayMemory();
    }

    @Override
    protected int wholeMappings() {
        return 5;
    }

    @Test
    void aGrowingHeapStaysInOneRange() {
        ArrayMemory memory = new ArrayMemory();
        memory.reset(32, 4, PageAccess.WRITE);
        memory.reset(0xf_0000, 16, PageAccess.WRITE);
        memory.setHeap(36L * PAGE, 0xe_0000L * PAGE);
        for (int page = 32; page < 36; page++) {
            memory.putInt(page * PAGE + 8, page);
        }
        for (int page = 36; page < 4000; page++) {
            memory.growHeap(PAGE);
            memory.putInt(page * PAGE + 8, page);
            assertEquals(32L * PAGE, memory.lowStart);
            assertEquals((page + 1L) * PAGE, memory.lowEnd);
        }
        for (int page = 32; page < 4000; page++) {
            int at = (int) (page * PAGE + 8 + memory.lowDelta);
            assertEquals(page, (int) ArrayMemory.INT.get(memory.octets, at));
            assertEquals(page, memory.getInt(page * PAGE + 8));
        }
        assertTrue(memory.octets.length < 8 * 4000 * PAGE, "grows by doubling");
    }

    @Test
    void findsPagesOfOneRunInOneStretchAndRefusesOthers() {
        ArrayMemory memory = new ArrayMemory();
        memory.setAccess(100, 2, PageAccess.READ);
        memory.setAccess(300, 2, PageAccess.READ);
        memory.setAccess(102, 1, PageAccess.READ);
        assertTrue(memory.locate(101 * PAGE - 4, 8, 1) > 0);
        assertEquals(-1, memory.locate(102 * PAGE - 4, 8, 1));
        assertEquals(-1, memory.locate(101 * PAGE - 4, 8, 2));
        assertEquals(-1, memory.locate((1L << 32) - 4, 8, 1));
    }

    @Test
    void largeRunsTakeNoRoomBeforeTheyAreWritten() {
        ArrayMemory memory = new ArrayMemory();
        memory.setAccess(16, (1 << 20) - 16, PageAccess.WRITE);
        long zero = memory.locate(5000L * PAGE, 8, 1);
        assertEquals(0, memory.octets[(int) zero]);
        for (int page = 6000; page < 6100; page++) {
            assertTrue(memory.locate((long) page * PAGE, 8, 2) > 0);
        }
        assertEquals(6000L * PAGE, memory.lowStart);
        assertEquals(6100L * PAGE, memory.lowEnd);
        assertTrue(memory.octets.length < 1 << 20);
    }

    @Test
    void mappingAndUnmappingTakesNoMoreAndMore() {
        ArrayMemory memory = new ArrayMemory();
        for (int round = 0; round < 20_000; round++) {
            int page = 16 + round * 50;
            memory.reset(page, 3, PageAccess.WRITE);
            memory.store((long) page * PAGE, 8, -1);
            memory.store((page + 2L) * PAGE, 8, -1);
            memory.reset(page, 3, PageAccess.NONE);
            assertEquals(0, memory.load((long) page * PAGE, 8));
        }
        assertTrue(memory.octets.length <= 1 << 20, memory.octets.length + " octets");
    }
}
