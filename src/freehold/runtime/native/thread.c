/* Threads: one runs until it waits, then the next one that can; which one is always the same.
 *
 * A thread has a native stack, a slice of the stack of escaping locals, an errno and the contents
 * of thread-local objects of its own. All else is one: what a thread does is checked as if it were
 * the only one. A thread that waits for what never comes ends the run with a report.
 */
#include "fh_core.h"

#define THREADS FH_THREADS
#define STACK_BYTES 0x800000ul
#define LEAST_SIDE 0x8000ul
#define SECOND 1000000000ul

enum state { FREE, READY, WAITING, POLLING, ENDED };

struct thread {
    struct sys_context context;
    struct fh_range stack;
    u64 side_low, side_top, side_limit, live;
    void (*body)(void);
    const void *channel;
    const char *what; /* that it waits for */
    u64 deadline;     /* on the monotonic clock; 0: none */
    u64 since;
    u64 seen; /* `progress` when it last looked for what it waits for */
    u8 *locals; /* bytes, initialisation, handles of the thread-local objects while it rests */
    i32 error;
    u32 state;
    u32 timed_out;
    u32 looks; /* it has looked in vain, and done nothing since */
};

u32 fh_threads; /* besides the first one, that have not ended */
u32 fh_thread_now;
struct fh_thread_own fh_thread_own[THREADS];

static struct thread threads[THREADS];
static u64 moments;
static u64 progress; /* how often a thread has run that may have changed something */

/* ------------------------------------------------------------------------------ switching */

static u64 now(void)
{
    struct sys_time time;
    syscall(SYS_CLOCK_GETTIME, SYS_CLOCK_MONOTONIC, &time);
    return (u64)time.seconds * SECOND + (u64)time.nanoseconds;
}

u64 fh_thread_clock(void) { return now(); }

static void put_away(struct thread *from)
{
    from->error = *__errno_location();
    from->side_low = fh_side_low;
    from->side_top = fh_side_top;
    from->side_limit = fh_side_limit;
    from->live = fh_live_stack;
    from->stack = fh_native_stack;
    if (fh_locals_room)
        fh_locals_move(from->locals, 0);
}

static void take_up(const struct thread *to)
{
    fh_side_low = to->side_low;
    fh_side_top = to->side_top;
    fh_side_limit = to->side_limit;
    fh_live_stack = to->live;
    fh_native_stack = to->stack;
    *__errno_location() = to->error;
    if (fh_locals_room)
        fh_locals_move(to->locals, 1);
}

static void switch_to(u32 next)
{
    struct thread *from = &threads[fh_thread_now], *to = &threads[next];
    if (from == to)
        return;
    put_away(from);
    take_up(to);
    fh_thread_now = next;
    swapcontext(&from->context, &to->context);
}

/* ------------------------------------------------------------------------------ waiting */

/* The next thread after this one that can run, or else that looks for what may have changed since
 * it did last; THREADS if there is none. */
static u32 next_thread(void)
{
    u32 looks = THREADS;
    for (u32 i = 1; i <= THREADS; i++) {
        u32 n = (fh_thread_now + i) % THREADS;
        if (threads[n].state == READY)
            return n;
        if (threads[n].state == POLLING && threads[n].seen != progress && looks == THREADS)
            looks = n;
    }
    return looks;
}

/* Lets run whose time has come. */
static void expire(void)
{
    for (u32 i = 0; i < THREADS; i++) {
        struct thread *one = &threads[i];
        if (one->state == WAITING && one->deadline && one->deadline <= now()) {
            one->state = READY;
            one->timed_out = 1;
        }
    }
}

static u64 first_deadline(void)
{
    u64 first = 0;
    for (u32 i = 0; i < THREADS; i++) {
        const struct thread *one = &threads[i];
        if (one->state == WAITING && one->deadline && (!first || one->deadline < first))
            first = one->deadline;
    }
    return first;
}

static char *put(char *at, const char *end, const char *text)
{
    while (*text && at < end)
        *at++ = *text++;
    *at = 0;
    return at;
}

FH_COLD void fh_thread_stuck(void)
{
    static char words[400];
    char *at = words, *end = words + sizeof words - 1;
    at = put(at, end, fh_threads ? "deadlock: every thread waits:" : "deadlock: the thread waits");
    for (u32 i = 0; i < THREADS; i++) {
        if (threads[i].state != WAITING && threads[i].state != POLLING)
            continue;
        if (fh_threads) {
            char number[8] = {(char)('0' + i / 100), (char)('0' + i / 10 % 10),
                              (char)('0' + i % 10), 0};
            at = put(at, end, i ? " thread " : " the main thread");
            if (i)
                at = put(at, end, number + (i < 100) + (i < 10));
        }
        at = put(at, end, " for ");
        at = put(at, end, threads[i].what);
        at = put(at, end, fh_threads ? ";" : "");
    }
    if (at > words && at[-1] == ';')
        at[-1] = 0;
    fh_ending_text(words);
    fh_abort();
}

/* Sleeps until the first deadline; 0 if there is none. */
static int sleep_on(void)
{
    u64 deadline = first_deadline(), time = now();
    if (deadline > time) {
        struct sys_time rest = {(i64)((deadline - time) / SECOND),
                                (i64)((deadline - time) % SECOND)};
        syscall(SYS_NANOSLEEP, &rest, 0);
    }
    return deadline != 0;
}

/* Lets others run; 0 if none can, and none will. */
static int run_others(void)
{
    for (;;) {
        expire();
        u32 next = next_thread();
        if (next < THREADS) {
            switch_to(next);
            return 1;
        }
        if (!sleep_on())
            return 0;
    }
}

int fh_thread_wait(const void *channel, const char *what, u64 deadline)
{
    struct thread *own = &threads[fh_thread_now];
    own->channel = channel;
    own->what = what;
    own->deadline = deadline;
    own->since = ++moments;
    own->timed_out = 0;
    own->state = WAITING;
    progress++;
    if (!run_others())
        fh_thread_stuck();
    return (int)own->timed_out;
}

u32 fh_thread_wake(const void *channel, u32 limit)
{
    u32 woken = 0;
    while (woken < limit) {
        struct thread *first = 0;
        for (u32 i = 0; i < THREADS; i++) {
            struct thread *one = &threads[i];
            if (one->state == WAITING && one->channel == channel &&
                (!first || one->since < first->since))
                first = one;
        }
        if (!first)
            break;
        first->state = READY;
        woken++;
    }
    return woken;
}

int fh_thread_waits(const void *channel)
{
    for (u32 i = 0; i < THREADS; i++) {
        if (threads[i].state == WAITING && threads[i].channel == channel)
            return 1;
    }
    return 0;
}

void fh_thread_yield(void)
{
    if (fh_threads) {
        progress++;
        expire();
        switch_to(next_thread());
    }
}

int fh_thread_poll(const char *what)
{
    struct thread *own = &threads[fh_thread_now];
    if (!own->looks++)
        progress++;
    own->seen = progress;
    own->what = what;
    own->state = POLLING;
    if (!run_others())
        return 0;
    own->state = READY;
    return 1;
}

void fh_thread_go(void) { threads[fh_thread_now].looks = 0; }

void fh_thread_sleep(u64 nanoseconds)
{
    static const int never;
    u64 deadline = now() + nanoseconds;
    while (now() < deadline)
        fh_thread_wait(&never, "its time to come", deadline);
}

/* What a loop may spin on was read: once in a while, let others change it. */
void fh_thread_point(void)
{
    static u32 points;
    if (FH_UNLIKELY(fh_threads) && (++points & 63) == 0)
        fh_thread_yield();
}

/* ------------------------------------------------------------------------------ roots */

static void scan_threads(void (*scan)(u64 low, u64 n), void (*raw)(const u64 *words, u64 n))
{
    for (u32 i = 0; i < THREADS; i++) {
        const struct thread *one = &threads[i];
        if (one->state != FREE)
            raw((const u64 *)&fh_thread_own[i], sizeof fh_thread_own[i] / 8);
        if (i == fh_thread_now || one->state == FREE || one->state == ENDED)
            continue;
        for (u64 at = one->live; at; at = FH_DESC(at)->link)
            scan(FH_BASE(FH_DESC(at)), FH_DESC(at)->size);
        if (fh_proven) /* large locals have no descriptor */
            raw((const u64 *)one->side_low, (one->side_top - one->side_low) / 8);
        u64 low = one->context.registers[SYS_REG_RSP] & ~7ul;
        if (fh_within(low, one->stack.low, one->stack.high - one->stack.low))
            raw((const u64 *)low, (one->stack.high - low) / 8);
        raw(one->context.registers, SYS_REGISTERS);
        if (fh_locals_room)
            raw((const u64 *)one->locals, fh_locals_room / 8);
    }
}

/* ------------------------------------------------------------------------------ begin, end */

static void run_body(void)
{
    threads[fh_thread_now].body();
    fh_thread_end();
}

/* The stack, with a guard as large as itself. */
static int set_up_stack(u32 n)
{
    u64 at = FH_NATIVE_STACK + 2 * fh_config.native_stack + (n - 1) * 2 * STACK_BYTES;
    struct fh_range *stack = &threads[n].stack;
    if (!stack->high || stack->low != at + STACK_BYTES) {
        int flags = SYS_MAP_PRIVATE | SYS_MAP_ANONYMOUS | SYS_MAP_NORESERVE | SYS_MAP_FIXED_NOREPLACE;
        if (mmap((void *)at, STACK_BYTES, SYS_PROT_NONE, flags, -1, 0) != (void *)at ||
            mmap((void *)(at + STACK_BYTES), STACK_BYTES, SYS_PROT_RW, flags, -1, 0) !=
                (void *)(at + STACK_BYTES))
            return 0;
    }
    stack->low = at + STACK_BYTES;
    stack->high = at + 2 * STACK_BYTES;
    return 1;
}

static int set_up_side(u32 n)
{
    u64 taken = (fh_config.side_stack + 4095) & ~4095ul;
    u64 slice = taken < FH_SIDE_BYTES ? (FH_SIDE_BYTES - taken) / THREADS & ~4095ul : 0;
    if (slice < LEAST_SIDE)
        return 0;
    threads[n].side_low = threads[n].side_top = FH_SIDE_AT + taken + (n - 1) * slice;
    threads[n].side_limit = threads[n].side_top + slice - 4096;
    threads[n].live = 0;
    return 1;
}

/* The first time: this thread is the first one. */
static void set_up(void)
{
    if (fh_thread_roots)
        return;
    fh_thread_roots = scan_threads;
    threads[0].state = READY;
    if (!fh_locals_room)
        return;
    u8 *room = mmap(0, fh_locals_room * THREADS, SYS_PROT_RW,
                    SYS_MAP_PRIVATE | SYS_MAP_ANONYMOUS | SYS_MAP_NORESERVE, -1, 0);
    if (room == SYS_MAP_FAILED)
        fh_locals_room = 0;
    for (u32 i = 0; i < THREADS && fh_locals_room; i++)
        threads[i].locals = room + fh_locals_room * i;
}

u32 fh_thread_new(void (*body)(void))
{
    u32 n = 1;
    set_up();
    while (n < THREADS && threads[n].state != FREE)
        n++;
    if (n == THREADS || !set_up_side(n) || !set_up_stack(n))
        return 0;
    struct thread *one = &threads[n];
    getcontext(&one->context);
    one->context.stack.low = (void *)one->stack.low;
    one->context.stack.n = one->stack.high - one->stack.low;
    one->context.link = 0;
    makecontext(&one->context, run_body, 0);
    one->body = body;
    one->error = 0;
    one->state = READY;
    if (fh_locals_room)
        memcpy(one->locals, fh_locals, fh_locals_room);
    fh_threads++;
    return n;
}

static int is_last(void)
{
    for (u32 i = 0; i < THREADS; i++) {
        if (threads[i].state != FREE && threads[i].state != ENDED)
            return 0;
    }
    return 1;
}

void fh_thread_end(void)
{
    struct thread *own = &threads[fh_thread_now];
    fh_side_unwind(0, 0);
    own->state = own->state == FREE ? FREE : ENDED;
    if (fh_thread_now)
        fh_threads--;
    progress++;
    if (is_last())
        fh_exit(0);
    run_others();
    fh_thread_stuck();
}

int fh_thread_ended(u32 n) { return threads[n].state == ENDED || threads[n].state == FREE; }

void fh_thread_free(u32 n) { threads[n].state = FREE; }
