/* Numbers modulo 2^256 - c, as four limbs of 64 bits; any four limbs stand for their residue. */
#ifndef MARMALADE_FIELD_H
#define MARMALADE_FIELD_H
#include "guest.h"

typedef struct { u64 limb[4]; } num;
typedef unsigned __int128 u128;

static inline u64 carry_add(num *r, const num *a, const num *b) {
    u128 carry = 0;
    for (int i = 0; i < 4; i++) {
        carry += (u128)a->limb[i] + b->limb[i];
        r->limb[i] = (u64)carry;
        carry >>= 64;
    }
    return (u64)carry;
}

static inline u64 borrow_sub(num *r, const num *a, const num *b) {
    u64 borrow = 0;
    for (int i = 0; i < 4; i++) {
        u128 difference = (u128)a->limb[i] - b->limb[i] - borrow;
        r->limb[i] = (u64)difference;
        borrow = (u64)(difference >> 64) & 1;
    }
    return borrow;
}

static inline num add(num a, num b, const num *c) {
    num r;
    for (u64 over = carry_add(&r, &a, &b); over; over = carry_add(&r, &r, c)) {}
    return r;
}

static inline num sub(num a, num b, const num *c) {
    num r;
    for (u64 under = borrow_sub(&r, &a, &b); under; under = borrow_sub(&r, &r, c)) {}
    return r;
}

static __attribute__((noinline)) num mul(num a, num b, const num *c) {
    u64 t[8] = {0};
    for (int i = 0; i < 4; i++) {
        u128 carry = 0;
        for (int j = 0; j < 4; j++) {
            carry += (u128)a.limb[i] * b.limb[j] + t[i + j];
            t[i + j] = (u64)carry;
            carry >>= 64;
        }
        t[i + 4] = (u64)carry;
    }
    /* 2^256 is c: what is above is multiplied by it until nothing is above. */
    while (t[4] | t[5] | t[6] | t[7]) {
        u64 high[4] = {t[4], t[5], t[6], t[7]};
        t[4] = t[5] = t[6] = t[7] = 0;
        for (int i = 0; i < 4; i++) {
            if (!high[i]) continue;
            u128 carry = 0;
            for (int j = 0; j < 4; j++) {
                carry += (u128)high[i] * c->limb[j] + t[i + j];
                t[i + j] = (u64)carry;
                carry >>= 64;
            }
            for (int k = i + 4; carry && k < 8; k++) {
                carry += t[k];
                t[k] = (u64)carry;
                carry >>= 64;
            }
        }
    }
    return (num){{t[0], t[1], t[2], t[3]}};
}

static inline num power(num base, num exponent, const num *c) {
    num r = {{1}};
    for (int bit = 255; bit >= 0; bit--) {
        r = mul(r, r, c);
        if (exponent.limb[bit / 64] >> bit % 64 & 1) r = mul(r, base, c);
    }
    return r;
}

/* The least number of the same residue modulo m, of which 2^256 - c is a multiple. */
static inline num least(num a, const num *m) {
    num r;
    while (!borrow_sub(&r, &a, m)) a = r;
    return a;
}

static inline int equal(num a, num b) {
    u64 differ = 0;
    for (int i = 0; i < 4; i++) differ |= a.limb[i] ^ b.limb[i];
    return !differ;
}

static inline int is_zero(num a) { return equal(a, (num){{0}}); }

static inline num from_little(const u8 *octets) {
    num r;
    for (int i = 0; i < 4; i++) r.limb[i] = little(octets + 8 * i, 8);
    return r;
}

static inline num from_big(const u8 *octets) {
    num r = {{0}};
    for (int i = 0; i < 32; i++) r.limb[3 - i / 8] |= (u64)octets[i] << (56 - 8 * (i % 8));
    return r;
}
#endif
