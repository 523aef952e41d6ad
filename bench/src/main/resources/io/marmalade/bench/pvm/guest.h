/* What a kernel needs: short names of types, and the export of its entry point. */
typedef unsigned long u64;
typedef unsigned int u32;
typedef unsigned char u8;
typedef long i64;

#ifdef NATIVE
#define EXPORT(f)
#else
struct meta {
    unsigned char version;
    u32 flags;
    u32 len;
    const char *sym;
    unsigned char in, out;
} __attribute__((packed));

#define EXPORT(f)                                                                                   \
    __attribute__((section(".polkavm_metadata"), used)) static struct meta meta_##f = {             \
            1, 0, sizeof(#f) - 1, #f, 2, 1};                                                        \
    __attribute__((naked, used)) static void export_##f(void) {                                     \
        __asm__(".pushsection .polkavm_exports,\"R\",@note\n.byte 1\n.8byte meta_" #f "\n.8byte " #f \
                "\n.popsection\n");                                                                 \
    }
#endif
