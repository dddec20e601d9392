/* The log of a recorded run: what happens to memory, in order, in a mapping shared with the parent.
 *
 * Stores are noted as ranges, and written to the log with the bytes that they left behind when the next
 * event comes.
 *
 * An event is one word (kind | flags << 8 | count << 16 | number << 32) and the words that its kind says;
 * freehold.execute.trace reads them.
 */
#include "fh_core.h"

u32 fh_tracing;

#define DIRTY 64u
#define KNOWN 256u
#define PIECE 32768ul /* bytes of one event at most */

struct range {
    u64 at;
    u64 n;
};

static struct fh_trace *trace;
static struct range dirty[DIRTY];
static u32 dirty_count;
static u32 ranges[KNOWN]; /* by address: a number in `dirty`, if that range begins there */
static u32 last_line;
static u64 said_output;
static u64 stride = 1, stage, skipped; /* see is_noted */
static u32 skipped_site;

/* ------------------------------------------------------------------------------ the log */

FH_COLD static void full(void)
{
    trace->full = 1;
    fh_tracing = 0;
}

static u64 *room(u64 words)
{
    if (trace->used + words * 8 > trace->bytes) {
        full();
        return 0;
    }
    u64 *at = (u64 *)((u8 *)(trace + 1) + trace->used);
    trace->used += words * 8;
    return at;
}

FH_INLINE u64 head(u32 kind, u32 flags, u32 count, u32 number)
{
    return kind | (u64)flags << 8 | (u64)count << 16 | (u64)number << 32;
}

/* ------------------------------------------------------------------------------ bytes */

static int is_recorded(u64 at)
{
    return !fh_within(at, FH_ZEROS, FH_SINK + FH_SPARE_BYTES - FH_ZEROS);
}

static void say_handles(u64 at, u64 n, u32 count)
{
    u64 first = (at + 7) & ~7ul;
    u64 *words = room(2ul * count);
    if (!words)
        return;
    for (u64 word = first; word + 8 <= at + n; word += 8) {
        if (*(u64 *)FH_INIT(word) != FH_ALL_TAGGED)
            continue;
        *words++ = word;
        *words++ = FH_HANDLE(word);
    }
}

static u32 count_handles(u64 at, u64 n)
{
    u32 count = 0;
    for (u64 word = (at + 7) & ~7ul; word + 8 <= at + n; word += 8)
        count += *(u64 *)FH_INIT(word) == FH_ALL_TAGGED;
    return count;
}

static void say_piece(u64 at, u64 n)
{
    u64 data = (n + 7) / 8, unset = fh_uninit_at((void *)at, n) < n;
    u64 mask = unset ? (n + 63) / 64 : 0;
    u32 handles = count_handles(at, n);
    u64 *words = room(2 + data + mask);
    if (!words)
        return;
    words[0] = head(FH_V_BYTES, (u32)unset, handles, (u32)n);
    words[1] = at;
    words[2 + data - 1] = 0;
    memcpy(words + 2, (void *)at, n);
    if (unset) {
        u64 *bits = words + 2 + data;
        memset(bits, 0, mask * 8);
        for (u64 i = 0; i < n; i++)
            bits[i / 64] |= (u64)(FH_INIT(at)[i] != FH_UNINIT) << (i % 64);
    }
    if (handles)
        say_handles(at, n, handles);
}

/* A scalar, all of it initialised: what most stores are. */
FH_INLINE int say_scalar(u64 at, u64 n)
{
    u64 shadow, data = 0;
    if (n == 8) {
        memcpy(&shadow, FH_INIT(at), 8);
        memcpy(&data, (void *)at, 8);
    } else if (n == 4) {
        u32 half, low;
        memcpy(&half, FH_INIT(at), 4);
        memcpy(&low, (void *)at, 4);
        shadow = half | (u64)half << 32;
        data = low;
    } else {
        return 0;
    }
    int tagged = n == 8 && shadow == FH_ALL_TAGGED && !(at & 7);
    if (!tagged && (shadow & FH_ALL_PLAIN) != FH_ALL_PLAIN)
        return 0;
    u64 *words = room(tagged ? 5 : 3);
    if (!words)
        return 1;
    words[0] = head(FH_V_BYTES, 0, (u32)tagged, (u32)n);
    words[1] = at;
    words[2] = data;
    if (tagged) {
        words[3] = at;
        words[4] = FH_HANDLE(at);
    }
    return 1;
}

static void say_bytes(u64 at, u64 n)
{
    if (n <= 8 && say_scalar(at, n))
        return;
    for (; n && fh_tracing; at += PIECE, n -= n < PIECE ? n : PIECE)
        say_piece(at, n < PIECE ? n : PIECE);
}

/* All ranges but the youngest `keep`: their bytes are there. */
static void flush(u32 keep)
{
    u32 n = dirty_count - keep;
    for (u32 i = 0; i < n && fh_tracing; i++)
        say_bytes(dirty[i].at, dirty[i].n);
    for (u32 i = 0; i < keep; i++)
        dirty[i] = dirty[n + i];
    dirty_count = keep;
}

void fh_trace_write(const void *p, u64 n)
{
    u64 at = (u64)p;
    if (!fh_tracing || !n || !is_recorded(at))
        return;
    u32 *known = &ranges[at >> 2 & (KNOWN - 1)];
    if (*known < dirty_count && dirty[*known].at == at && n <= dirty[*known].n)
        return;
    struct range *last = dirty_count ? &dirty[dirty_count - 1] : 0;
    if (last && at == last->at + last->n) {
        last->n += n;
        return;
    }
    if (dirty_count == DIRTY)
        flush(1);
    *known = dirty_count;
    dirty[dirty_count++] = (struct range){at, n};
}

/* ------------------------------------------------------------------------------ gaps */

/* Past the limit, one step in 2 is noted, then one in 4, and so on. What happens between two noted steps
 * is a gap: of it only what is left at its end is kept. */
#define SLOTS 4096u
#define CALLS 256u
#define DROPPED 0x8000ul /* in an event's first word */
#define LONG 0xfffful    /* steps of a gap after which it is cleared meanwhile */

struct slot { /* by a hash of the key: a younger one takes its place, and less is dropped */
    u64 key, at, gap;
};

static struct slot begun[SLOTS], written[SLOTS]; /* by handle, by address: where in the log */
static u64 gaps;
static u64 gap_at; /* where in the log the present one begins */

static u64 *event_at(u64 at) { return (u64 *)((u8 *)(trace + 1) + at); }

static u64 length_of(const u64 *words)
{
    u64 kind = *words & 0xff, n = *words >> 32;
    if (kind == FH_V_STEP)
        return 8;
    if (kind == FH_V_BEGIN)
        return 32;
    if (kind != FH_V_BYTES)
        return 16;
    u64 mask = *words >> 8 & 0x7f ? (n + 63) / 64 : 0;
    return 8 * (2 + (n + 7) / 8 + mask + 2 * (*words >> 16 & 0xffff));
}

static void drop(u64 at) { *event_at(at) |= DROPPED; }

static struct slot *slot_of(struct slot *slots, u64 key)
{
    return &slots[key * 0x9e3779b97f4a7c15ul >> 52]; /* SLOTS is 2^12 */
}

/* Note where `key` is; returns where it was in this gap, or ~0. */
static u64 put(struct slot *slots, u64 key, u64 at)
{
    struct slot *slot = slot_of(slots, key);
    u64 before = slot->key == key && slot->gap == gaps ? slot->at : ~0ul;
    *slot = (struct slot){key, at, gaps};
    return before;
}

static u64 take(struct slot *slots, u64 key)
{
    struct slot *slot = slot_of(slots, key);
    if (slot->key != key || slot->gap != gaps)
        return ~0ul;
    slot->gap = 0;
    return slot->at;
}

/* An object that begins and ends in the gap was never there. */
static void drop_life(u64 begin, u64 end)
{
    u64 bytes = take(written, event_at(begin)[1]);
    if (bytes != ~0ul && bytes > begin)
        drop(bytes);
    drop(begin);
    drop(end);
}

/* Mark what leaves nothing behind: calls that end, objects that end, bytes that are written again. */
static void mark_gap(void)
{
    u64 calls[CALLS];
    u32 depth = 0;
    gaps++;
    for (u64 at = gap_at; at < trace->used; at += length_of(event_at(at))) {
        u64 *words = event_at(at), kind = *words & 0xff, before;
        if (kind == FH_V_ENTER && depth < CALLS) {
            calls[depth++] = at;
        } else if (kind == FH_V_LEAVE && depth && event_at(calls[depth - 1])[1] == words[1]) {
            drop(calls[--depth]);
            drop(at);
        } else if (kind == FH_V_UNWIND) {
            while (depth && event_at(calls[depth - 1])[1] < words[1])
                drop(calls[--depth]);
        } else if (kind == FH_V_BEGIN) {
            put(begun, words[3], at);
        } else if (kind == FH_V_END && (before = take(begun, words[1])) != ~0ul) {
            drop_life(before, at);
        } else if (kind == FH_V_BYTES) {
            before = put(written, words[1], at);
            if (before != ~0ul && *event_at(before) >> 32 <= *words >> 32)
                drop(before);
        } else if (kind == FH_V_RENEW) {
            drop(at);
        }
    }
}

static void close_gap(void)
{
    u64 to = gap_at;
    mark_gap();
    for (u64 at = gap_at; at < trace->used;) {
        u64 *words = event_at(at), n = length_of(words);
        if (!(*words & DROPPED)) {
            memmove(event_at(to), words, n);
            to += n;
        }
        at += n;
    }
    trace->used = to;
}

/* ------------------------------------------------------------------------------ events */

static void event(u32 kind, u32 flags, u32 number, u64 word)
{
    u64 *words;
    flush(0);
    if (fh_tracing && (words = room(2))) {
        words[0] = head(kind, flags, 0, number);
        words[1] = word;
    }
}

/* The beginning of glibc's FILE. */
struct stream {
    int flags;
    char *read_ptr, *read_end, *read_base;
    char *write_base, *write_ptr;
};

#define UNBUFFERED 2

u64 fh_writes;

/* stdout's bytes so far: those that its buffer still holds, too. Asked at each step, so ftell, which may
 * be a system call, is called only if something was written. */
static u64 output(void)
{
    static const char *seen;
    static u64 writes;
    const struct stream *stream = (const void *)stdout;
    if (stream->write_ptr == seen && fh_writes == writes && !(stream->flags & UNBUFFERED))
        return said_output;
    seen = stream->write_ptr;
    writes = fh_writes;
    long at = ftell(stdout);
    return at < 0 ? 0 : (u64)at;
}

static void say_step(u32 site)
{
    u64 *words = fh_tracing ? room(1) : 0;
    if (!words)
        return;
    words[0] = head(FH_V_STEP, 0, 0, site);
    gap_at = trace->used;
    skipped = 0;
}

/* Whether a step past the limit is noted; a gap ends before it then. */
static int is_noted(u32 site)
{
    if (!stage) {
        stride *= 2;
        stage = trace->limit / 32 + 1;
    }
    skipped_site = site;
    if (++skipped < stride) {
        if (!(skipped & LONG))
            close_gap();
        return 0;
    }
    stage--;
    close_gap();
    return 1;
}

void fh_trace_step(u32 site, u32 line)
{
    if (!fh_tracing)
        return;
    flush(0);
    if (line == last_line)
        return;
    u64 written = output();
    if (written != said_output) {
        said_output = written;
        event(FH_V_OUTPUT, 0, 0, written);
    }
    last_line = line & ~FH_AGAIN;
    if (++trace->steps > trace->limit && !is_noted(site))
        return;
    say_step(site);
}

void fh_trace_enter(u32 site)
{
    last_line = 0;
    if (fh_tracing)
        event(FH_V_ENTER, 0, site, *(u64 *)__builtin_frame_address(0));
}

void fh_trace_leave(void)
{
    last_line = 0;
    if (fh_tracing)
        event(FH_V_LEAVE, 0, 0, *(u64 *)__builtin_frame_address(0));
}

void fh_trace_unwind(u64 frame)
{
    last_line = 0;
    if (fh_tracing)
        event(FH_V_UNWIND, 0, 0, frame);
}

void fh_trace_move(const void *p, u64 n)
{
    if (fh_tracing)
        event(FH_V_MOVE, 0, (u32)n, (u64)p);
}

void fh_trace_begin(const struct fh_desc *d)
{
    flush(0);
    u64 *words = fh_tracing ? room(4) : 0;
    if (!words)
        return;
    words[0] = head(FH_V_BEGIN, FH_KIND(d), 0, FH_SITE(d));
    words[1] = FH_BASE(d);
    words[2] = d->size;
    words[3] = FH_HANDLE_OF(d);
}

void fh_trace_end(u64 handle)
{
    event(FH_V_END, 0, 0, handle);
}

void fh_trace_renew(u64 handle)
{
    event(FH_V_RENEW, 0, 0, handle);
}

void fh_trace_fault(u32 number)
{
    if (!fh_tracing)
        return;
    flush(0);
    if (skipped) {
        close_gap();
        say_step(skipped_site);
        skipped = stride - 1; /* the next step, too: what the fault has done is seen by itself */
    }
    event(FH_V_FAULT, 0, number, 0);
}

/* ------------------------------------------------------------------------------ the start */

static void begin_object(u64 number)
{
    struct fh_desc *d = FH_DESC(FH_DESC_BYTES * (FH_FIRST_OBJECT + number));
    if (FH_KIND(d) == FH_FUNCTION)
        return;
    fh_trace_begin(d);
    if (d->size <= PIECE * 4)
        say_bytes(FH_BASE(d), d->size);
}

void fh_trace_start(void)
{
    trace = fh_config.trace;
    if (!trace)
        return;
    fh_tracing = 1;
    for (u64 i = 0; i < fh_config.program->object_count; i++)
        begin_object(i);
}

void fh_trace_stop(void)
{
    if (fh_tracing)
        flush(0);
    fh_tracing = 0;
}
