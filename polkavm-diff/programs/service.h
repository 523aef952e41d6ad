/* What a service needs besides: each host call of the paper by its number, and how the paper encodes. */
#ifndef MARMALADE_SERVICE_H
#define MARMALADE_SERVICE_H
#include "guest.h"

/* 0.8.0 put grow_heap at 1, so that all the others but gas moved up; `build` says what is meant. */
#if PROTOCOL_MINOR == 8
#define NUMBER(since_0_7) ((since_0_7) + 1)
HOST_CALL(call_grow_heap, 1, 1)
#elif PROTOCOL_MINOR == 7
#define NUMBER(since_0_7) (since_0_7)
#else
#error "which protocol version? -DPROTOCOL_MINOR=7 or 8"
#endif

HOST_CALL(call_gas, 0, 0)
HOST_CALL(call_fetch, NUMBER(1), 6)
HOST_CALL(call_lookup, NUMBER(2), 5)
HOST_CALL(call_read, NUMBER(3), 6)
HOST_CALL(call_write, NUMBER(4), 4)
HOST_CALL(call_info, NUMBER(5), 4)
HOST_CALL(call_historical_lookup, NUMBER(6), 5)
HOST_CALL(call_export, NUMBER(7), 2)
HOST_CALL(call_machine, NUMBER(8), 3)
HOST_CALL(call_peek, NUMBER(9), 4)
HOST_CALL(call_poke, NUMBER(10), 4)
HOST_CALL(call_pages, NUMBER(11), 4)
HOST_CALL(call_invoke, NUMBER(12), 2)
HOST_CALL(call_expunge, NUMBER(13), 1)
HOST_CALL(call_bless, NUMBER(14), 6)
HOST_CALL(call_assign, NUMBER(15), 3)
HOST_CALL(call_designate, NUMBER(16), 2)
HOST_CALL(call_checkpoint, NUMBER(17), 0)
HOST_CALL(call_new, NUMBER(18), 6)
HOST_CALL(call_upgrade, NUMBER(19), 3)
HOST_CALL(call_transfer, NUMBER(20), 4)
HOST_CALL(call_eject, NUMBER(21), 2)
HOST_CALL(call_query, NUMBER(22), 2)
HOST_CALL(call_solicit, NUMBER(23), 2)
HOST_CALL(call_forget, NUMBER(24), 2)
HOST_CALL(call_yield, NUMBER(25), 1)
HOST_CALL(call_provide, NUMBER(26), 3)
HOST_CALL(call_log, 100, 5)

/* What host calls answer. */
#define OK 0ul
#define NONE (-1ul)
#define WHAT (-2ul)
#define OOB (-3ul)
#define WHO (-4ul)
#define FULL (-5ul)
#define CORE (-6ul)
#define CASH (-7ul)
#define LOW (-8ul)
#define HUH (-9ul)

/* The service that runs. */
#define SELF (-1ul)

/* What fetch hands out; which one is its fifth argument. */
#define FETCH_EXTRINSIC 4ul
#define FETCH_IMPORT 6ul
#define FETCH_INPUT 15ul

#define SEGMENT 4104
#define HASH 32
#define MEMO 128

/* Return how long the whole thing is, or NONE. */
static inline u64 fetch(void *to, u64 size, u64 kind, u64 which) {
    return call_fetch((u64)to, 0ul, size, kind, which, 0ul);
}
static inline u64 read_storage(const void *key, u64 key_size, void *to, u64 size) {
    return call_read(SELF, (u64)key, key_size, (u64)to, 0ul, size);
}

static inline u64 write_storage(const void *key, u64 key_size, const void *value, u64 size) {
    return call_write((u64)key, key_size, (u64)value, size);
}

static inline u64 transfer(u64 receiver, u64 amount, u64 gas, const void *memo) {
    return call_transfer(receiver, amount, gas, (u64)memo);
}

static inline u64 solicit(const void *hash, u64 length) {
    return call_solicit((u64)hash, length);
}

/* Returns the segment's index in the package, or FULL. */
static inline u64 export_segment(const void *from, u64 size) {
    return call_export((u64)from, size);
}

/* Reads a natural number of the paper's general encoding, and goes on behind it. */
static inline u64 natural(const u8 **at) {
    u8 first = *(*at)++;
    int octets = 0;
    while (octets < 8 && first & 0x80 >> octets) octets++;
    u64 high = octets == 8 ? 0 : (u64)(first & 0x7f >> octets) << 8 * octets;
    u64 value = high | little(*at, octets);
    *at += octets;
    return value;
}

/* Reads octets with their number in front, and goes on behind them. */
static inline struct octets blob(const u8 **at) {
    u64 length = natural(at);
    struct octets found = {*at, length};
    *at += length;
    return found;
}

/* What is refined: core, item and service, payload, and the package's hash. */
static inline struct octets payload_of(const u8 *input) {
    natural(&input);
    natural(&input);
    natural(&input);
    return blob(&input);
}

/* How many inputs an accumulation has: behind time slot and service. */
static inline u64 inputs_of(const u8 *input) {
    natural(&input);
    natural(&input);
    return natural(&input);
}

/* What an input of accumulation begins with: a work item's result, or a transfer. */
#define OPERAND 0
#define TRANSFER 1

/* The output within an operand; none, of length 0, where refinement failed. */
static inline struct octets output_of(const u8 *operand) {
    const u8 *at = operand + 1 + 4 * HASH;
    natural(&at);
    if (*at++ != 0) return (struct octets){at, 0};
    return blob(&at);
}
#endif
