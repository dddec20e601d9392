/* Escaping locals: objects in a stack of their own, each with a descriptor.
 *
 * Codegen gives every such local its own list of free descriptors, so a stale handle always names
 * the variable that it pointed to. The live ones form a list, youngest first.
 */
#include "fh_core.h"

u64 fh_side_top;
u64 fh_side_limit;
u64 fh_side_low = FH_SIDE_AT;

static u64 orphans; /* ended by longjmp: they belong to no variable's list any more */

FH_COLD static struct fh_desc *take_orphan(void)
{
    if (!orphans)
        return fh_new_desc();
    struct fh_desc *d = FH_DESC(orphans);
    orphans = d->link;
    fh_bury(FH_HANDLE_OF(d) - FH_ONE_GENERATION, FH_DEAD_SIZE(d), FH_DEATH_SITE | d->site, 0);
    return d;
}

FH_INLINE struct fh_desc *take(u64 *pool)
{
    u64 offset = *pool;
    if (FH_UNLIKELY(!offset))
        return take_orphan();
    struct fh_desc *d = FH_DESC(offset);
    *pool = d->link;
    return d;
}

FH_INLINE void give(struct fh_desc *d, u64 *pool)
{
    if (FH_UNLIKELY(FH_GENERATION(d->base_tag) == FH_LAST_GENERATION))
        return;
    d->link = *pool;
    *pool = FH_OFFSET(d);
}

FH_INLINE void begin(struct fh_desc *d, void *p, u64 n, u32 kind, u32 site)
{
    d->base_tag = FH_BASE_TAG(d, p, d->base_tag);
    d->size = n;
    d->init = 0;
    d->bare = 0;
    d->kind = kind;
    d->site = site;
    d->link = fh_live_stack;
    fh_live_stack = FH_OFFSET(d);
    if (FH_UNLIKELY(fh_tracing))
        fh_trace_begin(d);
}

FH_INLINE void unlink_live(struct fh_desc *d)
{
    u64 *link = &fh_live_stack;
    while (FH_UNLIKELY(*link != FH_OFFSET(d))) {
        if (!*link)
            return;
        link = &FH_DESC(*link)->link;
    }
    *link = d->link;
}

FH_INLINE void end(struct fh_desc *d)
{
    if (FH_UNLIKELY(fh_tracing))
        fh_trace_end(FH_HANDLE_OF(d));
    d->extra = (d->extra & 0xff) | d->size << 8;
    d->size = 0;
    d->init = 0;
    d->bare = 0;
    d->kind |= FH_DEAD;
    d->base_tag += FH_ONE_GENERATION;
}

u64 fh_stack_enter(void *p, u64 n, u64 *pool, u32 site)
{
    struct fh_desc *d = take(pool);
    begin(d, p, n, FH_STACK, site);
    memset(FH_INIT(p), FH_UNINIT, n);
    return FH_HANDLE_OF(d);
}

void fh_stack_exit(u64 h, u64 *pool)
{
    struct fh_desc *d = FH_DESC(h);
    if (FH_GENERATION(h) != FH_GENERATION(d->base_tag))
        return; /* a longjmp has ended it already */
    unlink_live(d);
    end(d);
    give(d, pool);
}

/* ------------------------------------------------------------------------------ VLA, alloca */

static u64 dynamic_pool;

struct fh_ptr fh_dynamic_enter(u64 n, u64 align, u32 kind, u32 site)
{
    const void *frame = __builtin_frame_address(0);
    u64 old = fh_side_top;
    u64 at = (old + align - 1) / align * align;
    if (n >> 63) {
        fh_size_fault(n, kind == FH_VLA ? "variable-length array" : "alloca", frame, site);
        n = 0;
    }
    if (n > FH_SIDE_BYTES || at + n + 1 > fh_side_limit)
        fh_side_overflow(n, site);
    struct fh_desc *d = take(&dynamic_pool);
    if (FH_GENERATION(d->base_tag))
        fh_bury(FH_HANDLE_OF(d) - FH_ONE_GENERATION, FH_DEAD_SIZE(d), FH_DEATH_SITE | d->site,
                0);
    begin(d, (void *)at, n, kind, site);
    d->alloc_stack = (u32)(at - old);
    fh_side_top = (at + n + 16) & ~15ul;
    memset(FH_INIT(at), FH_UNINIT, n);
    return (struct fh_ptr){(void *)at, FH_HANDLE_OF(d)};
}

static void end_dynamic(struct fh_desc *d)
{
    d->alloc_stack = 0;
    end(d);
    give(d, &dynamic_pool);
}

/* Memory is given back only from the top: an alloca made after the array outlives it. */
void fh_dynamic_exit(u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    if (FH_GENERATION(h) != FH_GENERATION(d->base_tag))
        return;
    u64 base = FH_BASE(d);
    u64 old = base - d->alloc_stack;
    if (fh_side_top == ((base + d->size + 16) & ~15ul))
        fh_side_top = old;
    unlink_live(d);
    end_dynamic(d);
}

static int is_dynamic(const struct fh_desc *d) { return d->kind == FH_VLA || d->kind == FH_ALLOCA; }

void fh_dynamic_leave(u64 frame)
{
    u64 *link = &fh_live_stack;
    while (*link && FH_BASE(FH_DESC(*link)) >= frame) {
        struct fh_desc *d = FH_DESC(*link);
        if (is_dynamic(d)) {
            *link = d->link;
            end_dynamic(d);
        } else {
            link = &d->link;
        }
    }
    fh_side_top = frame;
}

void fh_side_overflow(u64 bytes, u32 site)
{
    fh_ending_stack_overflow(bytes, site, __builtin_frame_address(0));
    fh_die(SYS_SIGSEGV);
}

/* ------------------------------------------------------------------------------ members */

static u64 member_pool;

u64 fh_member_enter(void *start, u64 size, u64 owner, u32 site)
{
    if (!fh_ok(start, owner, size ? size : 1))
        return owner;
    struct fh_desc *d = take(&member_pool);
    d->base_tag = FH_BASE_TAG(d, start, d->base_tag);
    d->size = size;
    d->kind = FH_MEMBER;
    d->site = site;
    d->link = owner;
    return FH_HANDLE_OF(d);
}

void fh_member_exit(u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    if (d->kind != FH_MEMBER || FH_GENERATION(h) != FH_GENERATION(d->base_tag))
        return;
    end(d);
    give(d, &member_pool);
}

/* ------------------------------------------------------------------------------ setjmp */

FH_INLINE struct fh_jmp_tail *tail_of(void *p)
{
    return (struct fh_jmp_tail *)((u8 *)p + FH_JMP_TAIL);
}

static u64 spare_jump[FH_JMP_BYTES / 8];

__attribute__((noinline)) void *fh_setjmp_enter(void *p, u64 h, u32 site)
{
    if (!fh_ok(p, h, FH_JMP_BYTES)) {
        p = fh_fault_write(p, h, FH_JMP_BYTES, site);
        if (fh_within((u64)p, FH_SINK, FH_SPARE_BYTES))
            p = spare_jump;
    }
    struct fh_jmp_tail *tail = tail_of(p);
    tail->side_top = fh_side_top;
    tail->live = fh_live_stack;
    tail->frame = *(u64 *)__builtin_frame_address(0);
    tail->back = ((u64 *)tail->frame)[1];
    memset(FH_INIT(p), FH_PLAIN, FH_JMP_BYTES);
    return p;
}

/* Whether setjmp's caller is still on the stack, whose top is `frame`; yes if the walk ends in
 * native code. */
static int frame_lives(const struct fh_jmp_tail *tail, const u64 *frame)
{
    u64 wanted = tail->frame;
    u64 low = fh_native_stack.low, high = fh_native_stack.high;
    while ((u64)frame >= low && (u64)frame < high - 16 && ((u64)frame & 7) == 0) {
        if ((u64)frame == wanted)
            return frame[1] == tail->back;
        if ((u64)frame > wanted)
            return 0;
        if (frame[0] <= (u64)frame)
            return 1;
        frame = (const u64 *)frame[0];
    }
    return 1;
}

static int is_live(u64 wanted)
{
    for (u64 at = fh_live_stack; at; at = FH_DESC(at)->link) {
        if (at == wanted)
            return 1;
    }
    return wanted == 0;
}

/* Ends what was entered since setjmp. If what was the youngest object then has ended in the
 * meantime, as its block was left, all that lies above the frame of setjmp's caller. */
static void unwind_side(const struct fh_jmp_tail *tail)
{
    int known = is_live(tail->live);
    while (fh_live_stack && fh_live_stack != tail->live) {
        struct fh_desc *d = FH_DESC(fh_live_stack);
        if (!known && FH_BASE(d) < tail->side_top)
            break;
        fh_live_stack = d->link;
        end(d);
        if (FH_GENERATION(d->base_tag) != FH_LAST_GENERATION) {
            d->link = orphans;
            orphans = FH_OFFSET(d);
        }
    }
    fh_side_top = tail->side_top;
}

void fh_side_unwind(u64 live, u64 top)
{
    struct fh_jmp_tail tail = {.live = live, .side_top = top ? top : fh_side_top};
    unwind_side(&tail);
}

__attribute__((noinline)) void fh_longjmp(void *p, u64 h, i32 value, u32 site)
{
    const void *frame = __builtin_frame_address(0);
    if (!fh_ok(p, h, FH_JMP_BYTES) || fh_uninit_at(p, FH_JMP_BYTES) < FH_JMP_BYTES)
        fh_bad_longjmp(p, h, site, frame);
    struct fh_jmp_tail *tail = tail_of(p);
    if (!tail->frame || !frame_lives(tail, *(const u64 **)frame))
        fh_bad_longjmp(p, h, site, frame);
    unwind_side(tail);
    if (fh_tracing)
        fh_trace_unwind(tail->frame);
    siglongjmp(p, value);
}
