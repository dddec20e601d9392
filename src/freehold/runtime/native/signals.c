/* Signals: every one that would end the program ends it with a report first.
 *
 * The program sees our handlers as SIG_DFL. They run on a stack of their own, so that an exhausted
 * stack can be reported; a second signal meanwhile ends the process at once.
 */
#include "fh_core.h"

static const u8 fatal[] = {1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 24, 25, 26, 27, 29, 30, 31};

const char *fh_ending_words;

static u32 ending;

static void on_signal(i32 signal, struct sys_siginfo *info, struct sys_context *context);

/* ------------------------------------------------------------------------------ the end */

static void install(i32 signal, void *handler)
{
    struct sys_sigaction action;
    memset(&action, 0, sizeof action);
    action.handler = handler;
    action.flags = handler ? SYS_SA_SIGINFO | SYS_SA_ONSTACK | SYS_SA_NODEFER : 0;
    sigaction(signal, &action, 0);
}

void fh_die(i32 signal)
{
    struct sys_sigset none;
    fh_trace_stop();
    fh_finding_counts();
    fh_summary();
    memset(&none, 0, sizeof none);
    install(signal, 0);
    sigprocmask(SYS_SIG_SETMASK, &none, 0);
    kill(getpid(), signal);
    _exit(128 + signal);
}

static void fill_ending(struct fh_message *m, u32 code, const void *frame, u64 pc)
{
    u64 frames[FH_STACK_LIMIT];
    u32 n = 0;
    fh_message_start(m, FH_R_ENDING, code);
    /* The parent looks a return address up one byte before it. */
    if (pc)
        frames[n++] = pc + 1;
    n += fh_walk(frames + n, FH_STACK_LIMIT - n, frame);
    fh_message_stack(m, FH_W_ACCESS, frames, n);
}

static void leaks_at(const struct sys_context *context)
{
    struct fh_roots roots = {context->registers, SYS_REGISTERS,
                             context->registers[SYS_REG_RSP] - 128};
    fh_leak_check(&roots);
}

static FH_NORETURN void end_by(i32 signal, const struct sys_siginfo *info,
                               const struct sys_context *context)
{
    struct fh_message m;
    u64 pc = context->registers[SYS_REG_RIP];
    const void *frame = (const void *)context->registers[SYS_REG_RBP];
    u32 code = signal == SYS_SIGABRT ? FH_E_ABORT : FH_E_SIGNAL;
    if (signal == FH_STOP_SIGNAL)
        code = FH_E_STOPPED;
    fill_ending(&m, code, frame, fh_in_program(pc) ? pc : 0);
    m.record.value[0] = signal == FH_STOP_SIGNAL ? fh_config.control->stop_reason : (u32)signal;
    m.record.value[1] = info->address;
    m.record.value[2] = pc;
    m.record.value[3] = (u64)(i64)info->code;
    if (fh_ending_words)
        fh_message_text(&m, fh_ending_words);
    fh_message_send(&m, 1);
    leaks_at(context);
    fh_die(signal == FH_STOP_SIGNAL ? SYS_SIGKILL : signal);
}

/* ------------------------------------------------------------------------------ stack overflow */

/* The period of the return addresses: the smallest shift that maps the walk onto itself. The
 * innermost frames may be on their way to something else, and are left out. */
static u32 cycle_of(const u64 *frames, u32 n)
{
    if (n < 16)
        return 0;
    frames += 4;
    n -= 4;
    for (u32 period = 1; period <= n / 2; period++) {
        u32 i = 0;
        while (i + period < n && frames[i] == frames[i + period])
            i++;
        if (i + period == n)
            return period;
    }
    return 0;
}

static u64 depth_from(const u64 *frame)
{
    u64 depth = 0;
    while (fh_within((u64)frame, fh_native_stack.low, fh_native_stack.high - fh_native_stack.low - 8)) {
        depth++;
        if (frame[0] <= (u64)frame)
            break;
        frame = (const u64 *)frame[0];
    }
    return depth;
}

static void send_frame(u32 code, u64 address, u32 site, u64 bytes)
{
    struct fh_message m;
    fh_message_start(&m, FH_R_FRAME, code);
    m.record.address = address;
    m.record.length = bytes;
    m.record.site = site;
    fh_message_send(&m, 0);
}

/* The frames of one turn of the cycle, and the largest of the youngest locals. */
static void send_frames(const u64 *frame, u32 period)
{
    u64 room = fh_native_stack.high - fh_native_stack.low - 16;
    for (u32 i = 0; i < period && fh_within((u64)frame, fh_native_stack.low, room); i++) {
        if (frame[0] <= (u64)frame)
            break;
        send_frame(0, frame[1], 0, frame[0] - (u64)frame);
        frame = (const u64 *)frame[0];
    }
    u64 at = fh_live_stack;
    for (u32 i = 0; i < 64 && at; i++, at = FH_DESC(at)->link)
        send_frame(1, FH_BASE(FH_DESC(at)), FH_SITE(FH_DESC(at)), FH_DESC(at)->size);
}

static void report_overflow(u64 side_bytes, u32 site, const u64 *frame, u64 pc)
{
    u64 frames[4 * FH_STACK_LIMIT];
    struct fh_message m;
    u32 period = cycle_of(frames, fh_walk(frames, 4 * FH_STACK_LIMIT, frame));
    send_frames(frame, period ? period : 8);
    fill_ending(&m, FH_E_STACK_OVERFLOW, frame, pc);
    m.record.site = site;
    m.record.value[0] = depth_from(frame);
    m.record.value[1] = period;
    m.record.value[2] = fh_native_stack.high - (u64)frame;
    m.record.value[3] = side_bytes;
    m.record.value[4] = fh_side_top - fh_side_low;
    fh_message_send(&m, 1);
}

void fh_ending_stack_overflow(u64 side_bytes, u32 site, const void *frame)
{
    report_overflow(side_bytes, site, frame, 0);
    struct fh_roots roots = {0, 0, (u64)frame};
    fh_leak_check(&roots);
}

static int in_guard(u64 address)
{
    u64 n = fh_native_stack.high - fh_native_stack.low;
    return fh_within(address, fh_native_stack.low - n, n); /* it is as large as the stack */
}

static FH_NORETURN void native_overflow(const struct sys_context *context)
{
    u64 pc = context->registers[SYS_REG_RIP];
    const u64 *frame = (const u64 *)context->registers[SYS_REG_RBP];
    report_overflow(0, 0, frame, fh_in_program(pc) ? pc : 0);
    struct fh_roots roots = {context->registers, SYS_REGISTERS, fh_native_stack.low};
    fh_leak_check(&roots);
    fh_die(SYS_SIGSEGV);
}

/* ------------------------------------------------------------------------------ read-only data */

static struct fh_desc *constant_at(u64 address)
{
    struct fh_desc *d = fh_find_live(address);
    return d && (d->kind == FH_LITERAL || d->kind == FH_CONST) ? d : 0;
}

#define TRAP_FLAG 0x100ul
static u64 opened[2]; /* read-only pages that the present instruction may write */

/* A write to a literal or a constant: reported, then it is made, and the page closed after it. */
static int read_only_write(const struct sys_siginfo *info, struct sys_context *context)
{
    u64 pc = context->registers[SYS_REG_RIP], page = info->address & ~4095ul;
    const void *frame = (const void *)context->registers[SYS_REG_RBP];
    struct fh_desc *d = constant_at(info->address);
    if (!d || !(context->registers[SYS_REG_ERROR] & 2))
        return 0;
    if (mprotect((void *)page, 4096, SYS_PROT_RW))
        return 0;
    opened[opened[0] != 0] = page;
    context->registers[SYS_REG_FLAGS] |= TRAP_FLAG;
    fh_read_only_fault(info->address, FH_HANDLE_OF(d), frame, fh_in_program(pc) ? pc : 0);
    return 1;
}

static int write_made(struct sys_context *context)
{
    if (!opened[0])
        return 0;
    for (u32 i = 0; i < 2 && opened[i]; i++) {
        mprotect((void *)opened[i], 4096, SYS_PROT_READ);
        opened[i] = 0;
    }
    context->registers[SYS_REG_FLAGS] &= ~TRAP_FLAG;
    return 1;
}

/* ------------------------------------------------------------------------------ handlers */

static void on_signal(i32 signal, struct sys_siginfo *info, struct sys_context *context)
{
    if (signal == SYS_SIGSEGV && info->code > 0 && !ending && read_only_write(info, context))
        return;
    if (signal == SYS_SIGTRAP && write_made(context))
        return;
    if (ending++) {
        install(signal, 0);
        kill(getpid(), signal);
        _exit(128 + signal);
    }
    if (signal == SYS_SIGSEGV && info->code > 0 && in_guard(info->address))
        native_overflow(context);
    end_by(signal, info, context);
}

void fh_signals_start(void)
{
    struct sys_altstack stack = {(void *)FH_ALTSTACK_AT, 0, 0, FH_ALTSTACK_BYTES};
    struct sys_sigset none;
    memset(&none, 0, sizeof none);
    sigaltstack(&stack, 0);
    for (i32 signal = 1; signal <= 64; signal++) {
        if (signal != SYS_SIGKILL && signal != 19)
            install(signal, 0);
    }
    for (u32 i = 0; i < sizeof fatal; i++)
        install(fatal[i], (void *)on_signal);
    install(FH_STOP_SIGNAL, (void *)on_signal);
    sigprocmask(SYS_SIG_SETMASK, &none, 0);
}

static int is_fatal(i32 signal)
{
    for (u32 i = 0; i < sizeof fatal; i++) {
        if (fatal[i] == signal)
            return 1;
    }
    return 0;
}

i32 fh_sigaction(i32 signal, const void *action, void *old)
{
    struct sys_sigaction before;
    const struct sys_sigaction *wanted = action;
    if (signal == FH_STOP_SIGNAL) {
        *__errno_location() = SYS_EINVAL;
        return -1;
    }
    if (sigaction(signal, 0, &before) < 0)
        return -1;
    if (before.handler == (void *)on_signal) {
        before.handler = 0;
        before.flags = 0;
    }
    if (wanted && !wanted->handler && is_fatal(signal))
        install(signal, (void *)on_signal);
    else if (wanted && sigaction(signal, wanted, 0) < 0)
        return -1;
    if (old)
        memcpy(old, &before, sizeof before);
    return 0;
}

/* ------------------------------------------------------------------------------ ends of our own */

static void ending_here(u32 code, const void *frame, u32 site, u64 what, i64 left, i64 right)
{
    struct fh_message m;
    fill_ending(&m, code, frame, 0);
    m.record.site = site;
    m.record.value[0] = what;
    m.record.value[1] = (u64)left;
    m.record.value[2] = (u64)right;
    fh_message_send(&m, 1);
}

static FH_NORETURN void end_here(i32 signal)
{
    ending = 1;
    fh_leaks_here();
    fh_die(signal);
}

/* A program's own SIGFPE handler runs as it would after the instruction; it may jump away. */
void fh_fault_arithmetic(u32 what, i64 left, i64 right, u32 site)
{
    const void *frame = __builtin_frame_address(0);
    struct sys_sigaction action;
    ending_here(FH_E_ARITHMETIC, frame, site, what, left, right);
    if (sigaction(SYS_SIGFPE, 0, &action) == 0 && action.handler != (void *)on_signal)
        kill(getpid(), SYS_SIGFPE);
    end_here(SYS_SIGFPE);
}

void fh_fault_unreachable(u32 site)
{
    const void *frame = __builtin_frame_address(0);
    ending_here(FH_E_UNREACHABLE, frame, site, 0, 0, 0);
    end_here(SYS_SIGILL);
}

void fh_trap(u32 site)
{
    const void *frame = __builtin_frame_address(0);
    ending_here(FH_E_TRAP, frame, site, 0, 0, 0);
    end_here(SYS_SIGILL);
}

void fh_end_faults(const void *frame)
{
    ending_here(FH_E_FAULTS, frame, 0, fh_faults, (i64)fh_consequences, 0);
    end_here(SYS_SIGSEGV);
}

void fh_exhausted(u64 asked, const void *frame)
{
    struct fh_message m;
    fh_holders(asked);
    fill_ending(&m, FH_E_EXHAUSTED, frame, 0);
    m.record.value[0] = asked;
    m.record.value[1] = fh_totals.live;
    m.record.value[2] = fh_config.memory_limit;
    fh_message_send(&m, 1);
}

void fh_ending_text(const char *text) { fh_ending_words = text; }

/* The signal is raised by kill, so that the handler walks this frame and not libc's. */
void fh_abort(void)
{
    struct sys_sigaction action;
    struct sys_sigset only;
    memset(&only, 0, sizeof only);
    only.word[0] = 1ul << (SYS_SIGABRT - 1);
    sigprocmask(SYS_SIG_UNBLOCK, &only, 0);
    if (sigaction(SYS_SIGABRT, 0, &action) == 0 && action.handler != (void *)on_signal)
        kill(getpid(), SYS_SIGABRT); /* the program's handler; if it returns, the end comes */
    install(SYS_SIGABRT, (void *)on_signal);
    kill(getpid(), SYS_SIGABRT);
    _exit(134);
}
