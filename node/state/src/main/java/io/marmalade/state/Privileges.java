package io.marmalade.state;

import java.util.List;
import java.util.SortedMap;

/**
 * Who may do what (χ).
 *
 * @param manager χ_M: service index
 * @param assigners χ_A: service index for each core
 * @param delegator χ_V: service index
 * @param registrar χ_R: service index
 * @param alwaysAccumulate χ_Z: service index to gas of services that are accumulated in every block
 * @gp eq:privilegesspec
 */
public record Privileges(
        long manager,
        List<Long> assigners,
        long delegator,
        long registrar,
        SortedMap<Long, Long> alwaysAccumulate) {}
