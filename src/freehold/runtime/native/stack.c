/* Call stacks: walked by frame pointers, interned in a depot that only grows. */
#include "fh_core.h"

struct fh_range fh_native_stack;

struct depot_entry {
    u32 next; /* in its bucket; 0 ends it */
    u32 n;
    u64 hash;
    u64 frames[];
};

#define ENTRY(id) ((struct depot_entry *)((u64 *)FH_DEPOT_AT + (id)))

static u64 depot_used = 1; /* words; 0 is no stack */

/* The stacks that came last, by their hash: most of the time it is one of them. */
#define RECENTS 4096
static struct recent {
    u64 hash;
    u32 id;
} recents[RECENTS];

FH_INLINE int in_range(u64 pc, const struct fh_range *range)
{
    return pc - range->low < range->high - range->low;
}

int fh_in_program(u64 pc)
{
    return in_range(pc, &fh_config.program_text) || in_range(pc, &fh_config.base_text);
}

/* A frame is {caller's frame pointer, return address}. Native code without frame pointers may
 * have left anything in the register: only frames on our stack, going up, that return into the
 * program or into the run time are believed. */
FH_INLINE const u64 *next_frame(const u64 *frame, u64 *pc)
{
    u64 low = fh_native_stack.low;
    if ((u64)frame - low > fh_native_stack.high - low - 16 || ((u64)frame & 7))
        return 0;
    *pc = frame[1];
    if (!fh_in_program(*pc) && !in_range(*pc, &fh_config.runtime_text))
        return 0;
    const u64 *up = (const u64 *)frame[0];
    return up > frame ? up : frame; /* the same again: the outermost */
}

u32 fh_walk(u64 *to, u32 limit, const void *from)
{
    const u64 *frame = from;
    u32 n = 0;
    u64 pc;
    while (n < limit) {
        const u64 *up = next_frame(frame, &pc);
        if (!up)
            break;
        to[n++] = pc;
        if (up == frame)
            break;
        frame = up;
    }
    return n;
}

u64 *fh_program_frame(const void *from)
{
    const u64 *frame = from;
    u64 pc;
    for (;;) {
        const u64 *up = next_frame(frame, &pc);
        if (!up)
            return 0;
        if (fh_in_program(pc) || up == frame)
            return (u64 *)frame;
        frame = up;
    }
}

/* A stack's 64-bit hash stands for it: two in 2^32 stacks of one program would have to agree. */
FH_INLINE u64 hash_of(const u64 *frame, u32 limit)
{
    u64 low = fh_native_stack.low, room = fh_native_stack.high - low - 16;
    struct fh_range program = fh_config.program_text, own = fh_config.runtime_text;
    struct fh_range base = fh_config.base_text;
    u64 hash = 0;
    for (u32 n = 0; n < limit; n++) {
        if ((u64)frame - low > room || ((u64)frame & 7))
            break;
        u64 pc = frame[1];
        if (FH_UNLIKELY(!in_range(pc, &program)) && !in_range(pc, &own) && !in_range(pc, &base))
            break;
        hash = (hash ^ pc) * 0x9e3779b97f4a7c15ul;
        const u64 *up = (const u64 *)frame[0];
        if (up <= frame)
            break;
        frame = up;
    }
    return hash ^ hash >> 32;
}

FH_COLD static u32 intern_new(u32 *bucket, u64 hash, const void *from)
{
    u32 id = (u32)depot_used;
    struct depot_entry *entry = ENTRY(id);
    if (depot_used + FH_BLOCK_STACK_LIMIT + 2 >= 0xffffffffu)
        return 0;
    entry->n = fh_walk(entry->frames, FH_BLOCK_STACK_LIMIT, from);
    entry->hash = hash;
    entry->next = *bucket;
    depot_used += entry->n + sizeof *entry / sizeof(u64);
    *bucket = id;
    return id;
}

u32 fh_stack_id(const void *from)
{
    u64 hash = hash_of(from, FH_BLOCK_STACK_LIMIT);
    struct recent *recent = &recents[hash % RECENTS];
    if (FH_LIKELY(recent->hash == hash && recent->id))
        return recent->id;
    u32 *bucket = (u32 *)FH_BUCKETS_AT + (hash >> 46);
    u32 id = *bucket;
    while (id && ENTRY(id)->hash != hash)
        id = ENTRY(id)->next;
    if (!id)
        id = intern_new(bucket, hash, from);
    recent->hash = hash;
    recent->id = id;
    return id;
}

u32 fh_stack_of(u32 id, const u64 **frames)
{
    const struct depot_entry *entry = ENTRY(id);
    if (!id)
        return 0;
    *frames = entry->frames;
    return entry->n;
}
