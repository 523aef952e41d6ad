/* Runs a kernel natively: `kernel N RUNS` prints the result, then the nanoseconds of each run. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

unsigned long run(unsigned long n);

int main(int count, char **words) {
    if (count != 3) return 2;
    unsigned long n = strtoul(words[1], 0, 10);
    long runs = strtol(words[2], 0, 10);
    printf("%lu\n", run(n));
    for (long i = 0; i < runs; i++) {
        struct timespec a, b;
        clock_gettime(CLOCK_MONOTONIC, &a);
        volatile unsigned long result = run(n);
        clock_gettime(CLOCK_MONOTONIC, &b);
        (void)result;
        printf("%ld\n", (b.tv_sec - a.tv_sec) * 1000000000L + (b.tv_nsec - a.tv_nsec));
    }
    return 0;
}
