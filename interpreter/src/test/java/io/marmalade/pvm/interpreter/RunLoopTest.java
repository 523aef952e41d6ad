package io.marmalade.pvm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.marmalade.pvm.MachineMemory;
import io.marmalade.pvm.PagedMemory;

import org.junit.jupiter.api.Test;

class RunLoopTest {
    @Test
    void otherMemoriesThanPagedOnesHaveALoopOfTheirOwn() throws NoSuchFieldException {
        assertSame(PagedRunLoop.class, RunLoop.of(new long[16], new PagedMemory()).getClass());
        assertEquals(
                MachineMemory.class, MachineRunLoop.class.getDeclaredField("memory").getType());
    }

    @Test
    void eachClassStartsWithShortSlicesOfItsOwn() {
        RunLoop paged = RunLoop.of(new long[16], new PagedMemory());
        for (int entry = 0; entry < RunLoop.COLD_ENTRIES; entry++) {
            paged.slice();
        }
        assertEquals(RunLoop.SLICE, paged.slice());
        RunLoop other = new MachineRunLoop(new long[16], new PagedMemory());
        assertEquals(RunLoop.COLD_SLICE, other.slice());
    }
}
