/* Faults: what was wrong with an access, and which address to use instead.
 *
 * After a fault the program goes on. A dead object whose slot is free is used as it was; any other
 * bad read sees zeros, and any other bad write goes to a sink. A pointer read from the zeros has
 * the made-up handle: a fault through it is a consequence, and no finding of its own.
 */
#include "fh_core.h"

#define TOO_MANY 10000000ul

struct object { /* what a handle refers to, or referred to when it was alive */
    u64 base;
    u64 size;
    u32 kind;
    u32 site;
    u32 alloc_stack;
    u32 free_stack;
    u32 state;
};

/* ------------------------------------------------------------------------------ objects */

const struct fh_death *fh_find_death(u64 handle)
{
    u64 n = fh_deaths < FH_RING ? fh_deaths : FH_RING;
    for (u64 i = 1; i <= n; i++) {
        const struct fh_death *death =
            (const struct fh_death *)FH_RING_AT + ((fh_deaths - i) & (FH_RING - 1));
        if (death->handle == handle)
            return death;
    }
    return 0;
}

static int is_local(u32 kind) { return kind == FH_STACK || kind == FH_VLA || kind == FH_ALLOCA; }

static void from_ring(struct object *o, u64 h)
{
    const struct fh_death *death = fh_find_death(h);
    o->state = death ? FH_S_REUSED : FH_S_FORGOTTEN;
    o->alloc_stack = o->free_stack = 0;
    if (!death) {
        o->size = 0;
        return;
    }
    o->size = death->size;
    o->free_stack = death->free_stack;
    if (death->alloc_stack & FH_DEATH_SITE)
        o->site = death->alloc_stack & ~(FH_DEATH_SITE | FH_PACKED_SITE);
    else
        o->alloc_stack = death->alloc_stack;
}

static struct object object_of(u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    u32 kind = FH_KIND(d);
    struct object o = {FH_BASE(d), d->size, kind, FH_SITE(d), d->alloc_stack, d->free_stack, FH_S_LIVE};
    if (kind == FH_FUNCTION || is_local(kind))
        o.alloc_stack = o.free_stack = 0;
    if (kind == FH_NULL || kind == FH_FOREIGN || kind == FH_MADE_UP)
        o.state = FH_S_NONE;
    if (FH_TAG(h) == FH_TAG(d->base_tag))
        return o;
    u64 passed = FH_GENERATION(d->base_tag) - FH_GENERATION(h);
    if (passed == 1 && (d->kind & FH_DEAD)) {
        o.state = FH_S_DEAD;
        o.size = FH_DEAD_SIZE(d);
    } else if (kind == FH_STACK && !d->extra) {
        o.state = FH_S_FORGOTTEN;
    } else if (kind == FH_STACK) {
        o.state = FH_S_REUSED; /* its own variable again: the size at its last death is the same */
        o.size = FH_DEAD_SIZE(d);
    } else {
        from_ring(&o, h);
    }
    return o;
}

static u32 code_of(u64 h, const void *p, const struct object *o)
{
    if (o->state == FH_S_NONE)
        return h == FH_NULL_HANDLE && (u64)p < 65536 ? FH_X_NULL : FH_X_WILD;
    if (o->state != FH_S_LIVE)
        return FH_X_DEAD;
    return o->kind == FH_MEMBER ? FH_X_MEMBER : FH_X_BOUNDS;
}

/* ------------------------------------------------------------------------------ records */

static void describe(struct fh_message *m, const struct object *o)
{
    m->record.base = o->base;
    m->record.size = o->size;
    m->record.object_kind = o->kind;
    m->record.object_site = o->site;
    m->record.state = o->state;
    if (is_local(o->kind) && o->base < fh_side_top)
        m->record.flags |= FH_RF_FRAME_LIVE;
}

static u32 describe_occupant(struct fh_message *m, u64 address, u64 h)
{
    struct fh_desc *d = fh_find_live(address);
    if (!d || FH_HANDLE_OF(d) == h)
        return 0;
    m->record.occupant_kind = d->kind;
    m->record.occupant_site = FH_SITE(d);
    m->record.occupant_base = FH_BASE(d);
    m->record.occupant_size = d->size;
    return d->kind == FH_HEAP ? d->alloc_stack : 0;
}

static void send_fault(struct fh_message *m, const struct object *o, const void *frame)
{
    u32 occupant = 0;
    describe(m, o);
    if (o->state != FH_S_LIVE)
        occupant = describe_occupant(m, m->record.address, m->record.handle);
    fh_message_walk(m, frame);
    fh_message_stack_id(m, FH_W_ALLOC, o->alloc_stack);
    fh_message_stack_id(m, FH_W_RELEASE, o->state == FH_S_LIVE ? 0 : o->free_stack);
    fh_message_stack_id(m, FH_W_OCCUPANT, occupant);
}

static void sent(const void *frame)
{
    if (fh_config.flags & FH_F_STOP_ON_FIRST)
        fh_end_faults(frame);
}

static u64 key_of(u32 code, u32 write, u32 site, const void *frame)
{
    return fh_place(site, frame) * 256 + code * 2 + write + 1;
}

/* Counts a fault; whether it is to be reported. */
static int counted(u64 key, const void *frame, u32 *number)
{
    int fresh = fh_finding(key, number);
    if (fh_faults + fh_consequences > TOO_MANY)
        fh_end_faults(frame);
    return fresh;
}

static void consequence(const void *frame)
{
    fh_consequences++;
    if (fh_faults + fh_consequences > TOO_MANY)
        fh_end_faults(frame);
}

/* Arithmetic that has left its object, and is not told yet if there is a key. */
static struct fh_message left;
static u64 left_key;

void fh_tell_left(void)
{
    u64 key = left_key;
    u32 number;
    left_key = 0;
    if (!key || !fh_finding(key, &number))
        return;
    left.record.number = number;
    fh_message_send(&left, 1);
}

/* Start the record of a new finding; 0 if it is to be counted only. */
static int begin_at(struct fh_message *m, u64 key, u32 code, u32 write, u32 site, const void *frame)
{
    u32 number;
    fh_tell_left();
    if (!counted(key, frame, &number))
        return 0;
    fh_message_start(m, FH_R_FAULT, code);
    m->record.number = number;
    m->record.site = site;
    m->record.flags = write ? FH_RF_WRITE : 0;
    return 1;
}

static int begin(struct fh_message *m, u32 code, u32 write, u32 site, const void *frame)
{
    return begin_at(m, key_of(code, write, site, frame), code, write, site, frame);
}

/* The uses of an object after its death have one cause, until its bytes belong to another; and
 * what was not written off an object's end is not there to be read. */
static u64 key_with_cause(u64 key, u64 h, u64 p, u32 code, u32 write, u32 state)
{
    if (code == FH_X_DEAD)
        return fh_key_of_cause(h ^ state, key, 1);
    if (code == FH_X_BOUNDS)
        return fh_key_of_cause((h ^ p * 0x9e3779b97f4a7c15ul) | 1, key, write);
    return key;
}

/* ------------------------------------------------------------------------------ accesses */

static void *zeros(u64 n)
{
    memset(FH_INIT(FH_ZEROS), FH_PLAIN, n < FH_SPARE_BYTES ? n : FH_SPARE_BYTES);
    return (void *)FH_ZEROS;
}

static void *sink(u64 n)
{
    u64 bytes = n < FH_SPARE_BYTES ? n : FH_SPARE_BYTES;
    memset((void *)FH_SINK, 0, bytes);
    memset(FH_INIT(FH_SINK), FH_PLAIN, bytes);
    return (void *)FH_SINK;
}

static int keeps_bytes(const struct object *o, u64 p, u64 n)
{
    if (o->state != FH_S_DEAD || n > o->size || p - o->base > o->size - n)
        return 0;
    return o->kind == FH_HEAP || (is_local(o->kind) && !fh_find_live(p));
}

/* The bytes of a dead object count as initialised: its death was the finding. */
static void *old_bytes(void *p, u64 n)
{
    u8 *shadow = FH_INIT(p);
    for (u64 i = 0; i < n; i++) {
        if (shadow[i] == FH_UNINIT)
            shadow[i] = FH_PLAIN;
    }
    return p;
}

/* A check fails inside of its live object only for an access of n = 2, 4, 8 or 16 bytes between two
 * multiples of n. A pointer to a member of a packed object is let pass: there its target is. */
static void misaligned(const void *p, u64 h, u64 n, u64 align, u32 write, u32 site,
                       const void *frame)
{
    struct fh_message m;
    if (!begin(&m, FH_X_ALIGN, write, site, frame))
        return;
    m.record.address = (u64)p;
    m.record.length = n;
    m.record.value[0] = align;
    struct object o = object_of(h);
    send_fault(&m, &o, frame);
    fh_message_send(&m, 1);
    sent(frame);
}

static void *access_fault(void *p, u64 h, u64 n, u32 write, u32 site, const void *frame)
{
    struct fh_message m;
    if (h == fh_made_up) {
        consequence(frame);
        return write ? sink(n) : zeros(n);
    }
    if (fh_ok(p, h, n)) {
        int packed = (FH_DESC(h)->site & FH_PACKED_SITE) != 0;
        if (n <= 16 && (n & (n - 1)) == 0 && ((u64)p & (n - 1)) != 0 && !packed)
            misaligned(p, h, n, n, write, site, frame);
        return p;
    }
    if (left_key && left.record.handle == h)
        left_key = 0;
    struct object o = object_of(h);
    u32 code = code_of(h, p, &o);
    u64 key = key_of(code, write, site, frame);
    key = key_with_cause(key, h, (u64)p, code, write, o.state);
    if (begin_at(&m, key, code, write, site, frame)) {
        m.record.address = (u64)p;
        m.record.handle = h;
        m.record.length = n;
        send_fault(&m, &o, frame);
        fh_message_send(&m, 1);
        sent(frame);
    }
    if (keeps_bytes(&o, (u64)p, n))
        return old_bytes(p, n);
    return write ? sink(n) : zeros(n);
}

void *fh_fault_read(const void *p, u64 h, u64 n, u32 site)
{
    return access_fault((void *)p, h, n, 0, site, __builtin_frame_address(0));
}

void *fh_fault_write(void *p, u64 h, u64 n, u32 site)
{
    return access_fault(p, h, n, 1, site, __builtin_frame_address(0));
}

void *fh_fault_aligned(const void *p, u64 h, u64 n, u64 align, u32 write, u32 site)
{
    misaligned(p, h, n, align, write, site, __builtin_frame_address(0));
    return (void *)p;
}

static void *member_fault(const void *p, u64 n, struct object o, u32 write, u32 site,
                          const void *frame)
{
    struct fh_message m;
    if (begin(&m, FH_X_MEMBER, write, site, frame)) {
        m.record.address = (u64)p;
        m.record.length = n;
        send_fault(&m, &o, frame);
        fh_message_send(&m, 1);
        sent(frame);
    }
    return write ? sink(n) : zeros(n);
}

void *fh_fault_member_read(const void *p, u64 n, const void *start, u64 size, u32 site)
{
    struct object o = {(u64)start, size, FH_MEMBER, 0, 0, 0, FH_S_LIVE};
    return member_fault(p, n, o, 0, site, __builtin_frame_address(0));
}

void *fh_fault_member_write(void *p, u64 n, const void *start, u64 size, u32 site)
{
    struct object o = {(u64)start, size, FH_MEMBER, 0, 0, 0, FH_S_LIVE};
    return member_fault(p, n, o, 1, site, __builtin_frame_address(0));
}

void fh_read_only_fault(u64 address, u64 h, const void *frame, u64 pc)
{
    u64 frames[FH_STACK_LIMIT];
    struct fh_message m;
    u32 number;
    u64 place = pc ? pc : fh_place(0, frame);
    if (!fh_finding(place * 256 + FH_X_READ_ONLY * 2 + 1, &number))
        return;
    fh_message_start(&m, FH_R_FAULT, FH_X_READ_ONLY);
    struct object o = object_of(h);
    describe(&m, &o);
    m.record.number = number;
    m.record.flags = FH_RF_WRITE;
    m.record.address = address;
    frames[0] = pc + 1;
    fh_message_stack(&m, FH_W_ACCESS, frames,
                     (pc != 0) + fh_walk(frames + (pc != 0), FH_STACK_LIMIT - 1, frame));
    fh_message_send(&m, 1);
    sent(frame);
}

/* An access through what the arithmetic has led to says more: this waits for the next fault. */
void fh_fault_offset(const void *p, u64 h, i64 n, u32 site)
{
    const void *frame = __builtin_frame_address(0);
    if (h == fh_made_up) {
        consequence(frame);
        return;
    }
    fh_tell_left();
    struct object o = object_of(h);
    fh_message_start(&left, FH_R_FAULT, FH_X_OFFSET);
    left.record.site = site;
    left.record.address = (u64)p + (u64)n;
    left.record.handle = h;
    left.record.value[0] = (u64)n;
    send_fault(&left, &o, frame);
    left_key = key_of(FH_X_OFFSET, 0, site, frame);
    if (fh_config.flags & FH_F_STOP_ON_FIRST) {
        fh_tell_left();
        sent(frame);
    }
}

/* ------------------------------------------------------------------------------ initialisation */

/* So that each is reported once: the bytes count as initialised from now on, and a whole word as a
 * pointer whose faults are consequences. */
static void now_initialised(const void *p, u64 n)
{
    if (n == 8 && ((u64)p & 7) == 0) {
        *(u64 *)FH_INIT(p) = FH_ALL_TAGGED;
        FH_HANDLE(p) = fh_made_up;
        fh_lower_at(p, 0);
    } else {
        old_bytes((void *)p, n);
    }
}

void fh_fault_uninit(const void *p, u64 n, u32 site)
{
    const void *frame = __builtin_frame_address(0);
    struct fh_message m;
    u64 first = fh_uninit_at(p, n);
    if (first >= n)
        return; /* reported before: the program has not looked again */
    if (fh_is_native((u64)p)) {
        fh_shadow_set(p, n);
        return;
    }
    if (begin(&m, FH_X_UNINIT, 0, site, frame)) {
        m.record.address = (u64)p + first;
        m.record.length = n;
        m.record.value[0] = first;
        struct object o = object_of(fh_resolve(p));
        send_fault(&m, &o, frame);
        fh_message_send(&m, 1);
        sent(frame);
    }
    now_initialised(p, n);
}

void fh_fault_uninit_value(u32 site)
{
    const void *frame = __builtin_frame_address(0);
    struct fh_message m;
    if (!begin(&m, FH_X_UNINIT_VALUE, 0, site, frame))
        return;
    fh_message_walk(&m, frame);
    fh_message_send(&m, 1);
    sent(frame);
}

/* ------------------------------------------------------------------------------ release */

void fh_free_fault(void *p, u64 h, u32 code, const void *frame)
{
    struct fh_message m;
    if (h == fh_made_up) {
        consequence(frame);
        return;
    }
    if (!begin(&m, code, 1, 0, frame))
        return;
    struct object o = object_of(h);
    m.record.address = (u64)p;
    m.record.handle = h;
    m.record.flags = FH_RF_FREE;
    send_fault(&m, &o, frame);
    fh_message_send(&m, 1);
    sent(frame);
}

void fh_layout_fault(void *p, u64 h, u64 size, u64 align, u64 own, const void *frame)
{
    struct fh_message m;
    if (!begin(&m, FH_X_LAYOUT, 1, 0, frame))
        return;
    struct object o = object_of(h);
    m.record.address = (u64)p;
    m.record.handle = h;
    m.record.value[0] = size;
    m.record.value[1] = align;
    m.record.value[2] = own;
    send_fault(&m, &o, frame);
    fh_message_send(&m, 1);
    sent(frame);
}

void fh_size_fault(u64 asked, const char *function, const void *frame, u32 site)
{
    struct fh_message m;
    if (!begin(&m, FH_X_BAD_SIZE, 0, site, frame))
        return;
    m.record.value[0] = asked;
    fh_message_walk(&m, frame);
    fh_message_text(&m, function);
    fh_message_send(&m, 1);
    sent(frame);
}

/* ------------------------------------------------------------------------------ calls */

static int report_call(void *p, u64 h, u32 code, u32 site, const void *frame)
{
    struct fh_message m;
    if (!begin(&m, code, 0, site, frame))
        return 0;
    struct object o = object_of(h);
    m.record.address = (u64)p;
    m.record.handle = h;
    send_fault(&m, &o, frame);
    fh_message_send(&m, 1);
    sent(frame);
    return 1;
}

FH_COLD static void *call_fault(void *p, u64 h, u32 site, const void *frame)
{
    struct fh_desc *d = FH_DESC(h);
    if (h == FH_FOREIGN_HANDLE)
        return 0;
    if (h == fh_made_up)
        consequence(frame);
    else if (d->kind == FH_FUNCTION && FH_BASE(d) == (u64)p && FH_TAG(h) == 0) {
        report_call(p, h, FH_X_CALL_SIGNATURE, site, frame);
        return 0;
    } else
        report_call(p, h, FH_X_CALL_TARGET, site, frame);
    fh_end_faults(frame);
}

FH_INLINE void *call_target(void *p, u64 h, u64 signature)
{
    struct fh_desc *d = FH_DESC(h);
    int fits = d->base_tag == FH_BASE_TAG(d, p, h) && d->kind == FH_FUNCTION;
    return fits && FH_SIGNATURE(d) == signature ? (void *)d->extra : 0;
}

void *fh_call_check(void *p, u64 h, u64 signature, u32 site)
{
    void *entry = call_target(p, h, signature);
    return FH_LIKELY(entry != 0) ? entry : call_fault(p, h, site, __builtin_frame_address(0));
}

void *fh_callback(void *p, u64 h, u64 signature)
{
    void *entry = call_target(p, h, signature);
    return entry ? entry : call_fault(p, h, 0, __builtin_frame_address(0));
}

void fh_bad_longjmp(void *p, u64 h, u32 site, const void *frame)
{
    report_call(p, h, FH_X_LONGJMP, site, frame);
    fh_end_faults(frame);
}

void fh_vararg_fault(u32 code, u32 site, u64 wanted, u64 passed, const void *frame)
{
    struct fh_message m;
    if (!begin(&m, code, 0, site, frame))
        return;
    m.record.value[0] = wanted;
    m.record.value[1] = passed;
    fh_message_walk(&m, frame);
    fh_message_send(&m, 1);
    sent(frame);
}

/* ------------------------------------------------------------------------------ words */

void fh_report_text(u32 code, const char *function, const char *text)
{
    const void *frame = __builtin_frame_address(0);
    struct fh_message m;
    if (!begin(&m, 32 + code % 64, 0, 0, frame))
        return;
    m.record.kind = FH_R_TEXT;
    m.record.code = code;
    fh_message_walk(&m, frame);
    fh_message_text(&m, function);
    fh_message_text(&m, text);
    fh_message_send(&m, 1);
    sent(frame);
}

/* Said once for each function; `text` may be null. */
void fh_note_native(const char *function, const char *text)
{
    struct fh_message m;
    static u64 said[64];
    static u32 count;
    u64 hash = 14695981039346656037ul;
    for (const char *c = function; *c; c++)
        hash = (hash ^ (u8)*c) * 1099511628211ul;
    for (u32 i = 0; i < count; i++) {
        if (said[i] == hash)
            return;
    }
    if (count == 64)
        return;
    said[count++] = hash;
    fh_message_start(&m, FH_R_NATIVE, 0);
    fh_message_walk(&m, __builtin_frame_address(0));
    fh_message_text(&m, function);
    fh_message_text(&m, text ? text : "");
    fh_message_send(&m, 1);
}

void fh_alloc_failed(const void *frame)
{
    struct fh_message m;
    fh_message_start(&m, FH_R_FAILED, 0);
    m.record.value[0] = fh_totals.allocations;
    fh_message_walk(&m, frame);
    fh_message_send(&m, 1);
}
