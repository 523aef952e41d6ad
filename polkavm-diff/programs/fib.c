/* Fibonacci's n-th number, by calling oneself. Input: n, 8 octets. */
#include "guest.h"
static __attribute__((noinline)) u64 fib(u64 n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
PROGRAM { return number(fib(little(input, 8))); }
