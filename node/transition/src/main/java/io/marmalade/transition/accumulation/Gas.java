package io.marmalade.transition.accumulation;

/** Sums of gas, unsigned; what does not fit is the nearest that does. */
final class Gas {
    private static final long MAX = -1;

    private Gas() {}

    static long plus(long a, long b) {
        long sum = a + b;
        return Long.compareUnsigned(sum, a) < 0 ? MAX : sum;
    }

    static long minus(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? 0 : a - b;
    }

    static long times(long a, long b) {
        return Math.unsignedMultiplyHigh(a, b) == 0 ? a * b : MAX;
    }

    static long max(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? b : a;
    }

    static boolean isAtMost(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0;
    }
}
