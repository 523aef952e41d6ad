/* Counts the primes below n, by Eratosthenes' sieve. Input: n, at most 2^20, 8 octets. */
#include "guest.h"
static u8 composite[1 << 20];
PROGRAM {
    u64 n = little(input, 8), count = 0;
    if (n > sizeof composite) n = sizeof composite;
    for (u64 i = 2; i * i < n; i++)
        if (!composite[i])
            for (u64 j = i * i; j < n; j += i) composite[j] = 1;
    for (u64 i = 2; i < n; i++) count += !composite[i];
    return number(count);
}
