package io.marmalade.invocation.refine;

import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.GuestMemory;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.PageAccess;

import org.jspecify.annotations.Nullable;

/**
 * {@code pages} (Ω_Z): sets access to pages of an inner machine. φ₇ its number, φ₈ the first page,
 * φ₉ how many, φ₁₀ what: 0 no access, 1 read, 2 write, all three with contents of zero; 3 read, 4
 * write, with contents kept, where no page may be without access before.
 *
 * @gp sec:refinefunctions
 */
public final class Pages implements HostCall<RefineContext> {
    private static final int FIRST_PAGE = 16;
    private static final int PAGES_END = 1 << 20;

    @Override
    public @Nullable ExitReason call(Machine machine, RefineContext context) {
        InnerMachine inner = context.machines().get(machine.register(7));
        if (inner == null) {
            return Guest.answer(machine, ResultCode.WHO);
        }
        long firstPage = machine.register(8);
        long count = machine.register(9);
        long mode = machine.register(10);
        if (mode < 0
                || mode > 4
                || firstPage < FIRST_PAGE
                || firstPage >= PAGES_END
                || count < 0
                || count >= PAGES_END
                || firstPage + count >= PAGES_END) {
            return Guest.answer(machine, ResultCode.HUH);
        }
        GuestMemory memory = inner.memory();
        int first = (int) firstPage;
        int pages = (int) count;
        boolean keeps = mode > 2;
        if (keeps && hasInaccessible(memory, first, pages)) {
            return Guest.answer(machine, ResultCode.HUH);
        }
        PageAccess access =
                mode == 0 ? PageAccess.NONE : mode % 2 == 1 ? PageAccess.READ : PageAccess.WRITE;
        if (access != PageAccess.NONE && !context.machines().hasRoomForPages(inner, first, pages)) {
            return context.refuse("inner machines map too much memory");
        }
        if (keeps) {
            memory.setAccess(first, pages, access);
        } else {
            memory.reset(first, pages, access);
        }
        return Guest.answer(machine, ResultCode.OK);
    }

    private static boolean hasInaccessible(GuestMemory memory, int first, int pages) {
        return !memory.isReadable(
                (long) first * GuestMemory.PAGE_SIZE, (long) pages * GuestMemory.PAGE_SIZE);
    }
}
