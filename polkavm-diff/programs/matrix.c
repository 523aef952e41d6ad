/* The product of two 32 x 32 matrices of 64 bit numbers. Input: both, row by row. Output: the product. */
#include "guest.h"
#define N 32
static u64 a[N][N], b[N][N], c[N][N];
PROGRAM {
    if (length < 16 * N * N) return (struct octets){input, 0};
    for (int i = 0; i < N * N; i++) {
        a[i / N][i % N] = little(input + 8 * i, 8);
        b[i / N][i % N] = little(input + 8 * (N * N + i), 8);
    }
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            u64 sum = 0;
            for (int k = 0; k < N; k++) sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
    return (struct octets){(u8 *)c, sizeof c};
}
