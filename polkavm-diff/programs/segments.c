/* A service that turns segments round.
 *
 * Refine: exports each imported segment with its octets in reverse order, then one with the first extrinsic. The output
 * is the export's index, 4 octets, and the FNV-1a hash of 64 bits of the segment that came, 8 octets, for each of them.
 * Accumulate: stores each operand's output under its package's hash and adds to the number of segments that is stored
 * under "count".
 */
#include "service.h"

static u8 segment[SEGMENT], turned[SEGMENT], buffer[1 << 16], output[12 * 256];

static u64 fnv(const u8 *from, u64 length) {
    u64 hash = 0xcbf29ce484222325ul;
    for (u64 i = 0; i < length; i++) hash = (hash ^ from[i]) * 0x100000001b3ul;
    return hash;
}

REFINE {
    u64 count = 0;
    for (; count < 256 && fetch(segment, SEGMENT, FETCH_IMPORT, count) != NONE; count++) {
        for (u64 i = 0; i < SEGMENT; i++) turned[i] = segment[SEGMENT - 1 - i];
        put_little(output + 12 * count, export_segment(turned, SEGMENT), 4);
        put_little(output + 12 * count + 4, fnv(segment, SEGMENT), 8);
    }
    u64 size = fetch(buffer, SEGMENT, FETCH_EXTRINSIC, 0);
    if (size != NONE) export_segment(buffer, size < SEGMENT ? size : SEGMENT);
    return (struct octets){output, 12 * count};
}

ACCUMULATE {
    u64 inputs = inputs_of(input), count = 0;
    u8 number[8];
    if (read_storage("count", 5, number, 8) != NONE) count = little(number, 8);
    for (u64 index = 0; index < inputs; index++) {
        u64 size = fetch(buffer, sizeof buffer, FETCH_INPUT, index);
        if (size == NONE || size > sizeof buffer || buffer[0] != OPERAND) continue;
        struct octets seen = output_of(buffer);
        write_storage(buffer + 1, HASH, seen.data, seen.length);
        count += seen.length / 12;
    }
    put_little(number, count, 8);
    write_storage("count", 5, number, 8);
    return (struct octets){number, 0};
}
