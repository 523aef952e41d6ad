package io.marmalade.state;

import io.marmalade.base.Hash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Merkle mountain range: its peaks, the smallest first, null where there is none.
 *
 * @param peaks an unmodifiable list
 * @gp sec:mmr
 */
public record MerkleMountainRange(List<@Nullable Hash> peaks) {}
