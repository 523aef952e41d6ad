package io.marmalade.block;

/**
 * What a service is told when it is accumulated (I): of a work item, or of a transfer.
 *
 * @gp eq:accinput
 */
public sealed interface AccumulationInput permits Operand, DeferredTransfer {}
