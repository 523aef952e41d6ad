package io.marmalade.bench.result;

/**
 * What is done in one operation, so that a rate can be told.
 *
 * @param amount how much, more than 0
 * @param unit of the amount, in the plural: {@code instructions}, {@code octets}, {@code keys}
 */
public record Work(double amount, String unit) {
    /** Returns how much is done in a second. */
    double aSecond(double nanos) {
        return amount * 1e9 / nanos;
    }
}
