package io.marmalade.state;

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
        SortedMap<Long, ServiceRecord> services) {}
