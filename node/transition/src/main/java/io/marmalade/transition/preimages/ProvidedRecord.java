package io.marmalade.transition.preimages;

/**
 * What a block provides to a service.
 *
 * @param count preimages
 * @param size octets
 * @gp eq:servicestats
 */
public record ProvidedRecord(long count, long size) {}
