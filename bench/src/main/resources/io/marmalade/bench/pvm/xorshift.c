/* Registers only: n steps of a xorshift generator and a linear one. */
#include "guest.h"

u64 run(u64 n) {
    u64 x = 88172645463325252ul, y = 1;
    for (u64 i = 0; i < n; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        y = y * 6364136223846793005ul + x;
    }
    return x ^ y;
}
EXPORT(run)
