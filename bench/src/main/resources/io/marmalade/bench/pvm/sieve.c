/* Octets in memory: the primes below 2^20 by the sieve of Eratosthenes, n times. */
#include "guest.h"

static u8 s[1 << 20];

u64 run(u64 n) {
    u64 c = 0;
    for (u64 k = 0; k < n; k++) {
        for (u64 i = 0; i < sizeof s; i++) s[i] = 1;
        for (u64 i = 2; i * i < sizeof s; i++)
            if (s[i])
                for (u64 j = i * i; j < sizeof s; j += i) s[j] = 0;
        c = 0;
        for (u64 i = 2; i < sizeof s; i++) c += s[i];
    }
    return c;
}
EXPORT(run)
