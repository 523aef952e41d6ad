package io.marmalade.invocation.accumulate;

import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.state.Privileges;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code bless} (Ω_B): sets all privileges. φ₇ manager, φ₈ address of the assigners, φ₉ delegator,
 * φ₁₀ registrar, φ₁₁ address and φ₁₂ number of the services that always accumulate, 12 octets each.
 *
 * <p>Any service may call it, on its own view of the state; whose privileges come to hold is
 * decided when the results of a round are merged.
 *
 * @gp sec:accumulatefunctions
 */
final class Bless implements HostCall<AccumulateContext> {
    private static final int INDEX_SIZE = 4;
    private static final int ENTRY_SIZE = 12;

    private final AccumulateRules rules;

    Bless(AccumulateRules rules) {
        this.rules = rules;
    }

    @Override
    public @Nullable ExitReason call(Machine machine, AccumulateContext context) {
        long manager = machine.register(7);
        long delegator = machine.register(9);
        long registrar = machine.register(10);
        byte[] assigners =
                Guest.read(
                        machine,
                        machine.register(8),
                        INDEX_SIZE * (long) context.config().coreCount());
        long address = machine.register(11);
        long count = machine.register(12);
        if (assigners == null || !isReadable(machine, address, count)) {
            return Guest.PANIC;
        }
        if (rules.onlyManagerBlesses() && context.service() != context.privileges().manager()) {
            return Guest.answer(machine, ResultCode.HUH);
        }
        if (!Guest.isServiceIndex(manager)
                || !Guest.isServiceIndex(delegator)
                || !Guest.isServiceIndex(registrar)) {
            return Guest.answer(machine, ResultCode.WHO);
        }
        context.setPrivileges(
                new Privileges(
                        manager,
                        assigners(assigners),
                        delegator,
                        registrar,
                        alwaysAccumulate(machine, context, address, (int) count)));
        return Guest.answer(machine, ResultCode.OK);
    }

    private static boolean isReadable(Machine machine, long address, long count) {
        return Long.compareUnsigned(count, Guest.MAX_OCTETS / ENTRY_SIZE) <= 0
                && Guest.isReadable(machine, address, ENTRY_SIZE * count);
    }

    private static List<Long> assigners(byte[] octets) {
        List<Long> assigners = new ArrayList<>(octets.length / INDEX_SIZE);
        for (int i = 0; i < octets.length; i += INDEX_SIZE) {
            assigners.add(natural(octets, i, INDEX_SIZE));
        }
        return Collections.unmodifiableList(assigners);
    }

    private static SortedMap<Long, Long> alwaysAccumulate(
            Machine machine, AccumulateContext context, long address, int count) {
        Privileges initial = context.initial().privileges();
        if (context.service() != initial.manager()) {
            // Only what the manager of before sets here is ever looked at. Any service may call
            // bless for the price of
            // a few octets; it must not make us build a map of all its memory for nothing.
            return initial.alwaysAccumulate();
        }
        TreeMap<Long, Long> entries = new TreeMap<>();
        byte[] entry = new byte[ENTRY_SIZE];
        for (int i = 0; i < count; i++) {
            machine.memory().read(address + ENTRY_SIZE * (long) i, entry, 0, ENTRY_SIZE);
            entries.put(natural(entry, 0, INDEX_SIZE), natural(entry, INDEX_SIZE, 8));
        }
        return Collections.unmodifiableSortedMap(entries);
    }

    private static long natural(byte[] octets, int offset, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | octets[offset + i] & 0xff;
        }
        return value;
    }
}
