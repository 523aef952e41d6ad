/* Counts the ways to place n queens on a board, by recursion. Input: n, at most 16, 8 octets. */
#include "guest.h"
static __attribute__((noinline)) u64 place(u32 all, u32 columns, u32 left, u32 right) {
    if (columns == all) return 1;
    u64 ways = 0;
    for (u32 free = all & ~(columns | left | right); free; free &= free - 1) {
        u32 bit = free & -free;
        ways += place(all, columns | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return ways;
}
PROGRAM {
    u64 n = little(input, 8);
    return number(place((1u << (n < 16 ? n : 16)) - 1, 0, 0, 0));
}
