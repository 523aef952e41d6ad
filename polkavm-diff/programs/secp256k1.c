/* Recovers the public key of an ECDSA signature on secp256k1 (SEC 1, 4.1.6). Input: hash (32), parity of R (1), r (32),
   s (32). Output: the key's coordinates, 64 octets, or nothing. */
#include "field.h"

/* The prime is 2^256 - C, the group's order 2^256 - CN. */
static const num C = {{0x1000003d1}};
static const num CN = {{0x402da1732fc9bebf, 0x4551231950b75fc4, 1}};
static num P, N;
static u8 out[64];

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

PROGRAM {
    const num zero = {{0}};
    borrow_sub(&P, &zero, &C);
    borrow_sub(&N, &zero, &CN);
    if (length != 97 || input[32] > 1) return (struct octets){out, 0};
    num z = least(from_big(input), &N), r = from_big(input + 33), s = from_big(input + 65);
    if (is_zero(r) || is_zero(s) || !below(r, N) || !below(s, N)) return (struct octets){out, 0};
    /* A root is a power, the prime being 3 modulo 4: (p + 1) / 4. */
    num e = P;
    e.limb[0]++;
    for (int i = 0; i < 4; i++) e.limb[i] = e.limb[i] >> 2 | (i < 3 ? e.limb[i + 1] << 62 : 0);
    num square = plus(times(times(r, r), r), (num){{7}}), y = least(power(square, e, &C), &P);
    if (!nil(minus(times(y, y), square))) return (struct octets){out, 0};
    if ((y.limb[0] & 1) != input[32]) y = minus(zero, y);
    num ne = N, pe = P;
    ne.limb[0] -= 2;
    pe.limb[0] -= 2;
    num inverse = power(r, ne, &CN);
    num u = least(mul(sub(zero, z, &CN), inverse, &CN), &N), v = least(mul(s, inverse, &CN), &N);
    point base = {{{0x59f2815b16f81798, 0x029bfcdb2dce28d9, 0x55a06295ce870b07, 0x79be667ef9dcbbac}},
                  {{0x9c47d08ffb10d4b8, 0xfd17b448a6855419, 0x5da4fbfc0e1108a8, 0x483ada7726a3c465}},
                  {{1}}};
    point key = sum(multiple(base, u), multiple((point){r, y, {{1}}}, v));
    if (nil(key.z)) return (struct octets){out, 0};
    num iz = power(key.z, pe, &C), iz2 = times(iz, iz);
    num x = least(times(key.x, iz2), &P);
    y = least(times(key.y, times(iz2, iz)), &P);
    for (int i = 0; i < 32; i++) {
        out[i] = (u8)(x.limb[3 - i / 8] >> (56 - 8 * (i % 8)));
        out[32 + i] = (u8)(y.limb[3 - i / 8] >> (56 - 8 * (i % 8)));
    }
    return (struct octets){out, 64};
}
