package io.marmalade.pvm.jit;

/**
 * How long code is interpreted before it is compiled, in samples: there is one in ten thousand
 * instructions.
 *
 * <p>Compiling takes HotSpot about 0.13 ms of a core for each instruction, as long as interpreting
 * 45,000 instructions. A function is compiled when it has run for about a quarter of that for each
 * of its instructions: what has run so much mostly goes on. Less would compile what never pays,
 * more leaves programs of many functions half interpreted for minutes. A program's first compiled
 * function costs more: classes are loaded, functions are looked for, and machines that move need
 * the interpreter's loop in a second form, which is why nothing is compiled before a program has
 * run for a tenth of a second or two.
 *
 * <p>What was tried and does not pay, over the first seconds of recorded runs: a tenth or a fifth
 * of the samples (the queue of compilations only gets longer), lower thresholds of HotSpot's own
 * for compiled functions, moving machines only when three quarters of the samples are compiled, and
 * having the loop for moved machines compiled in the background beforehand. HotSpot has one thread
 * for each of its compilers on two cores, and all of these only change what waits for them.
 *
 * @param beforeSurvey samples of a program before its functions are looked for
 * @param least samples of a function before it is compiled, however small it is
 * @param perHundred further samples for a hundred instructions of the function
 * @param longRun the instructions from which on a run is long: moving to another memory costs
 *     little beside what interpreting them takes
 */
record Patience(int beforeSurvey, int least, int perHundred, long longRun) {
    /** Chosen by measurements of sets of blocks and of recorded runs, replayed once and often. */
    static final Patience MEASURED = new Patience(5000, 64, 100, 20_000);

    /** What compiles at the first sign, whatever it costs. */
    static final Patience NONE = new Patience(1, 1, 0, 0);

    /** Returns in how many samples a function of a size is found before it is compiled. */
    int samples(int instructions) {
        return (int)
                Math.min(Integer.MAX_VALUE / 2, least + (long) perHundred * instructions / 100);
    }
}
