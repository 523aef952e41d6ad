package io.marmalade.state;

import io.marmalade.base.Bytes;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What became of a service's request for a preimage.
 *
 * @param timeslots none: requested; one: available since then; two: available from the first until
 *     the second; three: available from the first until the second, and again since the third. Each
 *     is 0..2³²−1
 * @gp sec:lookups
 */
public record PreimageRequest(List<Long> timeslots) {
    /** Requested, and not yet provided. */
    public static final PreimageRequest REQUESTED = new PreimageRequest(List.of());

    private static final int MAX_TIMESLOTS = 3;

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there are more than three time slots
     */
    public PreimageRequest {
        timeslots = List.copyOf(timeslots);
        if (timeslots.size() > MAX_TIMESLOTS) {
            throw new IllegalArgumentException(timeslots.size() + " time slots");
        }
    }

    /** Returns the request with these time slots, at most three. */
    public static PreimageRequest of(Long... timeslots) {
        return new PreimageRequest(List.of(timeslots));
    }

    /** Returns the number of time slots, 0..3. */
    public int size() {
        return timeslots.size();
    }

    /** Returns a time slot, counted from 0. */
    public long timeslot(int index) {
        return timeslots.get(index);
    }

    /** Returns whether the preimage is requested, and was never provided. */
    public boolean isRequested() {
        return timeslots.isEmpty();
    }

    /**
     * Returns whether the preimage was available at a time (I).
     *
     * @gp eq:historicallookup
     */
    public boolean isAvailableAt(long time) {
        return switch (timeslots.size()) {
            case 0 -> false;
            case 1 -> timeslot(0) <= time;
            case 2 -> timeslot(0) <= time && time < timeslot(1);
            default -> (timeslot(0) <= time && time < timeslot(1)) || timeslot(2) <= time;
        };
    }

    /** Returns the request as it stands in the state. */
    public Bytes encoded() {
        byte[] octets = new byte[1 + 4 * timeslots.size()];
        octets[0] = (byte) timeslots.size();
        for (int i = 1; i < octets.length; i++) {
            octets[i] = (byte) (timeslots.get((i - 1) / 4) >>> (8 * ((i - 1) % 4)));
        }
        return Bytes.of(octets);
    }

    /**
     * Returns the request that stands so in the state, or null if there is none or what stands
     * there is no request.
     */
    public static @Nullable PreimageRequest decode(@Nullable Bytes encoded) {
        if (encoded == null || encoded.size() == 0) {
            return null;
        }
        byte[] octets = encoded.octets();
        if (octets[0] < 0 || octets[0] > MAX_TIMESLOTS || octets.length != 1 + 4 * octets[0]) {
            return null;
        }
        Long[] timeslots = new Long[octets[0]];
        for (int i = 0; i < timeslots.length; i++) {
            long timeslot = 0;
            for (int j = 3; j >= 0; j--) {
                timeslot = timeslot << 8 | octets[1 + 4 * i + j] & 0xff;
            }
            timeslots[i] = timeslot;
        }
        return of(timeslots);
    }
}
