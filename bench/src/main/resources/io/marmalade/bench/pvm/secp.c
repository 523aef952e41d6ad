/* Products of 256-bit numbers modulo secp256k1's prime, in four limbs of 64 bits. */
#include "guest.h"
typedef unsigned __int128 u128;
#define C 0x1000003d1UL

static __attribute__((noinline)) void mul(u64 *r, const u64 *a, const u64 *b) {
    u64 t[8];
    u128 sum = 0;
    u64 over = 0;
    for (int i = 0; i < 7; i++) {
        for (int j = i < 4 ? 0 : i - 3; j <= i && j < 4; j++) {
            u128 product = (u128)a[j] * b[i - j];
            sum += product;
            over += sum < product;
        }
        t[i] = (u64)sum;
        sum = sum >> 64 | (u128)over << 64;
        over = 0;
    }
    t[7] = (u64)sum;
    sum = 0;
    for (int i = 0; i < 4; i++) {
        sum += (u128)t[i + 4] * C + t[i];
        r[i] = (u64)sum;
        sum >>= 64;
    }
    u128 carry = (u128)(u64)sum * C;
    for (int i = 0; i < 4; i++) {
        carry += r[i];
        r[i] = (u64)carry;
        carry >>= 64;
    }
    r[0] += (u64)carry * C;
}

u64 run(u64 n) {
    u64 a[4] = {0x59f2815b16f81798, 0x029bfcdb2dce28d9, 0x55a06295ce870b07, 0x79be667ef9dcbbac};
    u64 b[4] = {0x9c47d08ffb10d4b8, 0xfd17b448a6855419, 0x5da4fbfc0e1108a8, 0x483ada7726a3c465};
    for (u64 i = 0; i < n; i++) mul(a, a, b);
    return a[0] ^ a[1] ^ a[2] ^ a[3];
}
EXPORT(run)
