package io.marmalade.pvm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.marmalade.pvm.MachineMemory;
import io.marmalade.pvm.PagedMemory;

import org.junit.jupiter.api.Test;

class RunLoopCopyTest {
    @Test
    void loopsOfOtherMemoriesHaveAClassOfTheirOwn() throws NoSuchFieldException {
        RunLoop paged = RunLoop.of(new long[16], new PagedMemory());
        RunLoop other = RunLoopCopy.PROTOTYPE.with(new long[16], new PagedMemory());
        assertSame(PagedRunLoop.class, paged.getClass());
        assertNotSame(paged.getClass(), other.getClass());
        assertSame(RunLoopCopy.PROTOTYPE.getClass(), other.getClass());
        assertEquals(MachineMemory.class, other.getClass().getDeclaredField("memory").getType());
    }

    @Test
    void eachClassStartsWithShortSlicesOfItsOwn() {
        RunLoop paged = RunLoop.of(new long[16], new PagedMemory());
        for (int entry = 0; entry < RunLoop.COLD_ENTRIES; entry++) {
            paged.slice();
        }
        assertEquals(RunLoop.SLICE, paged.slice());
        RunLoop other = RunLoopCopy.PROTOTYPE.with(new long[16], new PagedMemory());
        assertEquals(RunLoop.COLD_SLICE, other.slice());
    }
}
