package io.marmalade.invocation;

import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;

/**
 * The prices of the host calls.
 *
 * <p>Under 0.7.2 every call costs 10. Three calls cost more once they know more, and take the rest
 * themselves: {@code transfer} the gas that it hands on when it succeeds (both versions), {@code
 * invoke} the inner machine's gas and {@code grow_heap} its pages (0.8.0).
 *
 * @gp sec:generalfunctions
 */
public final class HostCallPrices {
    /** What asking for a larger heap costs, whatever comes of it. */
    public static final long GROW_HEAP_BASE = 275;

    private static final Price TEN = new Price.Fixed(10);

    private HostCallPrices() {}

    /**
     * Returns the price of a call.
     *
     * @throws IllegalArgumentException if the version does not have this call
     */
    public static Price of(HostCallName name, ProtocolVersion version) {
        if (!name.isIn(version)) {
            throw new IllegalArgumentException(name + " is not in " + version);
        }
        return switch (version) {
            case V0_7_2 -> TEN;
            case V0_8_0 -> since080(name);
        };
    }

    /** Returns the price of a number that is not offered. */
    public static long ofUnknown(ProtocolVersion version) {
        return switch (version) {
            case V0_7_2 -> 10;
            case V0_8_0 -> 1000;
        };
    }

    private static Price since080(HostCallName name) {
        return switch (name) {
            case GAS -> fixed(48);
            case GROW_HEAP -> fixed(GROW_HEAP_BASE);
            case FETCH -> (Price.Metered) HostCallPrices::fetch;
            case LOOKUP -> perKib(600, 248, 11);
            case READ ->
                    metered(m -> sum(2407, kib(1736, m.register(9)), kib(248, m.register(12))));
            case WRITE ->
                    metered(m -> sum(2442, kib(3358, m.register(8)), kib(216, m.register(10))));
            case INFO -> fixed(703);
            case HISTORICAL_LOOKUP -> perKib(1125, 264, 11);
            case EXPORT -> fixed(3521);
            case MACHINE -> perKib(1862, 112, 8);
            case PEEK -> perKib(377, 336, 10);
            case POKE -> perKib(297, 224, 10);
            case PAGES -> (Price.Metered) HostCallPrices::pages;
            case INVOKE -> fixed(968);
            case EXPUNGE -> fixed(335);
            case BLESS -> metered(m -> sum(422, times(20, m.register(12))));
            case ASSIGN -> fixed(1818);
            case DESIGNATE -> metered(m -> sum(1100, times(302, m.register(8))));
            case CHECKPOINT -> fixed(103);
            case NEW -> fixed(3855);
            case UPGRADE -> fixed(1028);
            case TRANSFER -> fixed(575);
            case EJECT -> fixed(458);
            case QUERY -> fixed(643);
            case SOLICIT -> fixed(2193);
            case FORGET -> fixed(3250);
            case YIELD -> fixed(98);
            case PROVIDE -> perKib(3980, 2264, 9);
            case LOG -> fixed(ofUnknown(ProtocolVersion.V0_8_0));
        };
    }

    private static long fetch(Machine machine) {
        long kind = machine.register(10);
        if (kind < 0 || kind > 15) {
            return 80;
        }
        long size = machine.register(9);
        return switch ((int) kind) {
            case 0 -> 390;
            case 1 -> 103;
            case 2 -> sum(80, kib(96, size));
            case 3, 4, 7 -> sum(85, kib(96, size));
            case 5, 6 -> 171;
            case 8 -> 84;
            case 9 -> 88;
            case 10 -> 111;
            case 11 -> 317;
            case 12 -> 250;
            case 13 -> sum(95, kib(96, size));
            case 14 -> sum(287, kib(400, size));
            default -> sum(355, kib(344, size));
        };
    }

    private static long pages(Machine machine) {
        long count = machine.register(9);
        long mode = machine.register(10);
        if (mode == 0) {
            return sum(212, times(118, count));
        }
        if (mode == 1 || mode == 2) {
            return sum(275, times(121, count));
        }
        if (mode == 3 || mode == 4) {
            return sum(130, times(29, count));
        }
        return 80;
    }

    private static Price fixed(long gas) {
        return new Price.Fixed(gas);
    }

    private static Price metered(Price.Metered price) {
        return price;
    }

    private static Price perKib(long base, long rate, int register) {
        return metered(machine -> sum(base, kib(rate, machine.register(register))));
    }

    /** Returns ⌈rate · octets ÷ 1024⌉, unsigned, or 2⁶⁴−1 if it is more. */
    static long kib(long rate, long octets) {
        long high = Math.unsignedMultiplyHigh(rate, octets);
        long low = rate * octets;
        if (high >>> 10 != 0) {
            return -1;
        }
        long quotient = high << 54 | low >>> 10;
        return (low & 1023) == 0 ? quotient : sum(quotient, 1);
    }

    /** Returns the product, unsigned, or 2⁶⁴−1 if it is more. */
    static long times(long rate, long count) {
        return Math.unsignedMultiplyHigh(rate, count) == 0 ? rate * count : -1;
    }

    /** Returns the sum, unsigned, or 2⁶⁴−1 if it is more. */
    static long sum(long a, long b) {
        long sum = a + b;
        return Long.compareUnsigned(sum, a) < 0 ? -1 : sum;
    }

    private static long sum(long a, long b, long c) {
        return sum(sum(a, b), c);
    }
}
