/* Words in memory and multiplication: n products of matrices of 64 by 64. */
#include "guest.h"

static u64 a[64][64], b[64][64], c[64][64];

u64 run(u64 n) {
    for (int i = 0; i < 64; i++)
        for (int j = 0; j < 64; j++) {
            a[i][j] = i * j + 1;
            b[i][j] = i ^ j;
        }
    u64 s = 0;
    for (u64 k = 0; k < n; k++) {
        for (int i = 0; i < 64; i++)
            for (int j = 0; j < 64; j++) {
                u64 t = 0;
                for (int l = 0; l < 64; l++) t += a[i][l] * b[l][j];
                c[i][j] = t;
            }
        a[k & 63][k >> 6 & 63] += c[3][k & 63];
        s += c[5][7];
    }
    return s;
}
EXPORT(run)
