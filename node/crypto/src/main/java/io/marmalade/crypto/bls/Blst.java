package io.marmalade.crypto.bls;

import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * blst's functions, one method each, as thin as can be: all parameters that are not counts are
 * addresses of native memory, which the caller owns and answers for. Call {@link #require} once
 * before anything else.
 *
 * <p>Points are blst's: Jacobian ({@link #P1_SIZE}) or affine ({@link #P1_AFFINE_SIZE}), scalars 32
 * little-endian octets, elements of the scalar field four limbs in Montgomery form.
 */
public final class Blst {
    /** The octets of a Jacobian point of G1. */
    public static final int P1_SIZE = 144;

    /** The octets of an affine point of G1. */
    public static final int P1_AFFINE_SIZE = 96;

    /** The octets of an affine point of G2. */
    public static final int P2_AFFINE_SIZE = 192;

    /** The octets of an element of the target field. */
    public static final int FP12_SIZE = 576;

    /** The octets that a prepared point of G2 has. */
    public static final int LINES_SIZE = 68 * 288;

    /** The octets of a scalar, and of an element of the scalar field. */
    public static final int SCALAR_SIZE = 32;

    private static final @Nullable SymbolLookup LIBRARY;
    private static final @Nullable BlstUnavailableException FAILURE;

    static {
        SymbolLookup library = null;
        BlstUnavailableException failure = null;
        try {
            library = BlstLibrary.load();
        } catch (BlstUnavailableException e) {
            failure = e;
        }
        LIBRARY = library;
        FAILURE = failure;
    }

    private Blst() {}

    /**
     * Makes sure that blst can be used.
     *
     * @throws BlstUnavailableException if it cannot, saying why
     */
    public static void require() {
        if (FAILURE != null) {
            throw new BlstUnavailableException(String.valueOf(FAILURE.getMessage()), FAILURE);
        }
        try {
            if (p1AffineSize() != P1_AFFINE_SIZE || fp12Size() != FP12_SIZE) {
                throw new BlstUnavailableException("blst's structures have other sizes", null);
            }
        } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
            throw new BlstUnavailableException(
                    "the library lacks some of blst's functions: it is of another version", e);
        }
    }

    /** Returns whether blst can be used. */
    public static boolean isAvailable() {
        try {
            require();
            return true;
        } catch (BlstUnavailableException e) {
            return false;
        }
    }

    /** Decodes 48 octets; returns 0 if they are a point of the curve, of whatever order. */
    public static int p1Uncompress(long affine, long octets) {
        try {
            return (int) Functions.P1_UNCOMPRESS.invokeExact(affine, octets);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Decodes 96 octets, or 48 if so marked; returns 0 if they are a point of the curve. */
    public static int p1Deserialize(long affine, long octets) {
        try {
            return (int) Functions.P1_DESERIALIZE.invokeExact(affine, octets);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Returns 1 if a point is of the subgroup, else 0. */
    public static int p1AffineInG1(long affine) {
        try {
            return (int) Functions.P1_AFFINE_IN_G1.invokeExact(affine);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Returns 1 if a point is the identity, else 0. */
    public static int p1AffineIsInfinity(long affine) {
        try {
            return (int) Functions.P1_AFFINE_IS_INFINITY.invokeExact(affine);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Writes 96 octets. */
    public static void p1AffineSerialize(long octets, long affine) {
        try {
            Functions.P1_AFFINE_SERIALIZE.invokeExact(octets, affine);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Writes 48 octets. */
    public static void p1AffineCompress(long octets, long affine) {
        try {
            Functions.P1_AFFINE_COMPRESS.invokeExact(octets, affine);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Writes 48 octets. */
    public static void p1Compress(long octets, long point) {
        try {
            Functions.P1_COMPRESS.invokeExact(octets, point);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Widens an affine point. */
    public static void p1FromAffine(long point, long affine) {
        try {
            Functions.P1_FROM_AFFINE.invokeExact(point, affine);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Makes a point affine. */
    public static void p1ToAffine(long affine, long point) {
        try {
            Functions.P1_TO_AFFINE.invokeExact(affine, point);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Adds any two points. */
    public static void p1AddOrDouble(long sum, long a, long b) {
        try {
            Functions.P1_ADD_OR_DOUBLE.invokeExact(sum, a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Doubles a point. */
    public static void p1Double(long twice, long point) {
        try {
            Functions.P1_DOUBLE.invokeExact(twice, point);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Adds any affine point. */
    public static void p1AddOrDoubleAffine(long sum, long a, long affine) {
        try {
            Functions.P1_ADD_OR_DOUBLE_AFFINE.invokeExact(sum, a, affine);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Negates a point in place if the condition holds. */
    public static void p1Negate(long point, boolean condition) {
        try {
            Functions.P1_NEGATE.invokeExact(point, condition);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Multiplies a point by a little-endian scalar, in constant time. */
    public static void p1Multiply(long product, long point, long scalar, long bits) {
        try {
            Functions.P1_MULTIPLY.invokeExact(product, point, scalar, bits);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Makes points affine with one inversion. */
    public static void p1sToAffine(long affines, long pointers, long count) {
        try {
            Functions.P1S_TO_AFFINE.invokeExact(affines, pointers, count);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Returns the octets that {@link #p1sPippenger} works in. */
    public static long p1sPippengerScratch(long count) {
        try {
            return (long) Functions.P1S_PIPPENGER_SCRATCH.invokeExact(count);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /**
     * Sums up multiples of affine points. A pointer of zero says that the rest follows without a
     * gap.
     */
    public static void p1sPippenger(
            long sum, long pointers, long count, long scalarPointers, long bits, long scratch) {
        try {
            Functions.P1S_PIPPENGER.invokeExact(
                    sum, pointers, count, scalarPointers, bits, scratch);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Returns the octets of a table of multiples. */
    public static long p1sWindowsSize(long width, long count) {
        try {
            return (long) Functions.P1S_WINDOWS_SIZE.invokeExact(width, count);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Makes a table of multiples. */
    public static void p1sWindowsPrecompute(long table, long width, long pointers, long count) {
        try {
            Functions.P1S_WINDOWS_PRECOMPUTE.invokeExact(table, width, pointers, count);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Returns the octets that {@link #p1sWindows} works in. */
    public static long p1sWindowsScratch(long count) {
        try {
            return (long) Functions.P1S_WINDOWS_SCRATCH.invokeExact(count);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Sums up multiples of the points of a table. */
    public static void p1sWindows(
            long sum,
            long table,
            long width,
            long count,
            long scalarPointers,
            long bits,
            long scratch) {
        try {
            Functions.P1S_WINDOWS.invokeExact(
                    sum, table, width, count, scalarPointers, bits, scratch);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Decodes 96 octets; returns 0 if they are a point of the twist, of whatever order. */
    public static int p2Uncompress(long affine, long octets) {
        try {
            return (int) Functions.P2_UNCOMPRESS.invokeExact(affine, octets);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Decodes 192 octets; returns 0 if they are a point of the twist. */
    public static int p2Deserialize(long affine, long octets) {
        try {
            return (int) Functions.P2_DESERIALIZE.invokeExact(affine, octets);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Returns 1 if a point is of the subgroup, else 0. */
    public static int p2AffineInG2(long affine) {
        try {
            return (int) Functions.P2_AFFINE_IN_G2.invokeExact(affine);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Prepares a point of the twist for pairings. */
    public static void precomputeLines(long lines, long affine) {
        try {
            Functions.PRECOMPUTE_LINES.invokeExact(lines, affine);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** The Miller loop with a prepared point. */
    public static void millerLoopLines(long result, long lines, long affine) {
        try {
            Functions.MILLER_LOOP_LINES.invokeExact(result, lines, affine);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** The product of Miller loops. */
    public static void millerLoopMany(long result, long twistPointers, long pointers, long count) {
        try {
            Functions.MILLER_LOOP_MANY.invokeExact(result, twistPointers, pointers, count);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Multiplies in the target field. */
    public static void fp12Multiply(long product, long a, long b) {
        try {
            Functions.FP12_MULTIPLY.invokeExact(product, a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Squares in the target field. */
    public static void fp12Square(long square, long a) {
        try {
            Functions.FP12_SQUARE.invokeExact(square, a);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Multiplies in the target field by a line, of which half of the coefficients are zero. */
    public static void fp12MultiplyByLine(long product, long a, long line) {
        try {
            Functions.FP12_MULTIPLY_BY_LINE.invokeExact(product, a, line);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Returns where the one of the target field lies. */
    public static long fp12One() {
        try {
            return (long) Functions.FP12_ONE.invokeExact();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Returns 1 if two results of Miller loops give the same pairing, else 0. */
    public static int fp12FinalVerify(long a, long b) {
        try {
            return (int) Functions.FP12_FINAL_VERIFY.invokeExact(a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** The final exponentiation. */
    public static void finalExponentiation(long result, long a) {
        try {
            Functions.FINAL_EXPONENTIATION.invokeExact(result, a);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Returns 1 for the neutral element, else 0. */
    public static int fp12IsOne(long a) {
        try {
            return (int) Functions.FP12_IS_ONE.invokeExact(a);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Returns where the generator of G1 lies. */
    public static long p1AffineGenerator() {
        try {
            return (long) Functions.P1_AFFINE_GENERATOR.invokeExact();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Returns the octets of an affine point. */
    public static long p1AffineSize() {
        try {
            return (long) Functions.P1_AFFINE_SIZE.invokeExact();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Returns the octets of an element of the target field. */
    public static long fp12Size() {
        try {
            return (long) Functions.FP12_SIZE.invokeExact();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Multiplies in the field of coordinates. */
    public static void fpMultiply(long product, long a, long b) {
        try {
            Functions.FP_MULTIPLY.invokeExact(product, a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Squares in the field of coordinates. */
    public static void fpSquare(long square, long a) {
        try {
            Functions.FP_SQUARE.invokeExact(square, a);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Adds in the field of coordinates. */
    public static void fpAdd(long sum, long a, long b) {
        try {
            Functions.FP_ADD.invokeExact(sum, a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Subtracts in the field of coordinates. */
    public static void fpSubtract(long difference, long a, long b) {
        try {
            Functions.FP_SUBTRACT.invokeExact(difference, a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Inverts in the field of coordinates, not in constant time; zero stays zero. */
    public static void fpInvert(long inverse, long a) {
        try {
            Functions.FP_INVERT.invokeExact(inverse, a);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Negates in the field of coordinates if the condition holds. */
    public static void fpNegate(long result, long a, boolean condition) {
        try {
            Functions.FP_NEGATE.invokeExact(result, a, condition);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Reads 48 big-endian octets as an element of the field of coordinates. */
    public static void fpFromBigEndian(long result, long octets) {
        try {
            Functions.FP_FROM_BIG_ENDIAN.invokeExact(result, octets);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Multiplies in the scalar field. */
    public static void frMultiply(long product, long a, long b) {
        try {
            Functions.FR_MULTIPLY.invokeExact(product, a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Squares in the scalar field. */
    public static void frSquare(long square, long a) {
        try {
            Functions.FR_SQUARE.invokeExact(square, a);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Adds in the scalar field. */
    public static void frAdd(long sum, long a, long b) {
        try {
            Functions.FR_ADD.invokeExact(sum, a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Subtracts in the scalar field. */
    public static void frSubtract(long difference, long a, long b) {
        try {
            Functions.FR_SUBTRACT.invokeExact(difference, a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Inverts in the scalar field, not in constant time; zero stays zero. */
    public static void frInvert(long inverse, long a) {
        try {
            Functions.FR_INVERT.invokeExact(inverse, a);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static AssertionError failed(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new AssertionError("a native function does not throw", e);
    }

    /** The functions' handles, linked when the first is used. */
    private static final class Functions {
        private static final Linker LINKER = Linker.nativeLinker();

        static final MethodHandle P1_UNCOMPRESS =
                brief("blst_p1_uncompress", JAVA_INT, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1_DESERIALIZE =
                brief("blst_p1_deserialize", JAVA_INT, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1_AFFINE_IN_G1 =
                brief("blst_p1_affine_in_g1", JAVA_INT, JAVA_LONG);
        static final MethodHandle P1_AFFINE_IS_INFINITY =
                brief("blst_p1_affine_is_inf", JAVA_INT, JAVA_LONG);
        static final MethodHandle P1_AFFINE_SERIALIZE =
                brief("blst_p1_affine_serialize", null, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1_AFFINE_COMPRESS =
                brief("blst_p1_affine_compress", null, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1_COMPRESS =
                brief("blst_p1_compress", null, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1_FROM_AFFINE =
                brief("blst_p1_from_affine", null, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1_TO_AFFINE =
                brief("blst_p1_to_affine", null, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1_ADD_OR_DOUBLE =
                brief("blst_p1_add_or_double", null, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1_DOUBLE = brief("blst_p1_double", null, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1_ADD_OR_DOUBLE_AFFINE =
                brief("blst_p1_add_or_double_affine", null, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1_NEGATE = brief("blst_p1_cneg", null, JAVA_LONG, JAVA_BOOLEAN);
        static final MethodHandle P1_MULTIPLY =
                brief("blst_p1_mult", null, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1S_TO_AFFINE =
                lasting("blst_p1s_to_affine", null, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1S_PIPPENGER_SCRATCH =
                brief("blst_p1s_mult_pippenger_scratch_sizeof", JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1S_PIPPENGER =
                lasting(
                        "blst_p1s_mult_pippenger",
                        null,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG);
        static final MethodHandle P1S_WINDOWS_SIZE =
                brief("blst_p1s_mult_wbits_precompute_sizeof", JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1S_WINDOWS_PRECOMPUTE =
                lasting(
                        "blst_p1s_mult_wbits_precompute",
                        null,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG);
        static final MethodHandle P1S_WINDOWS_SCRATCH =
                brief("blst_p1s_mult_wbits_scratch_sizeof", JAVA_LONG, JAVA_LONG);
        static final MethodHandle P1S_WINDOWS =
                lasting(
                        "blst_p1s_mult_wbits",
                        null,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_LONG);
        static final MethodHandle P2_UNCOMPRESS =
                lasting("blst_p2_uncompress", JAVA_INT, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P2_DESERIALIZE =
                lasting("blst_p2_deserialize", JAVA_INT, JAVA_LONG, JAVA_LONG);
        static final MethodHandle P2_AFFINE_IN_G2 =
                lasting("blst_p2_affine_in_g2", JAVA_INT, JAVA_LONG);
        static final MethodHandle PRECOMPUTE_LINES =
                lasting("blst_precompute_lines", null, JAVA_LONG, JAVA_LONG);
        static final MethodHandle MILLER_LOOP_LINES =
                lasting("blst_miller_loop_lines", null, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle MILLER_LOOP_MANY =
                lasting("blst_miller_loop_n", null, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FP12_MULTIPLY =
                brief("blst_fp12_mul", null, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FP12_SQUARE = brief("blst_fp12_sqr", null, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FP12_MULTIPLY_BY_LINE =
                brief("blst_fp12_mul_by_xy00z0", null, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FP12_ONE = brief("blst_fp12_one", JAVA_LONG);
        static final MethodHandle FP12_FINAL_VERIFY =
                lasting("blst_fp12_finalverify", JAVA_INT, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FINAL_EXPONENTIATION =
                lasting("blst_final_exp", null, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FP12_IS_ONE = brief("blst_fp12_is_one", JAVA_INT, JAVA_LONG);
        static final MethodHandle P1_AFFINE_GENERATOR =
                brief("blst_p1_affine_generator", JAVA_LONG);
        static final MethodHandle P1_AFFINE_SIZE = brief("blst_p1_affine_sizeof", JAVA_LONG);
        static final MethodHandle FP12_SIZE = brief("blst_fp12_sizeof", JAVA_LONG);
        static final MethodHandle FP_MULTIPLY =
                brief("blst_fp_mul", null, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FP_SQUARE = brief("blst_fp_sqr", null, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FP_ADD =
                brief("blst_fp_add", null, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FP_SUBTRACT =
                brief("blst_fp_sub", null, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FP_INVERT =
                brief("blst_fp_eucl_inverse", null, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FP_NEGATE =
                brief("blst_fp_cneg", null, JAVA_LONG, JAVA_LONG, JAVA_BOOLEAN);
        static final MethodHandle FP_FROM_BIG_ENDIAN =
                brief("blst_fp_from_bendian", null, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FR_MULTIPLY =
                brief("blst_fr_mul", null, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FR_SQUARE = brief("blst_fr_sqr", null, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FR_ADD =
                brief("blst_fr_add", null, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FR_SUBTRACT =
                brief("blst_fr_sub", null, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        static final MethodHandle FR_INVERT =
                brief("blst_fr_eucl_inverse", null, JAVA_LONG, JAVA_LONG);

        private Functions() {}

        /**
         * Links a function that returns within microseconds: the garbage collector may wait for it.
         */
        private static MethodHandle brief(
                String name, @Nullable MemoryLayout result, MemoryLayout... parameters) {
            return link(name, result, parameters, Linker.Option.critical(false));
        }

        /** Links a function that may take longer. */
        private static MethodHandle lasting(
                String name, @Nullable MemoryLayout result, MemoryLayout... parameters) {
            return link(name, result, parameters);
        }

        private static MethodHandle link(
                String name,
                @Nullable MemoryLayout result,
                MemoryLayout[] parameters,
                Linker.Option... options) {
            FunctionDescriptor descriptor =
                    result == null
                            ? FunctionDescriptor.ofVoid(parameters)
                            : FunctionDescriptor.of(result, parameters);
            if (LIBRARY == null) {
                throw new IllegalStateException("blst was used without asking whether it is there");
            }
            return LINKER.downcallHandle(LIBRARY.findOrThrow(name), descriptor, options);
        }
    }
}
