package io.marmalade.invocation;

import io.marmalade.base.Bytes;
import io.marmalade.base.Hash;
import io.marmalade.block.RefinementContext;
import io.marmalade.block.WorkItem;
import io.marmalade.block.WorkPackage;

import java.util.List;

/** Work packages whose lookup anchor is at time slot 100. */
public final class TestPackages {
    private TestPackages() {}

    /** Returns a package of service 1's authorizer. */
    public static WorkPackage of(Hash authorizer, WorkItem... items) {
        return new WorkPackage(
                1,
                authorizer,
                new RefinementContext(
                        Hash.ZERO, 0, Hash.ZERO, Hash.ZERO, Hash.ZERO, 100, Hash.ZERO, List.of()),
                TestServices.text("token"),
                TestServices.text("configuration"),
                List.of(items));
    }

    /** Returns a work item without imports and extrinsics. */
    public static WorkItem item(long service, Hash code, long gas, int exports, Bytes payload) {
        return new WorkItem(service, code, gas, 1000, exports, payload, List.of(), List.of());
    }
}
