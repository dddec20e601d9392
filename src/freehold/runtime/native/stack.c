/* Call stacks: walked by frame pointers, interned in a depot that only grows. */
#include "fh_core.h"

struct fh_range fh_native_stack;

struct depot_entry {
    u32 next; /* in its bucket; 0 ends it */
    u32 n;
    u64 frames[];
};

static u64 depot_used = 1; /* words; 0 is no stack */

FH_INLINE int in_range(u64 pc, const struct fh_range *range)
{
    return pc - range->low < range->high - range->low;
}

int fh_in_program(u64 pc) { return in_range(pc, &fh_config.program_text); }

/* A frame is {caller's frame pointer, return address}. Native code without frame pointers may
 * have left anything in the register: only frames on our stack, going up, that return into the
 * program or into the run time are believed. */
FH_INLINE const u64 *next_frame(const u64 *frame, u64 *pc)
{
    u64 low = fh_native_stack.low;
    if ((u64)frame - low > fh_native_stack.high - low - 16 || ((u64)frame & 7))
        return 0;
    *pc = frame[1];
    if (!in_range(*pc, &fh_config.program_text) && !in_range(*pc, &fh_config.runtime_text))
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

static u32 intern_new(u32 *bucket, const u64 *frames, u32 n)
{
    u32 id = (u32)depot_used;
    struct depot_entry *entry = (struct depot_entry *)FH_DEPOT_AT + id;
    if (depot_used + n + 1 >= 0xffffffffu)
        return 0;
    depot_used += n + 1;
    entry->next = *bucket;
    entry->n = n;
    for (u32 i = 0; i < n; i++)
        entry->frames[i] = frames[i];
    *bucket = id;
    return id;
}

u32 fh_stack_id(const void *from)
{
    u64 frames[FH_STACK_LIMIT];
    u32 n = fh_walk(frames, FH_STACK_LIMIT, from);
    u64 hash = n;
    for (u32 i = 0; i < n; i++)
        hash = (hash ^ frames[i]) * 0x9e3779b97f4a7c15ul;
    u32 *bucket = (u32 *)FH_BUCKETS_AT + (hash >> 46);
    for (u32 id = *bucket; id;) {
        struct depot_entry *entry = (struct depot_entry *)FH_DEPOT_AT + id;
        u32 i = 0;
        if (entry->n == n) {
            while (i < n && entry->frames[i] == frames[i])
                i++;
            if (i == n)
                return id;
        }
        id = entry->next;
    }
    return intern_new(bucket, frames, n);
}

u32 fh_stack_of(u32 id, const u64 **frames)
{
    const struct depot_entry *entry = (const struct depot_entry *)FH_DEPOT_AT + id;
    if (!id)
        return 0;
    *frames = entry->frames;
    return entry->n;
}
