/* Runs a program of polkavm-diff natively: `program FILE RUNS` prints what it returns for a file's octets, then the
   nanoseconds of each run. Before each run static memory is what it was at the start, as in a fresh instance. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "native-guest.h"

PROGRAM;

extern char __data_start, _end;

int main(int count, char **words) {
    if (count != 3) return 2;
    FILE *file = fopen(words[1], "rb");
    if (!file) return 2;
    fseek(file, 0, SEEK_END);
    long length = ftell(file), runs = strtol(words[2], 0, 10);
    rewind(file);
    unsigned char *input = malloc(length + 1);
    if (!input || fread(input, 1, length, file) != (unsigned long)length) return 2;
    unsigned long size = &_end - &__data_start;
    char *fresh = malloc(size);
    if (!fresh) return 2;
    long *nanos = calloc(runs + 1, sizeof *nanos);
    if (!nanos) return 2;
    memcpy(fresh, &__data_start, size);
    struct octets answer = {0, 0};
    for (long i = 0; i < runs; i++) {
        struct timespec a, b;
        memcpy(&__data_start, fresh, size);
        clock_gettime(CLOCK_MONOTONIC, &a);
        answer = run(input, length);
        clock_gettime(CLOCK_MONOTONIC, &b);
        nanos[i] = (b.tv_sec - a.tv_sec) * 1000000000L + (b.tv_nsec - a.tv_nsec);
    }
    for (unsigned long i = 0; i < answer.length; i++) printf("%02x", answer.data[i]);
    printf("\n");
    for (long i = 0; i < runs; i++) printf("%ld\n", nanos[i]);
    return 0;
}
