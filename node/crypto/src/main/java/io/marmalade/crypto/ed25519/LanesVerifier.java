package io.marmalade.crypto.ed25519;

import static io.marmalade.crypto.ed25519.Lanes25519.LANES;
import static io.marmalade.crypto.ed25519.Lanes25519.SIZE;
import static io.marmalade.crypto.ed25519.Lanes25519.add;
import static io.marmalade.crypto.ed25519.Lanes25519.addSub;
import static io.marmalade.crypto.ed25519.Lanes25519.mul;
import static io.marmalade.crypto.ed25519.Lanes25519.square;
import static io.marmalade.crypto.ed25519.Lanes25519.sub;

import java.util.Arrays;
import java.util.List;

/**
 * The check of as many signatures at a time as a vector has lanes, each by itself and by the very
 * equation of {@link Verifier}: 8·(s·B − k·A − R) = 0. One for each thread.
 *
 * <p>All lanes take the same steps: scalars are cut into 64 signed digits of four bits, and a digit
 * of zero adds the neutral point. What must be told apart by lane, such as which root is the right
 * one, is done lane by lane with {@link Field25519}.
 */
final class LanesVerifier {
    private static final int DIGITS = 64;
    private static final int ENTRIES = 8;

    // Where elements lie in the scratch array.
    private static final int X = 0;
    private static final int Y = X + SIZE;
    private static final int Z = Y + SIZE;
    private static final int T = Z + SIZE;
    private static final int A = T + SIZE;
    private static final int B = A + SIZE;
    private static final int C = B + SIZE;
    private static final int D = C + SIZE;
    private static final int E = D + SIZE;
    private static final int F = E + SIZE;
    private static final int G = F + SIZE;
    private static final int H = G + SIZE;

    /** The nonce point R, affine: x, y, xy. */
    private static final int NONCE = H + SIZE;

    /** A point that was chosen from a table, prepared for being added: Y + X, Y − X, 2dT, 2Z. */
    private static final int CHOSEN = NONCE + 3 * SIZE;

    private static final int ENTRY = 4 * SIZE;

    /** The multiples 1..8 of −A, prepared for being added. */
    private static final int KEYS = CHOSEN + ENTRY;

    private static final int BASE_ENTRY = 3 * SIZE;

    /** The multiples 1..8 of the base point, affine and prepared: y + x, y − x, 2dxy. */
    private static final int BASES = KEYS + ENTRIES * ENTRY;

    /** The neutral point, prepared. */
    private static final int NEUTRAL = BASES + ENTRIES * BASE_ENTRY;

    private static final int CURVE_D = NEUTRAL + ENTRY;
    private static final int CURVE_D2 = CURVE_D + SIZE;
    private static final int ONE = CURVE_D2 + SIZE;

    /** One or the root of −1 in each lane. */
    private static final int FACTOR = ONE + SIZE;

    /** Absolute values and signs of digits, a vector for each place. */
    private static final int KEY_DIGITS = FACTOR + SIZE;

    private static final int KEY_SIGNS = KEY_DIGITS + DIGITS * LANES;
    private static final int BASE_DIGITS = KEY_SIGNS + DIGITS * LANES;
    private static final int BASE_SIGNS = BASE_DIGITS + DIGITS * LANES;
    private static final int WORDS = BASE_SIGNS + DIGITS * LANES;

    private static final long[] UNIT = {1, 0, 0, 0, 0};

    private final long[] s = new long[WORDS];
    private final Verifier single = new Verifier();
    private final long[] scalar = new long[4];
    private final long[] limbs = new long[Field25519.LIMBS];
    private final boolean[] valid = new boolean[LANES];

    LanesVerifier() {
        Lanes25519.broadcast(s, CURVE_D, Point25519.D);
        Lanes25519.broadcast(s, CURVE_D2, Point25519.D2);
        Lanes25519.broadcast(s, ONE, UNIT);
        Lanes25519.broadcast(s, NEUTRAL, UNIT);
        Lanes25519.broadcast(s, NEUTRAL + SIZE, UNIT);
        Lanes25519.broadcast(s, NEUTRAL + 3 * SIZE, new long[] {2, 0, 0, 0, 0});
        long[][][] multiples = BasePoint.multiples(ENTRIES);
        for (int i = 0; i < ENTRIES; i++) {
            for (int j = 0; j < 3; j++) {
                Lanes25519.broadcast(s, BASES + i * BASE_ENTRY + j * SIZE, multiples[i][j]);
            }
        }
    }

    /**
     * Checks some signatures.
     *
     * @param from the index of the first
     * @param count how many, at most {@link Lanes25519#LANES}
     * @param verdicts where the verdicts go, by index
     */
    void verify(List<Ed25519.Check> checks, int from, int count, boolean[] verdicts) {
        for (int lane = 0; lane < LANES; lane++) {
            if (lane < count) {
                Ed25519.Check check = checks.get(from + lane);
                byte[] key = check.key().octets();
                byte[] signature = check.signature().octets();
                valid[lane] = Scalar25519.loadCanonical(scalar, signature, 32);
                if (valid[lane]) {
                    cut(scalar, BASE_DIGITS, BASE_SIGNS, lane);
                    single.challenge(scalar, key, check.message(), signature);
                    cut(scalar, KEY_DIGITS, KEY_SIGNS, lane);
                }
            } else {
                valid[lane] = false;
            }
            if (!valid[lane]) {
                clear(lane);
            }
        }
        decode(checks, from, count, true);
        for (int i = 0; i < 3 * SIZE; i += SIZE) {
            System.arraycopy(s, (i == 2 * SIZE ? T : X + i), s, NONCE + i, SIZE);
        }
        decode(checks, from, count, false);
        tabulate();
        neutral();
        for (int place = DIGITS - 1; place >= 0; place--) {
            if (place < DIGITS - 1) {
                doublePoint(false);
                doublePoint(false);
                doublePoint(false);
                doublePoint(true);
            }
            int at = place * LANES;
            Lanes25519.select(s, CHOSEN, KEYS, ENTRY, NEUTRAL, KEY_DIGITS + at, 4);
            Lanes25519.negate(s, CHOSEN, CHOSEN + SIZE, CHOSEN + 2 * SIZE, KEY_SIGNS + at);
            addChosen(true, true);
            Lanes25519.select(s, CHOSEN, BASES, BASE_ENTRY, NEUTRAL, BASE_DIGITS + at, 3);
            Lanes25519.negate(s, CHOSEN, CHOSEN + SIZE, CHOSEN + 2 * SIZE, BASE_SIGNS + at);
            addChosen(false, place == 0);
        }
        // R was decoded with its sign turned, so that adding it takes it away.
        addSub(s, CHOSEN, CHOSEN + SIZE, NONCE + SIZE, NONCE);
        mul(s, CHOSEN + 2 * SIZE, NONCE + 2 * SIZE, CURVE_D2);
        addChosen(false, false);
        doublePoint(false);
        doublePoint(false);
        doublePoint(false);
        sub(s, Y, Y, Z);
        for (int lane = 0; lane < count; lane++) {
            verdicts[from + lane] = valid[lane] && laneIsZero(X, lane) && laneIsZero(Y, lane);
        }
    }

    private boolean laneIsZero(int element, int lane) {
        Lanes25519.getLane(limbs, s, element, lane);
        Field25519.carry(limbs);
        return Field25519.isZero(limbs);
    }

    private void clear(int lane) {
        for (int i = KEY_DIGITS + lane; i < WORDS; i += LANES) {
            s[i] = 0;
        }
    }

    /** Cuts a scalar below 2^253 into signed digits −8..8, lowest first. */
    private void cut(long[] scalar, int digits, int signs, int lane) {
        int carry = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = (int) (scalar[i >>> 4] >>> (4 * (i & 15))) & 15;
            digit += carry;
            carry = digit > 8 ? 1 : 0;
            digit -= 16 * carry;
            s[digits + i * LANES + lane] = Math.abs(digit);
            s[signs + i * LANES + lane] = digit < 0 ? 1 : 0;
        }
    }

    /** Sets X, Y and T to the negatives of the points, with Z = 1; notes lanes that have none. */
    private void decode(List<Ed25519.Check> checks, int from, int count, boolean nonce) {
        for (int lane = 0; lane < LANES; lane++) {
            if (lane < count && valid[lane]) {
                Field25519.load(limbs, encoding(checks, from + lane, nonce), 0);
            } else {
                System.arraycopy(UNIT, 0, limbs, 0, limbs.length);
            }
            Lanes25519.setLane(s, Y, lane, limbs);
        }
        square(s, A, Y);
        mul(s, B, A, CURVE_D);
        sub(s, A, A, ONE); // u
        add(s, B, B, ONE); // v
        square(s, C, B);
        mul(s, C, C, B); // v^3
        square(s, D, C);
        mul(s, D, D, B); // v^7
        mul(s, D, D, A); // u v^7
        Lanes25519.powerP58(s, X, D, E, F);
        mul(s, C, C, A); // u v^3
        mul(s, X, X, C);
        square(s, D, X);
        mul(s, D, D, B); // v x^2
        addSub(s, F, E, D, A);
        for (int lane = 0; lane < LANES; lane++) {
            boolean root = laneIsZero(E, lane);
            if (!root && !laneIsZero(F, lane)) {
                valid[lane] = false;
            }
            Lanes25519.setLane(s, FACTOR, lane, root ? UNIT : Point25519.ROOT_OF_MINUS_ONE);
        }
        mul(s, X, X, FACTOR);
        for (int lane = 0; lane < LANES; lane++) {
            Lanes25519.getLane(limbs, s, X, lane);
            Field25519.canonical(limbs);
            int sign = lane < count ? encoding(checks, from + lane, nonce)[31] >>> 7 & 1 : 0;
            if ((limbs[0] & 1) == sign) {
                Field25519.negate(limbs, limbs);
                Field25519.canonical(limbs);
            }
            Lanes25519.setLane(s, X, lane, limbs);
        }
        mul(s, T, X, Y);
        System.arraycopy(s, ONE, s, Z, SIZE);
    }

    private static byte[] encoding(List<Ed25519.Check> checks, int index, boolean nonce) {
        Ed25519.Check check = checks.get(index);
        return nonce ? check.signature().octets() : check.key().octets();
    }

    /** Makes the multiples of the point that was decoded. */
    private void tabulate() {
        keep(1);
        doublePoint(true);
        keep(2);
        addEntry(1);
        keep(3);
        restore(2);
        doublePoint(true);
        keep(4);
        addEntry(1);
        keep(5);
        restore(3);
        doublePoint(true);
        keep(6);
        addEntry(1);
        keep(7);
        restore(4);
        doublePoint(true);
        keep(8);
    }

    private static int entry(int multiple) {
        return KEYS + (multiple - 1) * ENTRY;
    }

    /** Prepares the point for being added, as a multiple in the table. */
    private void keep(int multiple) {
        int at = entry(multiple);
        addSub(s, at, at + SIZE, Y, X);
        mul(s, at + 2 * SIZE, T, CURVE_D2);
        add(s, at + 3 * SIZE, Z, Z);
    }

    /**
     * Sets X, Y and Z to a multiple in the table, all of them doubled, and T to nonsense: enough
     * for doubling.
     */
    private void restore(int multiple) {
        int at = entry(multiple);
        addSub(s, A, B, at, at + SIZE);
        // Multiplied by one, so that the limbs are small again.
        mul(s, Y, A, ONE);
        mul(s, X, B, ONE);
        mul(s, Z, at + 3 * SIZE, ONE);
    }

    private void addEntry(int multiple) {
        System.arraycopy(s, entry(multiple), s, CHOSEN, ENTRY);
        addChosen(true, true);
    }

    private void neutral() {
        Arrays.fill(s, X, X + SIZE, 0);
        System.arraycopy(s, ONE, s, Y, SIZE);
        System.arraycopy(s, ONE, s, Z, SIZE);
        Arrays.fill(s, T, T + SIZE, 0);
    }

    private void doublePoint(boolean withT) {
        square(s, A, X);
        square(s, B, Y);
        square(s, C, Z);
        add(s, D, X, Y);
        square(s, D, D);
        addSub(s, H, G, A, B); // h, g
        sub(s, E, H, D);
        add(s, F, C, C);
        add(s, F, F, G);
        mul(s, X, F, E);
        mul(s, Y, G, H);
        mul(s, Z, F, G);
        if (withT) {
            mul(s, T, E, H);
        }
    }

    /** Adds the chosen point; if it is affine its Z is one and not looked at. */
    private void addChosen(boolean projective, boolean withT) {
        addSub(s, B, A, Y, X);
        mul(s, A, A, CHOSEN + SIZE);
        mul(s, B, B, CHOSEN);
        mul(s, C, T, CHOSEN + 2 * SIZE);
        if (projective) {
            mul(s, D, Z, CHOSEN + 3 * SIZE);
        } else {
            add(s, D, Z, Z);
        }
        addSub(s, H, E, B, A);
        addSub(s, G, F, D, C);
        mul(s, X, F, E);
        mul(s, Y, G, H);
        mul(s, Z, F, G);
        if (withT) {
            mul(s, T, E, H);
        }
    }
}
