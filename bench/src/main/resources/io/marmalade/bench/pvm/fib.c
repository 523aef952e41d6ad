/* Calls and returns: Fibonacci numbers by recursion. */
#include "guest.h"

static __attribute__((noinline)) u64 fib(u64 n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

u64 run(u64 n) { return fib(n); }
EXPORT(run)
