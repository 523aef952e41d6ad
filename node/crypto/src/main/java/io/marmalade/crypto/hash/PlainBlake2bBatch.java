package io.marmalade.crypto.hash;

import io.marmalade.base.Hash;

/** One message after the other. */
final class PlainBlake2bBatch implements Blake2bBatch {
    @Override
    public void hash(
            byte[] in, int inOffset, int stride, int length, int count, byte[] out, int outOffset) {
        for (int i = 0; i < count; i++) {
            Blake2b.hashUnchecked(
                    in, inOffset + i * stride, length, out, outOffset + i * Hash.SIZE);
        }
    }
}
