/* What is lost at the end: a trace over the heap, with the definitions of valgrind's memcheck.
 *
 *   reachable   a chain of pointers to the starts of blocks leads to it from a root
 *   possible    a chain leads to it, but some pointer of it points inside a block
 *   definite    no chain leads to it; it stands first, its pointers are followed from it
 *   indirect    only lost blocks point to it
 *
 * Roots are the globals, the live escaping locals, the native stack, the registers, and native
 * memory that the program handed to libc. A word whose shadow is tagged is judged by its handle: a
 * dangling pointer never holds a block, whatever lives at its address now. Untagged words are
 * judged by address, and uninitialised ones not at all. A proven program has no shadow: all of its
 * words are judged by address.
 */
#include "fh_core.h"

enum state { UNREACHED, REACHABLE, POSSIBLE, INDIRECT, LEADER };

struct group { /* the blocks of one allocation stack */
    u64 bytes[FH_LOSSES];
    u64 blocks[FH_LOSSES];
    u64 below; /* indirect bytes that its definitely lost blocks lead to */
    u64 offset; /* FH_C_CYCLE: of the pointer that closes it, in its block */
    u32 cause; /* enum fh_cause */
    u32 cause_stack; /* where it was given up; where the block of the closing pointer was made */
    u32 stack;
    u32 next;
};

#define MARK(d) (((u8 *)FH_MARKS_AT)[FH_OFFSET(d) / FH_DESC_BYTES])
#define QUEUE ((u64 *)FH_QUEUE_AT)
#define GROUPS ((struct group *)FH_GROUPS_AT)
#define INDEX ((u32 *)(FH_GROUPS_AT + 0x80000000ul))
#define INDEX_BITS 16

u32 fh_leaks_done;

static u64 queued;
static u32 groups;
static struct fh_desc *holder; /* the block whose words are looked at */
static u64 leader; /* table offset of the lost block that is being followed; 0 while from roots */
static u64 totals[FH_TOTALS];
static u64 kept[256];
static u32 kept_count;

void fh_keep(const void *p)
{
    if (kept_count < sizeof kept / sizeof kept[0])
        kept[kept_count++] = (u64)p;
}

/* ------------------------------------------------------------------------------ pointers */

static struct fh_desc *live_slot(u64 address)
{
    struct fh_desc *d = fh_heap_slot(address);
    if (!d || d->kind != FH_HEAP)
        return 0;
    u64 offset = address - FH_BASE(d);
    return offset < d->size || offset == 0 ? d : 0;
}

/* The live block that the word at `at` points to. */
static struct fh_desc *target(u64 at)
{
    u64 value = *(u64 *)at;
    if (!fh_within(value, FH_HEAP_AT, FH_HEAP_BYTES))
        return 0;
    if (fh_proven)
        return live_slot(value);
    u64 tags = *(u64 *)FH_INIT(at);
    if (tags == FH_ALL_TAGGED) {
        u64 h = fh_owner(FH_HANDLE(at));
        struct fh_desc *d = FH_DESC(h);
        if (h == FH_FOREIGN_HANDLE)
            return live_slot(value);
        return d->kind == FH_HEAP && FH_TAG(h) == FH_TAG(d->base_tag) ? d : 0;
    }
    return (tags & FH_ALL_PLAIN) == FH_ALL_PLAIN ? live_slot(value) : 0;
}

/* ------------------------------------------------------------------------------ groups */

static struct group *group_of(u32 stack)
{
    u32 *slot = INDEX + ((stack * 0x9e3779b1u) >> (32 - INDEX_BITS));
    for (u32 i = *slot; i; i = GROUPS[i].next) {
        if (GROUPS[i].stack == stack)
            return &GROUPS[i];
    }
    struct group *group = &GROUPS[++groups];
    memset(group, 0, sizeof *group);
    group->stack = stack;
    group->next = *slot;
    *slot = groups;
    return group;
}

/* ------------------------------------------------------------------------------ causes */

#define GIVEN_UP 0x80 /* besides a state */
#define GIVEN_UP_ROOM 4096

/* By the number of the descriptor: of two with one place the later one is remembered. */
static struct {
    u64 handle; /* 0: nothing */
    u32 stack;
} given_up[GIVEN_UP_ROOM];
static u32 given_up_ever;

#define GIVEN_UP_AT(h) (&given_up[((u32)(h) >> 6) % GIVEN_UP_ROOM])

/* Who gives up the block of h says so with a stack; who takes it back with 0. */
static void note_given_up(u64 h, u32 stack)
{
    struct fh_desc *d = FH_DESC(h);
    if (d->kind != FH_HEAP || FH_TAG(h) != FH_TAG(d->base_tag))
        return;
    if (stack || GIVEN_UP_AT(h)->handle == h) {
        GIVEN_UP_AT(h)->handle = stack ? h : 0;
        GIVEN_UP_AT(h)->stack = stack;
    }
}

static void note_all_given_up(const void *p, u64 h, u64 n, u32 stack)
{
    if (!n)
        note_given_up(fh_owner(fh_proven ? fh_resolve(p) : h), stack);
    for (u64 at = ((u64)p + 7) & ~7ul; at + 8 <= (u64)p + n; at += 8) {
        struct fh_desc *d = target(at);
        if (d)
            note_given_up(FH_HANDLE_OF(d), stack);
    }
}

/* Nothing will drop the n bytes at p, or with n = 0 the block at p: the program says so. */
void fhw___freehold_give_up(const void *p, u64 h, u64 n)
{
    given_up_ever = 1;
    note_all_given_up(p, h, n, fh_stack_id(__builtin_frame_address(0)));
}

/* They have an owner again. */
void fhw___freehold_take_back(const void *p, u64 h, u64 n)
{
    if (given_up_ever)
        note_all_given_up(p, h, n, 0);
}

static void mark_given_up(void)
{
    for (u32 i = 0; i < GIVEN_UP_ROOM; i++) {
        struct fh_desc *d = FH_DESC(given_up[i].handle);
        if (given_up[i].handle && FH_HANDLE_OF(d) == given_up[i].handle)
            MARK(d) |= GIVEN_UP;
    }
}

static u32 given_up_at(const struct fh_desc *d)
{
    return GIVEN_UP_AT(FH_HANDLE_OF(d))->stack;
}

/* The word at `at` leads from a lost block back to where the trace began. */
static void note_cycle(const struct fh_desc *first, u64 at)
{
    struct group *group = group_of(first->alloc_stack);
    if (group->cause)
        return;
    group->cause = FH_C_CYCLE;
    group->cause_stack = holder->alloc_stack;
    group->offset = at - FH_BASE(holder);
}

/* ------------------------------------------------------------------------------ the trace */

static void push(struct fh_desc *d) { QUEUE[queued++] = FH_OFFSET(d); }

static void reach(struct fh_desc *d, u64 value, int definite)
{
    u32 state = MARK(d);
    if (state == REACHABLE)
        return;
    if (value == FH_BASE(d) && definite)
        MARK(d) = REACHABLE;
    else if (state == UNREACHED)
        MARK(d) = POSSIBLE;
    else
        return;
    push(d);
}

/* A lost block that an earlier leader was is a leader no more: what it led to follows it. */
static void reach_lost(struct fh_desc *d, u64 at)
{
    struct fh_desc *first = FH_DESC(leader);
    u32 state = MARK(d);
    if (d == first)
        note_cycle(d, at);
    if (d == first || (state != UNREACHED && state != LEADER))
        return;
    first->link += d->size + (state == LEADER ? d->link : 0);
    MARK(d) = INDIRECT;
    if (state == UNREACHED)
        push(d);
}

static void scan(u64 low, u64 n, int definite)
{
    u64 end = (low + n) & ~7ul;
    for (u64 at = (low + 7) & ~7ul; at < end; at += 8) {
        struct fh_desc *d = target(at);
        if (!d)
            continue;
        if (leader)
            reach_lost(d, at);
        else
            reach(d, *(u64 *)at, definite);
    }
}

static void drain(void)
{
    while (queued) {
        struct fh_desc *d = FH_DESC(QUEUE[--queued]);
        holder = d;
        scan(FH_BASE(d), d->size, MARK(d) == REACHABLE);
    }
}

/* Words without a shadow to believe: the native stack, registers, libc's memory. */
static void scan_raw(const u64 *words, u64 n)
{
    for (u64 i = 0; i < n; i++) {
        struct fh_desc *d =
            fh_within(words[i], FH_HEAP_AT, FH_HEAP_BYTES) ? live_slot(words[i]) : 0;
        if (d)
            reach(d, words[i], 1);
    }
}

static void scan_object(u64 low, u64 n) { scan(low, n, 1); }

static void scan_environment(void)
{
    u64 n = 0;
    while (environ && environ[n])
        n++;
    scan_raw((const u64 *)environ, n);
}

static void scan_roots(const struct fh_roots *roots)
{
    for (u64 i = 0; i < fh_object_count(); i++) {
        const struct fh_object *object = fh_object(i);
        if (object->kind == FH_GLOBAL)
            scan((u64)object->address, object->size, 1);
    }
    for (u64 at = fh_live_stack; at; at = FH_DESC(at)->link)
        scan(FH_BASE(FH_DESC(at)), FH_DESC(at)->size, 1);
    for (u64 i = 0; i < fh_native_count; i++) {
        struct fh_desc *d = FH_DESC(fh_natives[i].handle);
        if (d->kind == FH_MMAP || d->kind == FH_STATIC)
            scan(FH_BASE(d), d->size, 1);
    }
    if (fh_thread_roots)
        fh_thread_roots(scan_object, scan_raw);
    u64 low = (roots->stack_low + 7) & ~7ul;
    if (!fh_within(low, fh_native_stack.low, fh_native_stack.high - fh_native_stack.low))
        low = fh_native_stack.low;
    scan_raw((const u64 *)low, (fh_native_stack.high - low) / 8);
    if (fh_proven) /* large locals */
        scan_raw((const u64 *)fh_side_low, (fh_side_top - fh_side_low) / 8);
    scan_raw(roots->registers, roots->register_count);
    scan_raw(kept, kept_count);
    scan_environment();
    drain();
}

static void follow_lost(struct fh_desc *d, void *context)
{
    (void)context;
    if (d->kind != FH_HEAP || MARK(d) != UNREACHED)
        return;
    leader = FH_OFFSET(d);
    d->link = 0;
    MARK(d) = LEADER;
    push(d);
    drain();
}

/* ------------------------------------------------------------------------------ losses */

static void count_loss(struct fh_desc *d, void *context)
{
    static const u8 losses[] = {FH_L_DEFINITE, FH_L_REACHABLE, FH_L_POSSIBLE, FH_L_INDIRECT,
                                FH_L_DEFINITE};
    (void)context;
    if (d->kind != FH_HEAP)
        return;
    u32 state = MARK(d) & ~GIVEN_UP;
    u32 loss = losses[state];
    struct group *group = group_of(d->alloc_stack);
    if (MARK(d) & GIVEN_UP) {
        group->cause = FH_C_GIVEN_UP;
        group->cause_stack = given_up_at(d);
    }
    group->bytes[loss] += d->size;
    group->blocks[loss]++;
    totals[2 * loss] += d->size;
    totals[2 * loss + 1]++;
    if (state == LEADER)
        group->below += d->link;
}

static void send_loss(const struct group *group, u32 loss)
{
    struct fh_message m;
    fh_message_start(&m, FH_R_LOSS, loss);
    m.record.value[0] = group->bytes[loss];
    m.record.value[1] = group->blocks[loss];
    m.record.value[2] = loss == FH_L_DEFINITE ? group->below : 0;
    m.record.value[3] = group->cause;
    m.record.value[4] = group->offset;
    fh_message_stack(&m, FH_W_ACCESS, 0, 0);
    fh_message_stack_id(&m, FH_W_ALLOC, group->stack);
    fh_message_stack_id(&m, FH_W_RELEASE, group->cause_stack);
    fh_message_send(&m, 0);
}

static void send_losses(void)
{
    for (u32 i = 1; i <= groups; i++) {
        for (u32 loss = 0; loss < FH_LOSSES; loss++) {
            if (GROUPS[i].blocks[loss])
                send_loss(&GROUPS[i], loss);
        }
    }
}

static void send_open(u32 code, u32 stack, const char *what)
{
    struct fh_message m;
    fh_message_start(&m, FH_R_OPEN, code);
    fh_message_stack(&m, FH_W_ACCESS, 0, 0);
    fh_message_stack_id(&m, FH_W_ALLOC, stack);
    fh_message_text(&m, what);
    fh_message_send(&m, 0);
}

static void send_opens(void)
{
    for (u64 i = 0; i < fh_native_count; i++) {
        u32 kind = FH_DESC(fh_natives[i].handle)->kind;
        if (fh_natives[i].stack && (kind == FH_FILE || kind == FH_DIR))
            send_open(kind, fh_natives[i].stack, "");
    }
    for (u32 fd = 3; fd < FH_OPEN_LIMIT; fd++) {
        if (fh_opens[fd].stack)
            send_open(0, fh_opens[fd].stack, fh_opens[fd].what);
    }
}

void fh_leak_check(const struct fh_roots *roots)
{
    if (fh_leaks_done++ || !(fh_config.flags & FH_F_LEAKS))
        return;
    scan_roots(roots);
    fh_heap_each(follow_lost, 0);
    mark_given_up();
    fh_heap_each(count_loss, 0);
    send_losses();
    send_opens();
    totals[FH_T_LEAKS_CHECKED] = 1;
}

/* ------------------------------------------------------------------------------ totals */

static void fill_totals(void)
{
    totals[FH_T_ALLOCATIONS] = fh_totals.blocks;
    totals[FH_T_FREES] = fh_totals.frees;
    totals[FH_T_BYTES] = fh_totals.bytes;
    totals[FH_T_LIVE_BYTES] = fh_totals.live;
    totals[FH_T_LIVE_BLOCKS] = fh_totals.blocks - fh_totals.frees;
    totals[FH_T_PEAK_BYTES] = fh_totals.peak;
    totals[FH_T_FINDINGS] = fh_findings;
    totals[FH_T_FAULTS] = fh_faults;
    totals[FH_T_CONSEQUENCES] = fh_consequences;
    totals[FH_T_ATTEMPTS] = fh_totals.allocations;
}

void fh_summary(void)
{
    struct fh_message m;
    fill_totals();
    fh_message_start(&m, FH_R_SUMMARY, 0);
    memcpy(m.words, totals, sizeof totals);
    m.record.text = sizeof totals;
    fh_message_send(&m, 1);
}

/* ------------------------------------------------------------------------------ holders */

static void count_holder(struct fh_desc *d, void *context)
{
    (void)context;
    if (d->kind != FH_HEAP)
        return;
    struct group *group = group_of(d->alloc_stack);
    group->bytes[0] += d->size;
    group->blocks[0]++;
}

static u32 largest_group(void)
{
    u32 best = 0;
    for (u32 i = 1; i <= groups; i++) {
        if (GROUPS[i].bytes[0] && (!best || GROUPS[i].bytes[0] > GROUPS[best].bytes[0]))
            best = i;
    }
    return best;
}

/* Memory is exhausted: the three allocation stacks that hold most. */
void fh_holders(u64 asked)
{
    struct fh_message m;
    fh_heap_each(count_holder, 0);
    for (u32 n = 0; n < 3; n++) {
        u32 best = largest_group();
        if (!best)
            break;
        fh_message_start(&m, FH_R_HOLDER, n);
        m.record.value[0] = GROUPS[best].bytes[0];
        m.record.value[1] = GROUPS[best].blocks[0];
        m.record.value[2] = asked;
        fh_message_stack(&m, FH_W_ACCESS, 0, 0);
        fh_message_stack_id(&m, FH_W_ALLOC, GROUPS[best].stack);
        fh_message_send(&m, 0);
        GROUPS[best].bytes[0] = 0;
    }
    memset(INDEX, 0, sizeof(u32) << INDEX_BITS);
    groups = 0;
}
