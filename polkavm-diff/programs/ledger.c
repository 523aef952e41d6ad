/* A service that carries out orders.
 *
 * Refine: the payload is orders, one behind the other; its output is those before the first that is not whole.
 * Accumulate: carries out the orders of all operands; what a transfer brings is added to the number that is stored
 * under its sender's index, 4 octets. The output is what the first four orders were answered, 8 octets each.
 *
 *   'w' key value     writes, key and value each with an octet in front that tells its length
 *   'c' key key       reads the one and writes it under the other
 *   't' 4 octets receiver, 8 amount, 8 gas, 128 memo
 *   's' 32 octets hash, 4 length
 */
#include "service.h"

static u8 buffer[1 << 16];
static u8 value[256];
static u8 answers[4 * 8];

/* Returns the size of the first order, or 0 if it is not whole. */
static u64 size_of_order(const u8 *order, u64 length) {
    u64 size = 1;
    if (length == 0) return 0;
    switch (order[0]) {
    case 'w':
    case 'c':
        for (int part = 0; part < 2; part++) {
            if (size >= length) return 0;
            size += 1 + order[size];
        }
        break;
    case 't': size += 4 + 8 + 8 + MEMO; break;
    case 's': size += HASH + 4; break;
    default: return 0;
    }
    return size <= length ? size : 0;
}

static u64 carry_out(const u8 *order) {
    const u8 *key = order + 2, *other = key + order[1];
    switch (order[0]) {
    case 'w': return write_storage(key, order[1], other + 1, other[0]);
    case 'c': {
        u64 size = read_storage(key, order[1], value, sizeof value);
        return size == NONE ? NONE : write_storage(other + 1, other[0], value, size);
    }
    case 't':
        return transfer(little(order + 1, 4), little(order + 5, 8), little(order + 13, 8), order + 21);
    default: return solicit(order + 1, little(order + 1 + HASH, 4));
    }
}

static void receive(const u8 *sender, u64 amount) {
    u64 size = read_storage(sender, 4, value, 8);
    put_little(value, amount + (size == NONE ? 0 : little(value, 8)), 8);
    write_storage(sender, 4, value, 8);
}

REFINE {
    struct octets payload = payload_of(input);
    u64 whole = 0, size;
    while ((size = size_of_order(payload.data + whole, payload.length - whole)) != 0) whole += size;
    return (struct octets){payload.data, whole};
}

ACCUMULATE {
    u64 count = inputs_of(input), orders = 0;
    for (u64 index = 0; index < count; index++) {
        u64 size = fetch(buffer, sizeof buffer, FETCH_INPUT, index);
        if (size == NONE || size > sizeof buffer) continue;
        if (buffer[0] == TRANSFER) {
            receive(buffer + 1, little(buffer + 9, 8));
            continue;
        }
        struct octets output = output_of(buffer);
        u64 at = 0;
        while ((size = size_of_order(output.data + at, output.length - at)) != 0) {
            u64 answer = carry_out(output.data + at);
            if (orders < 4) put_little(answers + 8 * orders, answer, 8);
            orders++;
            at += size;
        }
    }
    return (struct octets){answers, sizeof answers};
}
