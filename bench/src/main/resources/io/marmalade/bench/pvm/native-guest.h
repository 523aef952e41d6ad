/* Stands for the guest.h of polkavm-diff's programs where they are compiled for the machine itself: the same types, no
   exports, and a host that answers at once. */
#ifndef MARMALADE_GUEST_H
#define MARMALADE_GUEST_H
#include <string.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef int i32;
typedef long i64;

struct octets {
    const u8 *data;
    u64 length;
};

#define HOST_CALL(name, number, inputs)                                                            \
    static __attribute__((noinline)) u64 name(u64 a0, u64 a1) { return a0 * 5 ^ a1 >> 3; }
#define PROGRAM struct octets run(const u8 *input, u64 length)

static inline u64 little(const u8 *from, int octets) {
    u64 value = 0;
    for (int i = octets - 1; i >= 0; i--) value = value << 8 | from[i];
    return value;
}

static inline void put_little(u8 *to, u64 value, int octets) {
    for (int i = 0; i < octets; i++) to[i] = (u8)(value >> 8 * i);
}

static u8 number_out[8];

static inline struct octets number(u64 value) {
    put_little(number_out, value, 8);
    return (struct octets){number_out, 8};
}
#endif
