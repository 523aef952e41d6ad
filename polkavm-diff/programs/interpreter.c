/* Interprets the eight-instruction language of Urban Müller. Input: the program. Output: what it prints. */
#include "guest.h"
static u8 tape[30000], printed[65536];
static u16 partner[65536], open[65536];
PROGRAM {
    u32 depth = 0, out = 0, at = 0;
    if (length > 65536) length = 65536;
    for (u32 i = 0; i < length; i++) {
        if (input[i] == '[') open[depth++] = i;
        if (input[i] == ']' && depth) partner[i] = open[--depth], partner[partner[i]] = i;
    }
    for (u32 pc = 0; pc < length; pc++) {
        switch (input[pc]) {
        case '>': at = at + 1 < sizeof tape ? at + 1 : 0; break;
        case '<': at = at ? at - 1 : sizeof tape - 1; break;
        case '+': tape[at]++; break;
        case '-': tape[at]--; break;
        case '.': if (out < sizeof printed) printed[out++] = tape[at]; break;
        case '[': if (!tape[at]) pc = partner[pc]; break;
        case ']': if (tape[at]) pc = partner[pc]; break;
        default: break;
        }
    }
    return (struct octets){printed, out};
}
