/**
 * The erasure code of the data availability system: systematic Reed–Solomon over GF(2^16).
 *
 * <p>{@link io.marmalade.erasure.ErasureCode} turns data into one shard a validator and back from
 * any D of them. It works by additive Fourier transforms over the Cantor basis, in blocks of rows;
 * {@code TransformKernel} does the arithmetic of the rows, by the Vector API where there is one,
 * else plainly.
 *
 * {@snippet :
 * ErasureCode code = ErasureCode.of(342, 1023);
 * byte[][] shards = code.encode(data);
 * byte[] again = code.recover(indices, someShards, data.length);
 * }
 *
 * @gp sec:erasurecoding
 */
@NullMarked
package io.marmalade.erasure;

import org.jspecify.annotations.NullMarked;
