/* Keccak of 256 bits: the first octet of the input pads (1: Keccak, 6: SHA-3), the others are the message. */
#include "guest.h"
#define RATE 136
static u64 state[25];
static u8 digest[32];
static __attribute__((noinline)) void permute(void) {
    u8 lfsr = 1;
    for (int round = 0; round < 24; round++) {
        u64 column[5];
        for (int x = 0; x < 5; x++)
            column[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        for (int x = 0; x < 5; x++) {
            u64 d = column[(x + 1) % 5];
            d = column[(x + 4) % 5] ^ (d << 1 | d >> 63);
            for (int y = 0; y < 25; y += 5) state[x + y] ^= d;
        }
        int x = 1, y = 0;
        u64 lane = state[1];
        for (int t = 0; t < 24; t++) {
            int r = (t + 1) * (t + 2) / 2 % 64, next = (2 * x + 3 * y) % 5;
            x = y;
            y = next;
            u64 other = state[x + 5 * y];
            state[x + 5 * y] = r ? lane << r | lane >> (64 - r) : lane;
            lane = other;
        }
        for (y = 0; y < 25; y += 5) {
            u64 row[5];
            for (x = 0; x < 5; x++) row[x] = state[x + y];
            for (x = 0; x < 5; x++) state[x + y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
        }
        for (int j = 0; j < 7; j++) {
            if (lfsr & 1) state[0] ^= 1ul << ((1 << j) - 1);
            lfsr = lfsr << 1 ^ (lfsr >> 7) * 0x71;
        }
    }
}
static void absorb(int at, u8 octet) { state[at / 8] ^= (u64)octet << 8 * (at % 8); }
PROGRAM {
    int at = 0;
    if (!length) return (struct octets){input, 0};
    for (u64 i = 1; i < length; i++) {
        absorb(at++, input[i]);
        if (at == RATE) permute(), at = 0;
    }
    absorb(at, input[0]);
    absorb(RATE - 1, 0x80);
    permute();
    for (int i = 0; i < 4; i++) put_little(digest + 8 * i, state[i], 8);
    return (struct octets){digest, 32};
}
