/* Recovers public keys of ECDSA signatures on secp256k1 (SEC 1, 4.1.6), one after the other. */
#include "guest.h"

#ifndef NATIVE
void *memcpy(void *to, const void *from, u64 count) {
    for (u64 i = 0; i < count; i++) ((u8 *)to)[i] = ((const u8 *)from)[i];
    return to;
}
void *memset(void *to, int value, u64 count) {
    for (u64 i = 0; i < count; i++) ((u8 *)to)[i] = (u8)value;
    return to;
}
#endif


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



/* The prime is 2^256 - C, the group's order 2^256 - CN. */
static const num C = {{0x1000003d1}};
static const num CN = {{0x402da1732fc9bebf, 0x4551231950b75fc4, 1}};
static num P, N;

typedef struct { num x, y, z; } point; /* Jacobian; z = 0 at infinity */

static num times(num a, num b) { return mul(a, b, &C); }
static num plus(num a, num b) { return add(a, b, &C); }
static num minus(num a, num b) { return sub(a, b, &C); }
static int nil(num a) { return is_zero(least(a, &P)); }

static __attribute__((noinline)) point twice(point p) {
    num yy = times(p.y, p.y), s = times(p.x, yy), xx = times(p.x, p.x);
    s = plus(s, s);
    s = plus(s, s);
    num m = plus(plus(xx, xx), xx), x = minus(times(m, m), plus(s, s)), e = times(yy, yy);
    e = plus(e, e);
    e = plus(e, e);
    e = plus(e, e);
    num yz = times(p.y, p.z);
    return (point){x, minus(times(m, minus(s, x)), e), plus(yz, yz)};
}

static __attribute__((noinline)) point sum(point p, point q) {
    if (nil(p.z)) return q;
    if (nil(q.z)) return p;
    num pz = times(p.z, p.z), qz = times(q.z, q.z);
    num u = times(p.x, qz), v = times(q.x, pz);
    num s = times(times(p.y, qz), q.z), t = times(times(q.y, pz), p.z);
    num h = minus(v, u), r = minus(t, s);
    if (nil(h)) return nil(r) ? twice(p) : (point){{{0}}, {{1}}, {{0}}};
    num hh = times(h, h), hhh = times(hh, h), uhh = times(u, hh);
    num x = minus(minus(times(r, r), hhh), plus(uhh, uhh));
    return (point){x, minus(times(r, minus(uhh, x)), times(s, hhh)), times(times(p.z, q.z), h)};
}

static point multiple(point p, num k) {
    point r = {{{0}}, {{1}}, {{0}}};
    for (int bit = 255; bit >= 0; bit--) {
        r = twice(r);
        if (k.limb[bit / 64] >> bit % 64 & 1) r = sum(r, p);
    }
    return r;
}

static int below(num a, num b) {
    num rest;
    return (int)borrow_sub(&rest, &a, &b);
}

/* Returns the key's coordinates, folded, or 0 if there is none. */
static u64 recover(num z, int odd, num r, num s) {
    const num zero = {{0}};
    if (is_zero(r) || is_zero(s) || !below(r, N) || !below(s, N)) return 0;
    /* A root is a power, the prime being 3 modulo 4: (p + 1) / 4. */
    num e = P;
    e.limb[0]++;
    for (int i = 0; i < 4; i++) e.limb[i] = e.limb[i] >> 2 | (i < 3 ? e.limb[i + 1] << 62 : 0);
    num square = plus(times(times(r, r), r), (num){{7}}), y = least(power(square, e, &C), &P);
    if (!nil(minus(times(y, y), square))) return 0;
    if ((y.limb[0] & 1) != odd) y = minus(zero, y);
    num ne = N, pe = P;
    ne.limb[0] -= 2;
    pe.limb[0] -= 2;
    num inverse = power(r, ne, &CN);
    num u = least(mul(sub(zero, z, &CN), inverse, &CN), &N), v = least(mul(s, inverse, &CN), &N);
    point base = {{{0x59f2815b16f81798, 0x029bfcdb2dce28d9, 0x55a06295ce870b07, 0x79be667ef9dcbbac}},
                  {{0x9c47d08ffb10d4b8, 0xfd17b448a6855419, 0x5da4fbfc0e1108a8, 0x483ada7726a3c465}},
                  {{1}}};
    point key = sum(multiple(base, u), multiple((point){r, y, {{1}}}, v));
    if (nil(key.z)) return 0;
    num iz = power(key.z, pe, &C), iz2 = times(iz, iz);
    num x = least(times(key.x, iz2), &P);
    y = least(times(key.y, times(iz2, iz)), &P);
    return x.limb[0] ^ x.limb[3] ^ y.limb[1] ^ y.limb[2];
}

u64 run(u64 n) {
    const num zero = {{0}};
    borrow_sub(&P, &zero, &C);
    borrow_sub(&N, &zero, &CN);
    u64 seen = 0;
    /* The generator's x is an r that has a root. */
    num r = {{0x59f2815b16f81798, 0x029bfcdb2dce28d9, 0x55a06295ce870b07, 0x79be667ef9dcbbac}};
    num s = {{0x9c47d08ffb10d4b8, 0xfd17b448a6855419, 0x5da4fbfc0e1108a8, 0x483ada7726a3c465}};
    for (u64 i = 0; i < n; i++) {
        s.limb[0] += seen;
        seen ^= recover((num){{i, 1, 2, 3}}, i & 1, r, s);
    }
    return seen;
}
EXPORT(run)
