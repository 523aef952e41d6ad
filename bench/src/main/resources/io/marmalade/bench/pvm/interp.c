/* Jump tables: an interpreter of a made-up bytecode, n rounds of its program. */
#include "guest.h"

static u8 prog[] = {1, 0, 2, 1, 3, 0, 4, 1, 5, 6, 2, 7, 8};

u64 run(u64 n) {
    u64 r[8] = {0};
    r[7] = n;
    u32 pc = 0;
    u8 code[32];
    for (int i = 0; i < 13; i++) code[i] = prog[i];
    for (;;) {
        switch (code[pc]) {
            case 1: r[0] += 3; pc += 2; break;
            case 2: r[1] ^= r[0]; pc += 2; break;
            case 3: r[2] += r[1]; pc += 2; break;
            case 4: r[3] = r[2] * 5; pc += 2; break;
            case 5: r[4] -= r[3]; pc += 1; break;
            case 6: r[5] |= r[4] >> 3; pc += 2; break;
            case 7:
                r[7]--;
                pc += 1;
                if (r[7] == 0) return r[0] ^ r[1] ^ r[2] ^ r[3] ^ r[4] ^ r[5];
                break;
            case 8: pc = 0; break;
            default: return 0;
        }
    }
}
EXPORT(run)
