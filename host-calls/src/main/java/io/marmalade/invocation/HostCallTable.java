package io.marmalade.invocation;

import io.marmalade.pvm.ExitReason;
import io.marmalade.pvm.HostCallHandler;
import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;

/**
 * The host calls that one kind of invocation offers under one version (F), by number. Immutable and
 * safe to share; made once, it answers a call without allocating.
 *
 * @param <C> the context of the invocation
 * @gp eq:isauthorizedmutator
 * @gp eq:refinemutator
 */
public final class HostCallTable<C extends InvocationContext> {
    /** Stands in {@link #fixedPrices} for a price that registers set. */
    private static final long METERED = -1;

    private final ProtocolVersion version;
    private final @Nullable HostCall<? super C>[] calls;
    private final long[] fixedPrices;
    private final Price.@Nullable Metered[] meteredPrices;
    private final long unknownPrice;

    @SuppressWarnings("unchecked")
    private HostCallTable(ProtocolVersion version, Map<HostCallName, HostCall<? super C>> offered) {
        this.version = version;
        unknownPrice = HostCallPrices.ofUnknown(version);
        int size = 0;
        for (HostCallName name : offered.keySet()) {
            size = Math.max(size, name.number(version) + 1);
        }
        calls = new HostCall[size];
        fixedPrices = new long[size];
        meteredPrices = new Price.Metered[size];
        offered.forEach((name, call) -> {
            int number = name.number(version);
            calls[number] = call;
            switch (HostCallPrices.of(name, version)) {
                case Price.Fixed(long gas) -> fixedPrices[number] = gas;
                case Price.Metered price -> {
                    fixedPrices[number] = METERED;
                    meteredPrices[number] = price;
                }
            }
        });
    }

    /** Starts a table for a version. */
    public static <C extends InvocationContext> Builder<C> of(ProtocolVersion version) {
        return new Builder<>(version);
    }

    /** Returns the version that numbers and prices are of. */
    public ProtocolVersion version() {
        return version;
    }

    /**
     * Returns whether a number is offered.
     *
     * @param number unsigned
     */
    public boolean isOffered(long number) {
        return number >= 0 && number < calls.length && calls[(int) number] != null;
    }

    /** Returns what answers the calls of one run. */
    public HostCallHandler handler(C context) {
        return (number, machine) -> call(number, machine, context);
    }

    /**
     * Answers one call: takes its price, or ends the run out of gas with none left; then asks the
     * call, or answers WHAT if the number is not offered.
     *
     * @param number as the guest gave it, unsigned
     * @return null to go on, else why the run ends
     */
    public @Nullable ExitReason call(long number, Machine machine, C context) {
        if (number < 0 || number >= calls.length) {
            return unknown(machine);
        }
        int index = (int) number;
        HostCall<? super C> call = calls[index];
        if (call == null) {
            return unknown(machine);
        }
        long price = fixedPrices[index];
        if (price == METERED) {
            price = meteredPrice(index, machine);
        }
        return Guest.pay(machine, price) ? call.call(machine, context) : Guest.OUT_OF_GAS;
    }

    private long meteredPrice(int index, Machine machine) {
        Price.Metered price = meteredPrices[index];
        if (price == null) {
            throw new IllegalStateException("no price for host call " + index);
        }
        return price.of(machine);
    }

    private @Nullable ExitReason unknown(Machine machine) {
        return Guest.pay(machine, unknownPrice)
                ? Guest.answer(machine, ResultCode.WHAT)
                : Guest.OUT_OF_GAS;
    }

    /** Collects the calls of a table. */
    public static final class Builder<C extends InvocationContext> {
        private final ProtocolVersion version;
        private final Map<HostCallName, HostCall<? super C>> offered =
                new EnumMap<>(HostCallName.class);

        private Builder(ProtocolVersion version) {
            this.version = version;
        }

        /** Returns the version that numbers and prices will be of. */
        public ProtocolVersion version() {
            return version;
        }

        /** Offers a call; one that the version does not have is left out. */
        public Builder<C> offer(HostCallName name, HostCall<? super C> call) {
            if (name.isIn(version) && offered.put(name, call) != null) {
                throw new IllegalStateException(name + " is offered twice");
            }
            return this;
        }

        /** Returns the table. */
        public HostCallTable<C> build() {
            return new HostCallTable<>(version, offered);
        }
    }
}
