/**
 * Structures between their codec form and the JSON of the public test vectors.
 *
 * <p>{@link Structures} writes the vectors' schema down as data: which fields a structure has and
 * how each is encoded. A {@link Shape} made of it reads octets into JSON and writes JSON as octets,
 * without the records that the node itself works with, so that it can serve as their witness.
 *
 * {@snippet :
 * ProtocolConfig config = ProtocolConfig.tiny(ProtocolVersion.V0_7_2);
 * JsonNode header = Structures.named("header").orElseThrow().decode(config, octets);
 * }
 */
@NullMarked
package io.marmalade.conformance.json;

import org.jspecify.annotations.NullMarked;
