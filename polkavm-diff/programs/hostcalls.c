/* Asks its host n times and adds up what it answers. Input: n, 8 octets. */
#include "guest.h"
HOST_CALL(ask, 0, 2)
PROGRAM {
    u64 n = little(input, 8), sum = 0;
    for (u64 i = 0; i < n; i++) sum = sum * 3 + ask(i, sum);
    return number(sum);
}
