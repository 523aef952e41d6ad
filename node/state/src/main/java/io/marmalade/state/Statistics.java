package io.marmalade.state;

import io.marmalade.codec.Decoder;
import io.marmalade.codec.Encodable;
import io.marmalade.codec.Encoder;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * The activity statistics (π).
 *
 * @param current π_V: of this epoch, a record a validator
 * @param previous π_L: of the previous epoch
 * @param cores π_C: of this block, a record a core
 * @param services π_S: of this block, by service index
 * @gp eq:activityspec
 */
public record Statistics(
        List<ValidatorRecord> current,
        List<ValidatorRecord> previous,
        List<CoreRecord> cores,
        SortedMap<Long, ServiceRecord> services)
        implements Encodable {
    /** Copies the lists, and makes the map unmodifiable; the caller gives the map away. */
    public Statistics {
        current = List.copyOf(current);
        previous = List.copyOf(previous);
        cores = List.copyOf(cores);
        services = Collections.unmodifiableSortedMap(services);
    }

    @Override
    public void encode(Encoder out) {
        StateFormat format = StateFormat.of(out.config());
        format.perValidator(out, current, Encoder::value);
        format.perValidator(out, previous, Encoder::value);
        out.fixed(cores, Encoder::value).dictionary(services, Encoder::u32, Encoder::value);
    }

    /** Reads what {@link #encode} writes. */
    public static Statistics decode(Decoder in) {
        StateFormat format = StateFormat.of(in.config());
        return new Statistics(
                format.perValidator(
                        in, "current", ValidatorRecord.MIN_SIZE, ValidatorRecord::decode),
                format.perValidator(
                        in, "previous", ValidatorRecord.MIN_SIZE, ValidatorRecord::decode),
                in.fixed("cores", in.config().coreCount(), CoreRecord::decode),
                in.field(
                        "services",
                        i ->
                                i.dictionary(
                                        4 + ServiceRecord.MIN_SIZE,
                                        Decoder::u32,
                                        ServiceRecord::decode)));
    }
}
