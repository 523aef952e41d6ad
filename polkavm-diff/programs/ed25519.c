/* Verifies an Ed25519 signature (RFC 8032, without the cofactor). Input: public key (32), signature (64), message.
   Output: 1 or 0. Keys outside of the prime-order group are not this program's business. */
#include "field.h"

static const u64 K[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};
static u64 h[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1,
    0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
#define ROTATE(x, n) ((x) >> (n) | (x) << (64 - (n)))

static __attribute__((noinline)) void compress(const u8 *block) {
    u64 w[80], s[8];
    for (int i = 0; i < 16; i++) {
        w[i] = 0;
        for (int j = 0; j < 8; j++) w[i] = w[i] << 8 | block[8 * i + j];
    }
    for (int i = 16; i < 80; i++) {
        u64 x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + (ROTATE(x, 1) ^ ROTATE(x, 8) ^ x >> 7) + w[i - 7] + (ROTATE(y, 19) ^ ROTATE(y, 61) ^ y >> 6);
    }
    for (int i = 0; i < 8; i++) s[i] = h[i];
    for (int i = 0; i < 80; i++) {
        u64 t = s[7] + (ROTATE(s[4], 14) ^ ROTATE(s[4], 18) ^ ROTATE(s[4], 41)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) + K[i] + w[i];
        u64 u = (ROTATE(s[0], 28) ^ ROTATE(s[0], 34) ^ ROTATE(s[0], 39)) + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        for (int j = 7; j > 0; j--) s[j] = s[j - 1];
        s[4] += t;
        s[0] = t + u;
    }
    for (int i = 0; i < 8; i++) h[i] += s[i];
}

/* Octets of R, A and the message, one after the other. */
static u8 at(const u8 *input, u64 i) { return i < 32 ? input[32 + i] : i < 64 ? input[i - 32] : input[i + 32]; }

static void hash(const u8 *input, u64 length, u8 *digest) {
    u64 end = (length + 17 + 127) / 128 * 128;
    for (u64 from = 0; from < end; from += 128) {
        u8 block[128];
        for (u64 i = 0; i < 128; i++) {
            u64 place = from + i;
            u64 back = end - 1 - place;
            block[i] = place < length ? at(input, place) : place == length ? 0x80 : back < 8 ? length * 8 >> 8 * back : 0;
        }
        compress(block);
    }
    for (int i = 0; i < 64; i++) digest[i] = (u8)(h[i / 8] >> (56 - 8 * (i % 8)));
}

/* 2^256 - 38 is twice the prime. */
static const num C = {{38}};
static const num P = {{-19ul, -1ul, -1ul, ~0ul >> 1}};
static const num ORDER = {{0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000}};
static num D, ROOT;

typedef struct { num x, y, z, t; } point;

static num small(u64 value) { return (num){{value}}; }
static num times(num a, num b) { return mul(a, b, &C); }
static num plus(num a, num b) { return add(a, b, &C); }
static num minus(num a, num b) { return sub(a, b, &C); }
static num canonical(num a) { return least(a, &P); }
static num inverse(num a) {
    num e = P;
    e.limb[0] -= 2;
    return power(a, e, &C);
}

static __attribute__((noinline)) point sum(point p, point q) {
    num a = times(minus(p.y, p.x), minus(q.y, q.x)), b = times(plus(p.y, p.x), plus(q.y, q.x));
    num c = times(times(plus(D, D), p.t), q.t), d = times(plus(p.z, p.z), q.z);
    num e = minus(b, a), f = minus(d, c), g = plus(d, c), k = plus(b, a);
    return (point){times(e, f), times(g, k), times(f, g), times(e, k)};
}

static point multiple(point p, const u8 *scalar, int octets) {
    point r = {small(0), small(1), small(1), small(0)};
    for (int bit = 8 * octets - 1; bit >= 0; bit--) {
        r = sum(r, r);
        if (scalar[bit / 8] >> bit % 8 & 1) r = sum(r, p);
    }
    return r;
}

/* The point of an ordinate and the parity of its abscissa; 0 if there is none. */
static int lift(point *p, num y, int odd) {
    num y2 = times(y, y), u = minus(y2, small(1)), v = plus(times(D, y2), small(1));
    num v3 = times(times(v, v), v), v7 = times(times(v3, v3), v);
    /* (p - 5) / 8 = 2^252 - 3 */
    num e = {{-3ul, -1ul, -1ul, ~0ul >> 4}};
    num x = times(times(u, v3), power(times(u, v7), e, &C));
    num check = canonical(times(v, times(x, x)));
    if (equal(check, canonical(minus(small(0), u)))) x = times(x, ROOT);
    else if (!equal(check, canonical(u))) return 0;
    x = canonical(x);
    if (is_zero(x) && odd) return 0;
    if ((int)(x.limb[0] & 1) != odd) x = minus(small(0), x);
    *p = (point){x, y, small(1), times(x, y)};
    return 1;
}

PROGRAM {
    if (length < 96) return number(0);
    D = times(minus(small(0), small(121665)), inverse(small(121666)));
    /* 2^((p - 1) / 4) is a root of -1; (p - 1) / 4 = 2^253 - 5. */
    ROOT = power(small(2), (num){{-5ul, -1ul, -1ul, ~0ul >> 3}}, &C);
    point base, key;
    lift(&base, times(small(4), inverse(small(5))), 0);
    num y = from_little(input), s = from_little(input + 64), rest;
    int odd = y.limb[3] >> 63;
    y.limb[3] &= ~0ul >> 1;
    if (!borrow_sub(&rest, &y, &P) || !borrow_sub(&rest, &s, &ORDER) || !lift(&key, y, odd)) return number(0);
    u8 digest[64];
    hash(input, length - 32, digest);
    key.x = minus(small(0), key.x);
    key.t = minus(small(0), key.t);
    point r = sum(multiple(base, input + 64, 32), multiple(key, digest, 64));
    num z = inverse(r.z), x = canonical(times(r.x, z));
    y = canonical(times(r.y, z));
    y.limb[3] |= x.limb[0] << 63;
    return number(equal(y, from_little(input + 32)));
}
