package io.marmalade.pvm;

class PagedMemoryTest extends MachineMemoryContract {
    @Override
    protected MachineMemory newMemory() {
        return new PagedMemory();
    }

    @Override
    protected int wholeMappings() {
        return 2000;
    }
}
