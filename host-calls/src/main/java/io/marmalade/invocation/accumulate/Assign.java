package io.marmalade.invocation.accumulate;

import io.marmalade.base.Hash;
import io.marmalade.invocation.Guest;
import io.marmalade.invocation.HostCall;
import io.marmalade.invocation.ResultCode;
import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.Machine;
import io.marmalade.state.Privileges;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * {@code assign} (Ω_A): sets the queue of a core's authorizers, and who assigns them from now on.
 * φ₇ core, φ₈ address of the queue, φ₉ the next assigner.
 *
 * @gp sec:accumulatefunctions
 */
final class Assign implements HostCall<AccumulateContext> {
    @Override
    public @Nullable ExitReason call(Machine machine, AccumulateContext context) {
        long core = machine.register(7);
        long assigner = machine.register(9);
        byte[] octets =
                Guest.read(
                        machine,
                        machine.register(8),
                        Hash.SIZE * (long) context.config().authQueueSize());
        if (octets == null) {
            return Guest.PANIC;
        }
        if (Long.compareUnsigned(core, context.config().coreCount()) >= 0) {
            return Guest.answer(machine, ResultCode.CORE);
        }
        int index = (int) core;
        Privileges privileges = context.privileges();
        if (context.service() != privileges.assigners().get(index)) {
            return Guest.answer(machine, ResultCode.HUH);
        }
        if (!Guest.isServiceIndex(assigner)) {
            return Guest.answer(machine, ResultCode.WHO);
        }
        context.setAuthorizerQueue(index, hashes(octets));
        List<Long> assigners = new ArrayList<>(privileges.assigners());
        assigners.set(index, assigner);
        context.setPrivileges(
                new Privileges(
                        privileges.manager(),
                        Collections.unmodifiableList(assigners),
                        privileges.delegator(),
                        privileges.registrar(),
                        privileges.alwaysAccumulate()));
        return Guest.answer(machine, ResultCode.OK);
    }

    private static List<Hash> hashes(byte[] octets) {
        List<Hash> hashes = new ArrayList<>(octets.length / Hash.SIZE);
        for (int i = 0; i < octets.length; i += Hash.SIZE) {
            hashes.add(Hash.of(Arrays.copyOfRange(octets, i, i + Hash.SIZE)));
        }
        return Collections.unmodifiableList(hashes);
    }
}
