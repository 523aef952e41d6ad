package io.marmalade.invocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.marmalade.pvm.Machine;
import io.marmalade.pvm.ProtocolVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigInteger;
import java.util.Random;

class HostCallPricesTest {
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    @ParameterizedTest
    @EnumSource(HostCallName.class)
    void costsTenUnder072WhateverTheRegisters(HostCallName name) {
        if (!name.isIn(ProtocolVersion.V0_7_2)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> HostCallPrices.of(name, ProtocolVersion.V0_7_2));
            return;
        }
        assertEquals(new Price.Fixed(10), HostCallPrices.of(name, ProtocolVersion.V0_7_2));
        assertEquals(10, HostCallPrices.ofUnknown(ProtocolVersion.V0_7_2));
    }

    /** Name, φ₇…φ₁₂, price. */
    @ParameterizedTest
    @CsvSource({
        "GAS, 0,0,0,0,0,0, 48",
        "GROW_HEAP, 0,0,0,0,0,0, 275",
        "LOOKUP, 9,9,9,9,0,9, 600",
        "LOOKUP, 9,9,9,9,1,9, 601",
        "LOOKUP, 9,9,9,9,1024,9, 848",
        "LOOKUP, 9,9,9,9,1025,9, 849",
        "READ, 9,9,0,9,9,0, 2407",
        "READ, 9,9,1,9,9,1, 2410",
        "READ, 9,9,1024,9,9,2048, 4639",
        "WRITE, 9,0,9,0,9,9, 2442",
        "WRITE, 9,1024,9,1024,9,9, 6016",
        "WRITE, 9,1,9,1,9,9, 2447",
        "INFO, 0,0,0,0,0,0, 703",
        "HISTORICAL_LOOKUP, 9,9,9,9,1024,9, 1389",
        "EXPORT, 9,9,9,9,9,9, 3521",
        "MACHINE, 9,1024,9,9,9,9, 1974",
        "PEEK, 9,9,9,1024,9,9, 713",
        "POKE, 9,9,9,1024,9,9, 521",
        "PAGES, 9,9,3,0,9,9, 566",
        "PAGES, 9,9,3,1,9,9, 638",
        "PAGES, 9,9,3,2,9,9, 638",
        "PAGES, 9,9,3,3,9,9, 217",
        "PAGES, 9,9,3,4,9,9, 217",
        "PAGES, 9,9,3,5,9,9, 80",
        "PAGES, 9,9,3,-1,9,9, 80",
        "INVOKE, 9,9,9,9,9,9, 968",
        "EXPUNGE, 9,9,9,9,9,9, 335",
        "BLESS, 9,9,9,9,9,3, 482",
        "ASSIGN, 9,9,9,9,9,9, 1818",
        "DESIGNATE, 9,6,9,9,9,9, 2912",
        "CHECKPOINT, 9,9,9,9,9,9, 103",
        "NEW, 9,9,9,9,9,9, 3855",
        "UPGRADE, 9,9,9,9,9,9, 1028",
        "TRANSFER, 9,9,9,9,9,9, 575",
        "EJECT, 9,9,9,9,9,9, 458",
        "QUERY, 9,9,9,9,9,9, 643",
        "SOLICIT, 9,9,9,9,9,9, 2193",
        "FORGET, 9,9,9,9,9,9, 3250",
        "YIELD, 9,9,9,9,9,9, 98",
        "PROVIDE, 9,9,1024,9,9,9, 6244",
        "LOG, 9,9,9,9,9,9, 1000",
        "FETCH, 9,9,2048,0,9,9, 390",
        "FETCH, 9,9,2048,1,9,9, 103",
        "FETCH, 9,9,2048,2,9,9, 272",
        "FETCH, 9,9,2048,3,9,9, 277",
        "FETCH, 9,9,2048,4,9,9, 277",
        "FETCH, 9,9,2048,5,9,9, 171",
        "FETCH, 9,9,2048,6,9,9, 171",
        "FETCH, 9,9,2048,7,9,9, 277",
        "FETCH, 9,9,2048,8,9,9, 84",
        "FETCH, 9,9,2048,9,9,9, 88",
        "FETCH, 9,9,2048,10,9,9, 111",
        "FETCH, 9,9,2048,11,9,9, 317",
        "FETCH, 9,9,2048,12,9,9, 250",
        "FETCH, 9,9,2048,13,9,9, 287",
        "FETCH, 9,9,2048,14,9,9, 1087",
        "FETCH, 9,9,2048,15,9,9, 1043",
        "FETCH, 9,9,2048,16,9,9, 80",
        "FETCH, 9,9,2048,-1,9,9, 80",
        // What no machine can pay.
        "READ, 9,9,-1,9,9,-1, -1",
        "WRITE, 9,-1,9,-1,9,9, -1",
        "PAGES, 9,9,-1,0,9,9, -1",
        "BLESS, 9,9,9,9,9,-1, -1",
        "DESIGNATE, 9,-1,9,9,9,9, -1",
        "PROVIDE, 9,9,-1,9,9,9, -1",
        // What would be little if it wrapped around.
        "PAGES, 9,9,-9223372036854775808,0,9,9, -1",
        "BLESS, 9,9,9,9,9,-9223372036854775808, -1",
        "DESIGNATE, 9,-9223372036854775808,9,9,9,9, -1",
    })
    void costsWhatTheTableSaysUnder080(
            HostCallName name,
            long r7,
            long r8,
            long r9,
            long r10,
            long r11,
            long r12,
            long expected) {
        try (Machine machine = TestMachines.machine(ProtocolVersion.V0_8_0)) {
            TestMachines.arguments(machine, r7, r8, r9, r10, r11, r12);
            long price =
                    switch (HostCallPrices.of(name, ProtocolVersion.V0_8_0)) {
                        case Price.Fixed(long gas) -> gas;
                        case Price.Metered metered -> metered.of(machine);
                    };
            assertEquals(Long.toUnsignedString(expected), Long.toUnsignedString(price));
        }
    }

    @Test
    void costsAThousandToAskForTheUnknownUnder080() {
        assertEquals(1000, HostCallPrices.ofUnknown(ProtocolVersion.V0_8_0));
    }

    @Test
    void countsKibsAsWideArithmeticDoes() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            long rate = random.nextInt(1, 4096);
            long octets = random.nextLong() >>> random.nextInt(64);
            BigInteger exact =
                    BigInteger.valueOf(rate)
                            .multiply(new BigInteger(Long.toUnsignedString(octets)))
                            .add(BigInteger.valueOf(1023))
                            .shiftRight(10)
                            .min(MAX);
            assertEquals(
                    exact.longValue(),
                    HostCallPrices.kib(rate, octets),
                    () -> "seed " + seed + ": " + rate + " × " + Long.toUnsignedString(octets));
        }
    }
}
