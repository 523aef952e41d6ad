/* Branches that cannot be foretold: sorts 2^16 numbers, n times. */
#include "guest.h"

static u32 a[1 << 16];

static __attribute__((noinline)) void qs(u32 *l, u32 *h) {
    while (l < h) {
        u32 p = l[(h - l) / 2];
        u32 *i = l, *j = h;
        while (i <= j) {
            while (*i < p) i++;
            while (*j > p) j--;
            if (i <= j) {
                u32 t = *i;
                *i++ = *j;
                *j-- = t;
            }
        }
        if (j - l < h - i) {
            qs(l, j);
            l = i;
        } else {
            qs(i, h);
            h = j;
        }
    }
}

u64 run(u64 n) {
    u64 s = 0;
    for (u64 k = 0; k < n; k++) {
        u32 x = 1 + k;
        for (int i = 0; i < 1 << 16; i++) {
            x = x * 1664525 + 1013904223;
            a[i] = x;
        }
        qs(a, a + (1 << 16) - 1);
        s += a[1234];
    }
    return s;
}
EXPORT(run)
