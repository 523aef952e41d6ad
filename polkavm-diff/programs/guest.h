/* What a C program for the PVM needs: exports, host calls, and an entry point that takes and returns octets. */
#ifndef MARMALADE_GUEST_H
#define MARMALADE_GUEST_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef int i32;
typedef long i64;

/* What an entry point returns: octets in memory, in r7 and r8. */
struct octets {
    const u8 *data;
    u64 length;
};

struct export_metadata {
    u8 version;
    u32 flags, symbol_length;
    const char *symbol;
    u8 input_registers, output_registers;
} __attribute__((packed));

struct import_metadata {
    u8 version;
    u32 flags, symbol_length;
    const char *symbol;
    u8 input_registers, output_registers, has_index;
    u32 index;
} __attribute__((packed));

/* Makes a function an export, which `link --entry` finds by its name. */
#define EXPORT(function, inputs, outputs)                                                          \
    __attribute__((section(".polkavm_metadata"), used)) static struct export_metadata              \
        metadata_##function = {1, 0, sizeof(#function) - 1, #function, inputs, outputs};           \
    __attribute__((naked, used)) static void export_##function(void) {                             \
        __asm__(".pushsection .polkavm_exports,\"R\",@note\n.byte 1\n.8byte metadata_" #function   \
                "\n.8byte " #function "\n.popsection\n");                                          \
    }

/* Declares a host call of up to six arguments by its number: u64 name(u64, ...). */
#define HOST_CALL(name, number, inputs)                                                            \
    __attribute__((section(".polkavm_metadata"), used)) static struct import_metadata              \
        metadata_##name = {2, 0, sizeof(#name) - 1, #name, inputs, 1, 1, number};                  \
    __attribute__((naked, noinline, used)) static u64 name(u64 a0, ...) {                          \
        __asm__(".4byte 0x0000000b\n.8byte metadata_" #name "\nret\n");                            \
    }

/* The one entry point of a plain test program. */
#define PROGRAM                                                                                    \
    struct octets run(const u8 *input, u64 length);                                                \
    EXPORT(run, 2, 2)                                                                              \
    struct octets run(const u8 *input, u64 length)

/* The entry points of a service. */
#define REFINE                                                                                     \
    struct octets refine_ext(const u8 *input, u64 length);                                         \
    EXPORT(refine_ext, 2, 2)                                                                       \
    struct octets refine_ext(const u8 *input, u64 length)
#define ACCUMULATE                                                                                 \
    struct octets accumulate_ext(const u8 *input, u64 length);                                     \
    EXPORT(accumulate_ext, 2, 2)                                                                   \
    struct octets accumulate_ext(const u8 *input, u64 length)

static inline u64 little(const u8 *from, int octets) {
    u64 value = 0;
    for (int i = octets - 1; i >= 0; i--) value = value << 8 | from[i];
    return value;
}

static inline void put_little(u8 *to, u64 value, int octets) {
    for (int i = 0; i < octets; i++) to[i] = (u8)(value >> 8 * i);
}

static u8 number_out[8];

static inline struct octets number(u64 value) {
    put_little(number_out, value, 8);
    return (struct octets){number_out, 8};
}

/* What the compiler may call. */
__attribute__((weak)) void *memcpy(void *to, const void *from, u64 count) {
    for (u64 i = 0; i < count; i++) ((u8 *)to)[i] = ((const u8 *)from)[i];
    return to;
}
__attribute__((weak)) void *memset(void *to, int value, u64 count) {
    for (u64 i = 0; i < count; i++) ((u8 *)to)[i] = (u8)value;
    return to;
}
#endif
