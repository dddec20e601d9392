/* From the forked child to the program's main, and from there to the end. */
#include "fh_core.h"

struct fh_config fh_config;
u32 fh_proven;

/* ------------------------------------------------------------------------------ tables */

static void describe_object(u64 number, const struct fh_object *object)
{
    struct fh_desc *d = FH_DESC(FH_DESC_BYTES * (FH_FIRST_OBJECT + number));
    d->base_tag = FH_BASE_TAG(d, object->address, 0);
    d->kind = object->kind;
    d->site = object->site;
    if (object->kind == FH_FUNCTION) {
        FH_SIGNATURE(d) = object->signature;
        d->extra = (u64)object->entry;
        return;
    }
    d->size = object->size;
    fh_wrote(object->address, FH_HANDLE_OF(d), object->size);
}

FH_INLINE int holds(const struct fh_object *object, const void *slot)
{
    return (u64)slot - (u64)object->address < object->size;
}

/* The slots come in the order of the objects that they are in, of which `first` is the first: the
 * search goes on where the last one ended. */
static void set_up_slots(const struct fh_program *program, u64 first)
{
    u64 owner = 0;
    for (u64 i = 0; i < program->slot_count; i++) {
        const struct fh_slot *one = &program->slots[i];
        if ((u64)one->slot & 7)
            continue;
        u64 tried = 0;
        while (tried < program->object_count && !holds(&program->objects[owner], one->slot)) {
            owner = owner + 1 < program->object_count ? owner + 1 : 0;
            tried++;
        }
        if (tried < program->object_count)
            fh_lower(one->slot, FH_DESC_BYTES * (FH_FIRST_OBJECT + first + owner), 0);
        *(u64 *)FH_INIT(one->slot) = FH_ALL_TAGGED;
        FH_HANDLE(one->slot) = one->handle;
    }
}

/* Describes the program's objects after its base's; returns how many there are. */
static u64 describe_program(const struct fh_program *program)
{
    u64 first = program->base ? describe_program(program->base) : 0;
    for (u64 i = 0; i < program->object_count; i++)
        describe_object(first + i, &program->objects[i]);
    set_up_slots(program, first);
    return first + program->object_count;
}

u64 fh_object_count(void)
{
    const struct fh_program *program = fh_config.program;
    return program->object_count + (program->base ? program->base->object_count : 0);
}

const struct fh_object *fh_object(u64 number)
{
    const struct fh_program *program = fh_config.program, *base = program->base;
    if (!base)
        return &program->objects[number];
    return number < base->object_count ? &base->objects[number]
                                       : &program->objects[number - base->object_count];
}

static void set_up_tables(void)
{
    struct fh_desc *foreign = FH_DESC(FH_FOREIGN_HANDLE);
    foreign->base_tag = FH_BASE_TAG(foreign, 0, 0);
    foreign->size = FH_FOREIGN_SIZE;
    foreign->kind = FH_FOREIGN;
    fh_next_desc = FH_DESC_BYTES * (FH_FIRST_OBJECT + describe_program(fh_config.program));
    struct fh_desc *made_up = fh_new_desc();
    made_up->kind = FH_MADE_UP;
    fh_made_up = FH_HANDLE_OF(made_up);
}

static void guard_constants(const struct fh_program *program)
{
    u64 low = ((u64)program->constants + 4095) & ~4095ul;
    u64 high = ((u64)program->constants_end + 4096) & ~4095ul;
    if (low < high)
        mprotect((void *)low, high - low, SYS_PROT_READ);
    if (program->base)
        guard_constants(program->base);
}

/* ------------------------------------------------------------------------------ arguments */

static u64 args_top = FH_ARGS_AT;

static u64 describe_args(u64 base, u64 n)
{
    struct fh_desc *d = fh_new_desc();
    d->base_tag = FH_BASE_TAG(d, base, 0);
    d->size = n;
    d->kind = FH_ARGS;
    memset(FH_INIT(base), FH_PLAIN, n);
    return FH_HANDLE_OF(d);
}

static struct fh_ptr copy_text(const char *text)
{
    u64 n = strlen(text) + 1, base = args_top;
    memcpy((void *)base, text, n);
    args_top = (base + n + 16) & ~15ul;
    return (struct fh_ptr){(void *)base, describe_args(base, n)};
}

/* A copy of a null-terminated vector of strings, each an object of its own. */
static struct fh_ptr copy_vector(char **vector)
{
    u64 n = 0, base = args_top;
    while (vector[n])
        n++;
    args_top = (base + (n + 1) * 8 + 16) & ~15ul;
    u64 handle = describe_args(base, (n + 1) * 8);
    for (u64 i = 0; i < n; i++) {
        struct fh_ptr text = copy_text(vector[i]);
        fh_store_pointer((void *)(base + i * 8), text.p, text.h);
    }
    fh_store_pointer((void *)(base + n * 8), 0, FH_NULL_HANDLE);
    return (struct fh_ptr){(void *)base, handle};
}

/* ------------------------------------------------------------------------------ handlers of exit */

struct handler {
    void (*plain)(void);
    void (*with_status)(int, void *);
    void *argument;
};

#define HANDLERS 1024u
static struct handler at_exit[HANDLERS], at_quick_exit[HANDLERS];
static u32 at_exit_count, at_quick_exit_count;

int fh_at_exit(void (*handler)(void))
{
    if (at_exit_count == HANDLERS)
        return -1;
    at_exit[at_exit_count++] = (struct handler){handler, 0, 0};
    return 0;
}

int fh_on_exit(void (*handler)(int, void *), void *argument)
{
    if (at_exit_count == HANDLERS)
        return -1;
    fh_keep(argument);
    at_exit[at_exit_count++] = (struct handler){0, handler, argument};
    return 0;
}

int fh_at_quick_exit(void (*handler)(void))
{
    if (at_quick_exit_count == HANDLERS)
        return -1;
    at_quick_exit[at_quick_exit_count++] = (struct handler){handler, 0, 0};
    return 0;
}

/* Last in, first out. One that calls exit leaves the rest to that call. */
static void run_handlers(struct handler *handlers, u32 *count, i32 status)
{
    while (*count) {
        struct handler *handler = &handlers[--*count];
        if (handler->plain)
            handler->plain();
        else
            handler->with_status(status, handler->argument);
    }
}

static void run_destructors(void)
{
    static u64 done;
    const struct fh_program *program = fh_config.program;
    while (done < program->destructor_count)
        program->destructors[done++]();
}

/* ------------------------------------------------------------------------------ the end */

void fh_finish(i32 status)
{
    fh_trace_stop();
    struct fh_message m;
    fh_message_start(&m, FH_R_ENDING, FH_E_EXIT);
    m.record.value[0] = (u32)status;
    fh_message_send(&m, 1);
    fh_finding_counts();
    fh_summary();
    _exit(status);
}

/* Calls that are over have left pointers below the stack's top: none may show in a frame that is
 * laid over them and then scanned. */
__attribute__((noinline)) static void scrub(void)
{
    volatile u64 dead[512];
    for (u32 i = 0; i < sizeof dead / sizeof dead[0]; i++)
        dead[i] = 0;
}

/* setjmp's buffer holds the registers that a caller may have kept a pointer in; the stack is
 * scanned from the buffer up. */
__attribute__((noinline)) static void check_leaks(void)
{
    u64 registers[FH_JMP_BYTES / 8];
    memset(registers, 0, sizeof registers);
    _setjmp(registers);
    struct fh_roots roots = {registers, 8, (u64)registers};
    fh_leak_check(&roots);
}

void fh_leaks_here(void)
{
    scrub();
    check_leaks();
}

void fh_exit(i32 status)
{
    run_handlers(at_exit, &at_exit_count, status);
    run_destructors();
    fflush(0);
    fh_leaks_here();
    fh_finish(status);
}

void fh_exit_now(i32 status)
{
    fh_leaks_here();
    fh_finish(status);
}

void fh_quick_exit(i32 status)
{
    run_handlers(at_quick_exit, &at_quick_exit_count, status);
    fh_exit_now(status);
}

i32 fh_fork(void)
{
    if (fh_config.control->forks >= fh_config.fork_limit) {
        *__errno_location() = SYS_EAGAIN;
        return -1;
    }
    fh_config.control->forks++;
    i32 pid = fork();
    if (pid == 0) {
        fh_inherit_opens();
        fh_channel_fork();
    }
    return pid;
}

/* ------------------------------------------------------------------------------ the start */

/* As a new process has them, whatever our parent did to its own. */
static void set_up_streams(void)
{
    static char input[4096], output[4096];
    setvbuf(stdin, input, SYS_FULLY_BUFFERED, sizeof input);
    setvbuf(stdout, output, isatty(1) ? SYS_LINE_BUFFERED : SYS_FULLY_BUFFERED, sizeof output);
    *__errno_location() = 0;
}

static struct sys_context at_start;

static void run_program(void)
{
    const struct fh_program *program = fh_config.program;
    struct fh_ptr argv = copy_vector(fh_config.argv);
    struct fh_ptr envp = copy_vector(fh_config.envp);
    environ = envp.p;
    fl_start();
    fh_store_pointer(&environ, envp.p, envp.h);
    fh_locals_start();
    fh_trace_start();
    for (u64 i = 0; i < program->constructor_count; i++)
        program->constructors[i]();
    fh_exit(program->main(fh_config.argc, argv.p, argv.h, envp.p, envp.h));
}

static FH_NORETURN void cannot_start(const char *what)
{
    struct fh_message m;
    fh_message_start(&m, FH_R_FATAL, (u32)*__errno_location());
    fh_message_text(&m, what);
    fh_message_send(&m, 1);
    _exit(3);
}

static void limit(i32 resource, u64 n)
{
    struct sys_rlimit both = {n, n};
    setrlimit(resource, &both);
}

#define PR_SET_PDEATHSIG 1

u64 fh_abi_version(void) { return FH_VERSION; }

void fh_start(const struct fh_config *config)
{
    fh_config = *config;
    if (!fh_config.memory_limit)
        fh_config.memory_limit = ~0ul >> 1;
    fh_proven = config->program->proven != 0;
    if (fh_proven) /* its locals lie in the native stack, and the calls of checks do not */
        fh_config.native_stack = config->side_stack;
    fh_channel_open(config->report_fd);
    const char *missing = fh_map_reserve();
    if (missing)
        cannot_start(missing);
    prctl(PR_SET_PDEATHSIG, SYS_SIGKILL);
    limit(SYS_RLIMIT_CORE, 0);
    if (config->file_limit)
        limit(SYS_RLIMIT_FSIZE, config->file_limit);
    setlocale(6, "C");
    set_up_streams();
    fh_side_top = FH_SIDE_AT;
    fh_side_limit = FH_SIDE_AT + config->side_stack;
    set_up_tables();
    guard_constants(fh_config.program);
    fh_signals_start();
    getcontext(&at_start);
    at_start.stack.low = (void *)fh_native_stack.low;
    at_start.stack.n = fh_native_stack.high - fh_native_stack.low;
    at_start.link = 0;
    makecontext(&at_start, run_program, 0);
    setcontext(&at_start);
    cannot_start("the program's stack");
}
