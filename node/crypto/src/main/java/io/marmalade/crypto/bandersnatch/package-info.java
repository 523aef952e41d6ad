/**
 * Bandersnatch VRFs, singly contextualized and by rings, in the form that JAM uses: the suite
 * Bandersnatch_SHA-512_ELL2.
 *
 * <p>The door: {@link io.marmalade.crypto.bandersnatch.BandersnatchVrf} verifies and makes the
 * signatures that seal blocks, {@link io.marmalade.crypto.bandersnatch.RingRoots} commits to a ring
 * of keys, {@link io.marmalade.crypto.bandersnatch.RingVerifier} verifies tickets against such a
 * commitment, and {@link io.marmalade.crypto.bandersnatch.RingProver} makes them.
 *
 * <p>Behind it, bottom up: {@code Fr} (the field), {@code Point} (the curve), {@code SquareRoots}
 * and {@code PointBatch} (decoding and hashing to the curve), {@code Suite} (hashes), {@code
 * ConstantTime} and {@code Nonces} (secrets), {@code CurveBackend} (what differs between machines),
 * {@code RingDomain}, {@code RingSetup}, {@code Transcript} and {@code RingProof} (the ring proof),
 * {@code GroupDecoding} (the points of G1 in it; {@code GroupLanes} and {@code CoordinateLanes} for
 * eight of them at once) and {@code MillerLoops} (the pairings).
 */
@NullMarked
package io.marmalade.crypto.bandersnatch;

import org.jspecify.annotations.NullMarked;
