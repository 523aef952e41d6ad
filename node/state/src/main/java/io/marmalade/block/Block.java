package io.marmalade.block;

/**
 * A block (B).
 *
 * @param header the header
 * @param extrinsic what the header commits to
 * @gp eq:block
 */
public record Block(
        Header header,
        Extrinsic extrinsic) {}
