/* Sorts unsigned numbers of 32 bits, by quicksort. Output: they, sorted. */
#include "guest.h"
#define MOST 65536
static u32 numbers[MOST];
static __attribute__((noinline)) void sort(u32 *low, u32 *high) {
    while (low < high) {
        u32 pivot = low[(high - low) / 2], *i = low, *j = high;
        while (i <= j) {
            while (*i < pivot) i++;
            while (*j > pivot) j--;
            if (i <= j) {
                u32 t = *i;
                *i++ = *j;
                *j-- = t;
            }
        }
        if (j - low < high - i) {
            sort(low, j);
            low = i;
        } else {
            sort(i, high);
            high = j;
        }
    }
}
PROGRAM {
    u64 count = length / 4 < MOST ? length / 4 : MOST;
    for (u64 i = 0; i < count; i++) numbers[i] = little(input + 4 * i, 4);
    if (count > 1) sort(numbers, numbers + count - 1);
    return (struct octets){(u8 *)numbers, 4 * count};
}
