package io.marmalade.pvm.jit;

import io.marmalade.pvm.MachineMemory;
import io.marmalade.pvm.MachineMemoryContract;

class FlatMemoryTest extends MachineMemoryContract {
    @Override
    protected MachineMemory newMemory() {
        return new FlatMemory(Mapping.take().orElseThrow());
    }

    @Override
    protected void close(MachineMemory memory) {
        ((FlatMemory) memory).close();
    }

    @Override
    protected int wholeMappings() {
        return 5;
    }
}
