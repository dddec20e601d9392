/* A program as codegen would write it, by hand: the site of everything is its line. */
#include "fh.h"

#define HERE __LINE__
#define ACCESS(kind, type, pointer, handle)                                                        \
    (type *)(fh_ok(pointer, handle, sizeof(type))                                                  \
                 ? (void *)(pointer)                                                               \
                 : fh_fault_##kind(pointer, handle, sizeof(type), HERE))
#define READ(type, pointer, handle) (*ACCESS(read, type, pointer, handle))
#define WRITE(type, pointer, handle, value)                                                        \
    do {                                                                                           \
        type *place = ACCESS(write, type, pointer, handle);                                        \
        *place = (value);                                                                          \
        fh_shadow_set(place, sizeof(type));                                                        \
    } while (0)
#define USE(type, pointer) fh_check_init(pointer, sizeof(type), HERE)

#define NOINLINE __attribute__((noinline))

static i32 start(void);
static i32 entry(i32 argc, void *argv, u64 argv_h, void *envp, u64 envp_h)
{
    (void)argc, (void)argv, (void)argv_h, (void)envp, (void)envp_h;
    return start();
}

#ifndef OBJECTS
#define OBJECTS 0, 0
#endif
#ifndef SLOTS
#define SLOTS 0, 0
#endif
#ifdef LATE
extern struct fh_program program __asm__("fh.program");
#else
struct fh_program program __asm__("fh.program") = {FH_VERSION, OBJECTS, SLOTS, entry, 0, 0, 0, 0};
#endif
void anchor(void) {}
