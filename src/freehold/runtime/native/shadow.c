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

static int any_tagged(u64 at, u64 n)
{
    const u8 *shadow = FH_INIT(at);
    u64 i = 0, all = 0;
    for (; i + 8 <= n; i += 8) {
        u64 word;
        memcpy(&word, shadow + i, 8);
        all |= word;
    }
    for (; i < n; i++)
        all |= shadow[i];
    return (all & 0x8080808080808080ul) != 0;
}

void fh_shadow_move(void *to_p, const void *from_p, u64 n)
{
    u64 to = (u64)to_p, from = (u64)from_p;
    note(to_p, n);
    if (n == 8 && ((to | from) & 7) == 0) {
        FH_HANDLE(to) = FH_HANDLE(from);
        *(u64 *)FH_INIT(to) = *(u64 *)FH_INIT(from);
        return;
    }
    int tagged = any_tagged(from, n);
    if (tagged && ((to ^ from) & 7) == 0)
        move_handles(to, from, n);
    memmove(FH_INIT(to), FH_INIT(from), n);
    if (!tagged)
        return;
    if (((to ^ from) & 7) == 0)
        untag_edges(to, n);
    else
        untag(to, n);
}

void fh_copy(void *to, const void *from, u64 n)
{
    memmove(to, from, n);
    fh_shadow_move(to, from, n);
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
