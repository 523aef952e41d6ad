package io.marmalade.state;

import io.marmalade.base.Bytes;
import io.marmalade.base.StateKey;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Not one service. */
enum NoServices implements Services {
    INSTANCE;

    @Override
    public @Nullable ServiceAccount account(long service) {
        return null;
    }

    @Override
    public @Nullable Bytes value(StateKey key) {
        return null;
    }

    @Override
    public List<StateKey> keysOf(long service) {
        return List.of();
    }
}
