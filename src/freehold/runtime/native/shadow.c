/* The shadow: which bytes are initialised, and the handles of pointers in memory.
 *
 * A byte is FH_UNINIT, FH_PLAIN or FH_TAGGED. The handle of an aligned word counts only while all
 * eight of its bytes are tagged, so any other store into the word makes it count no more.
 */
#include "fh_core.h"

FH_INLINE void note(const void *p, u64 n)
{
    if (FH_UNLIKELY(fh_tracing))
        fh_trace_write(p, n);
}

void fh_shadow_set(const void *p, u64 n)
{
    note(p, n);
    memset(FH_INIT(p), FH_PLAIN, n);
}

void fh_shadow_clear(const void *p, u64 n) { memset(FH_INIT(p), FH_UNINIT, n); }

void fh_unset(const void *p, u64 h, u64 n)
{
    memset(FH_INIT(p), FH_UNINIT, n);
    fh_lower(p, h, 1);
}

/* ------------------------------------------------------------------------------ what is known */

/* Kinds of objects that begin at a multiple of 16 and whose shadow only this file, the heap, the
 * side stack and codegen lower. */
#define SETTLING                                                                                   \
    (1u << FH_HEAP | 1u << FH_STACK | 1u << FH_GLOBAL | 1u << FH_ALLOCA | 1u << FH_VLA |           \
     1u << FH_LITERAL | 1u << FH_CONST)

FH_INLINE int settles(const struct fh_desc *d)
{
    return d->kind < 32 && (SETTLING >> d->kind & 1) && (FH_BASE(d) & 15) == 0;
}

static void lower(struct fh_desc *d, u64 offset, u32 unset)
{
    if (offset >= d->size)
        return; /* after a fault the access went elsewhere */
    if (offset < d->bare)
        d->bare = offset;
    if (unset && offset < d->init)
        d->init = offset;
}

void fh_lower(const void *p, u64 h, u32 unset)
{
    h = fh_owner(h);
    lower(FH_DESC(h), (u64)p + h - FH_DESC(h)->base_tag, unset);
}

void fh_lower_at(const void *p, u32 unset)
{
    struct fh_desc *d = fh_find_live((u64)p);
    if (d)
        lower(d, (u64)p - FH_BASE(d), unset);
}

/* So much is looked at in one go: what a later store lowers may be looked at again and again. */
#define STRIDE 2048ul

/* Where the first byte of shadow[from, to) is that is not `wanted`: initialised, or plain. */
static u64 stretch(const u8 *shadow, u64 from, u64 to, u64 mask)
{
    u64 at = from;
    for (; at + 8 <= to; at += 8) {
        u64 word;
        memcpy(&word, shadow + at, 8);
        if ((word & mask) != FH_ALL_PLAIN)
            break;
    }
    while (at < to && (shadow[at] & (u8)mask) == FH_PLAIN)
        at++;
    return at;
}

FH_INLINE u64 least(u64 a, u64 b) { return a < b ? a : b; }

FH_INLINE struct fh_settled settled(u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    struct fh_settled now = {d->init, d->bare};
    if (!settles(d) || FH_TAG(h) != FH_TAG(d->base_tag))
        return now;
    const u8 *shadow = FH_INIT(FH_BASE(d));
    now.init = stretch(shadow, now.init, least(d->size, now.init + STRIDE), FH_ALL_PLAIN);
    now.bare = stretch(shadow, now.bare, least(now.init, now.bare + STRIDE), ~0ul);
    return now;
}

struct fh_settled fh_settle(u64 h) { return settled(h); }

void fh_settle_now(u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    struct fh_settled now = settled(h);
    d->init = now.init;
    d->bare = now.bare;
}

/* [p, p+n) is initialised now, and `plain` or not: what touches what was known is known too. */
static void extend_known(const void *p, u64 h, u64 n, int plain)
{
    struct fh_desc *d = FH_DESC(h);
    u64 offset = (u64)p + h - d->base_tag, end = offset + n;
    if (offset > d->init || end > d->size || end <= d->bare || !settles(d))
        return;
    if (end > d->init)
        d->init = end;
    if (plain && offset <= d->bare)
        d->bare = end;
}

void fh_wrote(const void *p, u64 h, u64 n)
{
    note(p, n);
    if (fh_known_plain(p, h) >= n)
        return;
    memset(FH_INIT(p), FH_PLAIN, n);
    extend_known(p, h, n, 1);
}

/* ------------------------------------------------------------------------------ moves */

void fh_pad(const void *p, u64 h, u64 n)
{
    if (fh_ok(p, h, n))
        memset(FH_INIT(p), FH_PLAIN, n);
}

/* Moves the handles of the whole words of [from, from+n), where both ends are aligned alike. */
static void move_handles(u64 to, u64 from, u64 n)
{
    u64 skip = -from & 7;
    if (skip + 8 > n)
        return;
    u64 words = (n - skip) / 8;
    u64 *target = &FH_HANDLE(to + skip);
    const u64 *source = &FH_HANDLE(from + skip);
    memmove(target, source, words * 8);
}

/* Bytes that are not part of a whole moved word lose their tag: their handle stays behind. */
static void untag(u64 at, u64 n)
{
    u8 *shadow = FH_INIT(at);
    for (u64 i = 0; i < n; i++)
        shadow[i] &= FH_PLAIN;
}

static void untag_edges(u64 to, u64 n)
{
    u64 head = -to & 7;
    if (head >= n) {
        untag(to, n);
        return;
    }
    u64 tail = (to + n) & 7;
    untag(to, head);
    untag(to + n - tail, tail);
}

/* What is among n bytes: some tagged, some uninitialised. */
#define SOME_TAGGED 1u
#define SOME_UNSET 2u
static u32 what_is_at(u64 at, u64 n)
{
    const u8 *shadow = FH_INIT(at);
    u64 i = 0, any = 0, every = ~0ul;
    for (; i + 8 <= n; i += 8) {
        u64 word;
        memcpy(&word, shadow + i, 8);
        any |= word;
        every &= word;
    }
    for (; i < n; i++) {
        any |= shadow[i];
        every &= shadow[i] | ~0xfful;
    }
    return ((any & ~FH_ALL_PLAIN) ? SOME_TAGGED : 0) |
           ((every & FH_ALL_PLAIN) != FH_ALL_PLAIN ? SOME_UNSET : 0);
}

static void move_shadow(u64 to, u64 from, u64 n, u32 what)
{
    int alike = ((to ^ from) & 7) == 0;
    if ((what & SOME_TAGGED) && alike)
        move_handles(to, from, n);
    memmove(FH_INIT(to), FH_INIT(from), n);
    if (!(what & SOME_TAGGED))
        return;
    if (alike)
        untag_edges(to, n);
    else
        untag(to, n);
}

void fh_copy(void *to, u64 to_h, const void *from, u64 from_h, u64 n)
{
    memmove(to, from, n);
    note(to, n);
    if (fh_known_plain(from, from_h) >= n) {
        fh_wrote(to, to_h, n);
        return;
    }
    u32 what = what_is_at((u64)from, n);
    move_shadow((u64)to, (u64)from, n, what);
    if (what)
        fh_lower(to, to_h, what & SOME_UNSET);
    if (!(what & SOME_UNSET))
        extend_known(to, to_h, n, !what);
}

void fh_store_pointer(void *to, const void *p, u64 h)
{
    *(const void **)to = p;
    note(to, 8);
    h = fh_owner(h);
    if ((u64)to & 7) {
        memset(FH_INIT(to), FH_PLAIN, 8);
    } else {
        *(u64 *)FH_INIT(to) = FH_ALL_TAGGED;
        FH_HANDLE(to) = h;
        fh_lower_at(to, 0);
    }
}

u64 fh_uninit_at(const void *p, u64 n)
{
    const u8 *shadow = FH_INIT(p);
    u64 i = 0;
    for (; i + 8 <= n; i += 8) {
        u64 word;
        memcpy(&word, shadow + i, 8);
        /* PLAIN and TAGGED both have their low seven bits set. */
        if ((word & FH_ALL_PLAIN) != FH_ALL_PLAIN)
            break;
    }
    while (i < n && shadow[i] != FH_UNINIT)
        i++;
    return i;
}

void fh_check_init(const void *p, u64 n, u32 site)
{
    if (fh_uninit_at(p, n) < n)
        fh_fault_uninit(p, n, site);
}
