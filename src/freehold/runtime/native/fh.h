/* Freehold's run time: what the compiled program, the libc wrappers and the core share.
 *
 * Plain C11 without any system header, so that it reads the same under every front end.
 * The layouts and constants here are an ABI: codegen emits them, freehold.execute.records reads
 * them. Addresses are in docs/architecture.md, "Memory map of the child".
 */
#ifndef FH_H
#define FH_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef int i32;
typedef unsigned long u64;
typedef long i64;

#define FH_VERSION 1

#define FH_INLINE static inline __attribute__((always_inline, unused))
#define FH_COLD __attribute__((noinline, cold))
#define FH_APART __attribute__((noinline)) /* so that its caller needs fewer registers */
#define FH_NORETURN __attribute__((noreturn))
#define FH_LIKELY(x) __builtin_expect(!!(x), 1)
#define FH_UNLIKELY(x) __builtin_expect(!!(x), 0)

/* ------------------------------------------------------------------------------ memory map */

/* Low, so that it is a displacement; its offsets have 32 bits. */
#define FH_TABLE 0x000040000000ul
#define FH_TABLE_BYTES 0x0000c0000000ul
#define FH_SHADOW_XOR 0x500000000000ul
#define FH_SHADOW_ADD 0x155000ul
#define FH_HANDLE_ADD 0x1000002aa000ul
#define FH_HEAP_AT 0x700000000000ul
#define FH_HEAP_BYTES 0x020000000000ul
#define FH_SIDE_AT 0x720000000000ul
#define FH_SIDE_BYTES 0x000040000000ul
#define FH_NATIVE_STACK 0x721000000000ul
#define FH_ZEROS 0x722000000000ul /* what a bad read reads: 1 GiB of zeros */
#define FH_SINK 0x723000000000ul  /* where a bad write goes: 1 GiB */
#define FH_SPARE_BYTES 0x000040000000ul


#define FH_INIT(a) ((u8 *)(((u64)(a) ^ FH_SHADOW_XOR) + FH_SHADOW_ADD))
#define FH_HANDLE(a) (*(u64 *)(((u64)(a) ^ FH_SHADOW_XOR) + FH_HANDLE_ADD))

#define FH_UNINIT 0x00 /* shadow byte: never written */
#define FH_PLAIN 0x7f  /* initialised */
#define FH_TAGGED 0xff /* initialised by a pointer store: the word's handle counts */
#define FH_ALL_TAGGED (~0ul)
#define FH_ALL_PLAIN 0x7f7f7f7f7f7f7f7ful

/* ---------------------------------------------------------------------- descriptors, handles */

struct fh_desc {
    u64 base_tag; /* base + the descriptor's offset in the table | generation << 48 */
    u64 size;     /* bytes; 0 when dead, and for functions */
    u64 init;     /* so many bytes from the base on are known to be initialised; see fh_settle */
    u64 bare;     /* and so many of these are FH_PLAIN: at most `init` */
    u32 alloc_stack;
    u32 free_stack;
    u32 kind; /* enum fh_kind, | FH_DEAD */
    u32 site; /* where it was declared; 0 for heap blocks */
    u64 link;  /* dead: next on its free list; live stack object: the next older (table offsets) */
    u64 extra; /* heap: class | size at death << 8; function: its internal entry */
};

enum fh_kind {
    FH_NULL = 0,
    FH_FOREIGN = 1,  /* memory of native code: always valid */
    FH_HEAP = 2,     /* malloc and its family */
    FH_STACK = 3,    /* an escaping local */
    FH_GLOBAL = 4,
    FH_LITERAL = 5,  /* a string literal */
    FH_FUNCTION = 6, /* alloc_stack and free_stack together are its 64-bit signature id */
    FH_STATIC = 7,   /* an object that belongs to libc, such as localtime's result */
    FH_FILE = 8,
    FH_MMAP = 9,
    FH_ALLOCA = 10,
    FH_VLA = 11,
    FH_MEMBER = 12,  /* an array member lent to a libc call; link is its owner's handle */
    FH_MADE_UP = 13, /* what a pointer read by an earlier fault points to */
    FH_ARGS = 14,    /* argv, environ and their strings */
    FH_CONST = 15,   /* a read-only global */
    FH_DIR = 16,     /* DIR */
    FH_KINDS = 17
};
#define FH_DEAD 0x100
#define FH_KIND(d) ((d)->kind & 0xff)

#define FH_LOW48 0xfffffffffffful
#define FH_TAG(x) ((u64)(x) & ~FH_LOW48)
#define FH_GENERATION(x) ((u64)(x) >> 48)
#define FH_ONE_GENERATION (1ul << 48)
#define FH_LAST_GENERATION 0xfffful
#define FH_DESC_BYTES 64ul
#define FH_DESC(h) ((struct fh_desc *)(FH_TABLE + (u32)(h)))
#define FH_OFFSET(d) ((u64)(d)-FH_TABLE)
#define FH_HANDLE_OF(d) (FH_OFFSET(d) | FH_TAG((d)->base_tag))
#define FH_BASE(d) (((d)->base_tag - FH_OFFSET(d)) & FH_LOW48)
#define FH_BASE_TAG(d, p, tag) (((u64)(p) + FH_OFFSET(d)) | FH_TAG(tag))

#define FH_NULL_HANDLE 0ul
#define FH_FOREIGN_HANDLE 64ul
#define FH_FOREIGN_SIZE (1ul << 62)
#define FH_FIRST_OBJECT 2ul /* descriptor number of fh_program.objects[0] */
#define FH_SIGNATURE(d) (*(u64 *)&(d)->alloc_stack)

struct fh_ptr {
    void *p;
    u64 h;
};

/* Whether n bytes (n > 0) at p lie in the live object of h. */
FH_INLINE int fh_ok(const void *p, u64 h, u64 n)
{
    struct fh_desc *d = FH_DESC(h);
    u64 offset = (u64)p + h - d->base_tag;
    return n <= d->size && offset <= d->size - n;
}

/* Bytes from p to the end of its live object; 0 when it is dead or p lies outside. */
FH_INLINE u64 fh_room(const void *p, u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    u64 offset = (u64)p + h - d->base_tag;
    return offset <= d->size ? d->size - offset : 0;
}

/* Of the bytes from p on: how many are known to be initialised, and how many to be plain. */
FH_INLINE u64 fh_known(const void *p, u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    u64 offset = (u64)p + h - d->base_tag;
    return offset <= d->init ? d->init - offset : 0;
}

FH_INLINE u64 fh_known_plain(const void *p, u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    u64 offset = (u64)p + h - d->base_tag;
    return offset <= d->bare ? d->bare - offset : 0;
}

/* ---------------------------------------------------------------------- variable arguments */

/* type: class | bits << 8 | signed << 16 | pointee << 24 */
#define FH_VT_CLASS(t) ((t)&0xff)
#define FH_VT_BITS(t) (((t) >> 8) & 0xff)
#define FH_VT_SIGNED(t) (((t) >> 16) & 1)
#define FH_VT_POINTEE(t) ((t) >> 24)
enum fh_vararg_class { FH_VT_INT = 1, FH_VT_FLOAT, FH_VT_POINTER, FH_VT_AGGREGATE, FH_VT_COMPLEX };
enum fh_vararg_pointee {
    FH_VP_UNKNOWN, FH_VP_VOID, FH_VP_I8, FH_VP_I16, FH_VP_I32, FH_VP_I64,
    FH_VP_F32, FH_VP_F64, FH_VP_F80, FH_VP_POINTER, FH_VP_FUNCTION
};

struct fh_vararg {
    u32 type;
    u32 pad;
    u64 handle;   /* pointers: theirs */
    u8 value[16]; /* aggregates: the address of the caller's copy, then its size */
};

struct fh_varargs {
    u32 count;
    u32 pad;
    struct fh_vararg items[];
};

#define FH_VA_LIVE 0x46485f76615f6c73ul
struct fh_va_list { /* what the program's va_list holds: 24 bytes */
    struct fh_varargs *args;
    u64 next;
    u64 magic; /* FH_VA_LIVE from va_start or va_copy to va_end, then 0 */
};

void fh_va_start(void *ap, u64 h, struct fh_varargs *args, u32 site);
struct fh_vararg *fh_va_arg(void *ap, u64 h, u32 type, u32 site); /* zeros after a fault */
void fh_va_copy(void *to, u64 to_h, void *from, u64 from_h, u32 site);
void fh_va_end(void *ap, u64 h, u32 site);

/* ---------------------------------------------------------------------- the program's tables */

struct fh_object { /* number k has the handle 64 * (2 + k) */
    void *address;
    u64 size;
    u32 kind; /* FH_GLOBAL, FH_CONST, FH_LITERAL, FH_FUNCTION */
    u32 site;
    void *entry;   /* functions: fi.f */
    u64 signature; /* functions: fnv1a-64 of the signature text */
};

struct fh_slot { /* a statically initialised pointer: to set up its shadow */
    void *slot;
    u64 handle;
};

struct fh_program { /* the symbol `fh.program` of the program's object, `fh.base` of its base's */
    u64 version;
    u64 object_count;
    const struct fh_object *objects;
    u64 slot_count;
    const struct fh_slot *slots;
    i32 (*main)(i32 argc, void *argv, u64 argv_h, void *envp, u64 envp_h);
    u64 constructor_count;
    void (**constructors)(void);
    u64 destructor_count;
    void (**destructors)(void);
    u8 *constants; /* what may not be written, from here to some byte of a page's length at the end */
    u8 *constants_end;
    const struct fh_program *base; /* what it is linked with: its objects come first; or null */
    u64 proven; /* it has been shown that no access is wrong: no handles, no shadow */
    u64 exact; /* no object is to be aligned better than it has to be */
};

/* ------------------------------------------------------------------------------- start, end */

enum fh_flag { FH_F_LEAKS = 1, FH_F_STOP_ON_FIRST = 2 };

struct fh_range {
    u64 low;
    u64 high;
};

struct fh_control { /* a page shared by the parent and every process of the run */
    u32 stop_reason; /* enum fh_stop, set by the parent before it sends FH_STOP_SIGNAL */
    u32 forks;       /* processes made so far */
    u64 allocations; /* of the first process, at its end */
};
enum fh_stop { FH_STOP_NONE, FH_STOP_TIMEOUT, FH_STOP_MEMORY, FH_STOP_OUTPUT, FH_STOP_INTERRUPT };
#define FH_STOP_SIGNAL 63

struct fh_config {
    u64 version;
    const struct fh_program *program;
    struct fh_range program_text;
    struct fh_range base_text; /* of what the program is linked with */
    struct fh_range runtime_text;
    i32 report_fd; /* a SOCK_SEQPACKET socket */
    u32 flags;
    u64 memory_limit; /* bytes of live heap; 0 = none */
    u64 file_limit;   /* RLIMIT_FSIZE; 0 = none */
    u64 fail_alloc;   /* fail the Nth allocation; 0 = none */
    u64 fault_limit;  /* distinct findings reported */
    u64 native_stack; /* bytes */
    u64 side_stack;   /* bytes */
    u64 fork_limit;   /* processes; 0 = none may be made */
    struct fh_control *control;
    i32 argc;
    i32 pad;
    char **argv;
    char **envp;
    struct fh_trace *trace; /* 0: the run is not recorded */
};

/* ------------------------------------------------------------------------------- recording */

struct fh_trace { /* the head of the log: a mapping shared with the parent */
    u64 bytes; /* that follow the head */
    u64 used;
    u64 steps;
    u64 limit; /* steps; then the log ends */
    u64 full;
};

enum fh_event { /* number; then words */
    FH_V_STEP = 1,   /* site */
    FH_V_ENTER = 2,  /* site of the function; its frame */
    FH_V_LEAVE = 3,  /* its frame */
    FH_V_UNWIND = 4, /* frames below this one are left */
    FH_V_BEGIN = 5,  /* site, flags: kind; base, size, handle */
    FH_V_END = 6,    /* handle */
    FH_V_BYTES = 7,  /* bytes, flags: some are unset, count: handles; address, data, [a bit a byte], */
                     /* count times (address of a pointer, its handle) */
    FH_V_MOVE = 8,   /* bytes; address: what was there is moved */
    FH_V_FAULT = 9,  /* number of the finding; 0 */
    FH_V_OUTPUT = 10, /* 0; bytes that stdout has had */
    FH_V_RENEW = 11   /* 0; handle of the block whose place the youngest one takes: realloc */
};

extern u32 fh_tracing;
extern u64 fh_writes; /* calls that write to a descriptor */
void fh_trace_start(void);
void fh_trace_stop(void);
#define FH_AGAIN 0x40000000u
/* Codegen, in a program that is to be recorded. A step to the line of the last one is none, unless it is
 * FH_AGAIN: a loop's round. */
void fh_trace_step(u32 site, u32 line);
void fh_trace_enter(u32 site);
void fh_trace_leave(void);
void fh_trace_move(const void *p, u64 n);
/* n bytes at p change, before the next event. */
void fh_trace_write(const void *p, u64 n);
void fh_trace_unwind(u64 frame);
void fh_trace_begin(const struct fh_desc *d);
void fh_trace_end(u64 handle);
void fh_trace_renew(u64 handle);
void fh_trace_fault(u32 number);

FH_NORETURN void fh_start(const struct fh_config *config);
u64 fh_abi_version(void);

FH_NORETURN void fh_exit(i32 status);      /* exit: handlers, destructors, flush, leaks */
FH_NORETURN void fh_exit_now(i32 status);  /* _exit: leaks only */
FH_NORETURN void fh_quick_exit(i32 status);
FH_NORETURN void fh_abort(void);
int fh_at_exit(void (*handler)(void));
int fh_on_exit(void (*handler)(int, void *), void *argument);
int fh_at_quick_exit(void (*handler)(void));
void fh_leaks_here(void);              /* the leak check of a program that ends where it is */
void fh_ending_text(const char *text); /* why abort comes: "assertion `x` failed" */
i32 fh_fork(void);                     /* fork with the limit, and a report of its own */

/* ------------------------------------------------------------------------------- threads */

extern u32 fh_threads;    /* besides the first one, that have not ended */
extern u32 fh_thread_now; /* its number; the first one's is 0 */
#define FH_THREADS 256
#define FH_THREAD_KEYS 64
struct fh_thread_own { /* pointers that the library holds for a thread: roots of the leak check */
    struct fh_ptr held; /* its argument before it runs, its result afterwards */
    struct fh_ptr values[FH_THREAD_KEYS];
};
extern struct fh_thread_own fh_thread_own[FH_THREADS];
u32 fh_thread_new(void (*body)(void)); /* its number; 0: no room */
FH_NORETURN void fh_thread_end(void);  /* of this one; of the last one: exit(0) */
int fh_thread_ended(u32 n);
void fh_thread_free(u32 n); /* the number may be given anew once it has ended */
/* Waits until another thread wakes `channel`, or the clock reaches `deadline` (0: never): then 1.
 * `what` names it in the report of a deadlock. */
int fh_thread_wait(const void *channel, const char *what, u64 deadline);
u32 fh_thread_wake(const void *channel, u32 limit); /* the first that wait: how many */
int fh_thread_waits(const void *channel);           /* whether one does */
/* Lets others run before this thread looks again for what it waits for; 0 if all wait in vain.
 * `fh_thread_go`: it has found it. */
int fh_thread_poll(const char *what);
void fh_thread_go(void);
FH_NORETURN void fh_thread_stuck(void); /* ends the run: who waits for what */
void fh_thread_sleep(u64 nanoseconds);
void fh_thread_yield(void);
void fh_thread_point(void); /* an atomic or volatile read */
u64 fh_thread_clock(void);  /* what deadlines count: nanoseconds */

/* sigaction as the program sees it: our own handlers look like SIG_DFL. struct sigaction's kernel
 * independent layout of glibc. */
i32 fh_sigaction(i32 signal, const void *action, void *old);

/* ------------------------------------------------------------------------------- faults */

/* Each returns the address to use instead. site 0: find the caller by frame pointers. */
FH_COLD void *fh_fault_read(const void *p, u64 h, u64 n, u32 site);
FH_COLD void *fh_fault_write(void *p, u64 h, u64 n, u32 site);
/* The same for an access that leaves the array member (size bytes at start) that was indexed. */
FH_COLD void *fh_fault_member_read(const void *p, u64 n, const void *start, u64 size, u32 site);
FH_COLD void *fh_fault_member_write(void *p, u64 n, const void *start, u64 size, u32 site);
/* The same for an access that needs more alignment than p has. */
FH_COLD void *fh_fault_aligned(const void *p, u64 h, u64 n, u64 align, u32 write, u32 site);
/* n bytes at p are read, some of them uninitialised; they count as initialised afterwards. */
FH_COLD void fh_fault_uninit(const void *p, u64 n, u32 site);
FH_COLD void fh_fault_uninit_value(u32 site); /* a local in a register */
enum fh_arithmetic { FH_DIVIDE_BY_ZERO, FH_REMAINDER_BY_ZERO, FH_DIVIDE_OVERFLOW };
FH_COLD FH_NORETURN void fh_fault_arithmetic(u32 what, i64 left, i64 right, u32 site);
FH_COLD FH_NORETURN void fh_fault_unreachable(u32 site);
FH_COLD FH_NORETURN void fh_trap(u32 site);

/* A libc wrapper's own finding: code such as 603 for FH0603; `function` is the C name. */
FH_COLD void fh_report_text(u32 code, const char *function, const char *text);
/* A note that is not a fault: FH2005, function called natively. */
FH_COLD void fh_note_native(const char *function, const char *text);
/* Codegen: an extern without a wrapper is about to be called; `p` is one of its pointers. All
 * memory that is reachable from it then counts as initialised and untagged. */
void fh_expose(const void *p, u64 h);
void fh_returned(const void *p);

/* The internal entry to call, or 0: then call p natively. Never returns for a wild target. */
void *fh_call_check(void *p, u64 h, u64 signature, u32 site);
/* The same for wrappers, which have no site. */
void *fh_callback(void *p, u64 h, u64 signature);

/* ------------------------------------------------------------------------------- pointers */

u64 fh_resolve(const void *value);                          /* the handle of an address */
u64 fh_load_handle(const void *address, const void *value); /* of a pointer whose tags are unset */

/* ------------------------------------------------------------------------------- shadow */

void fh_shadow_set(const void *p, u64 n);             /* n bytes: plain */
void fh_shadow_clear(const void *p, u64 n);           /* n bytes of libc's: uninitialised */
void fh_wrote(const void *p, u64 h, u64 n);           /* n bytes of the object of h: plain */
void fh_unset(const void *p, u64 h, u64 n);           /* n bytes: uninitialised */
void fh_pad(const void *p, u64 h, u64 n); /* n bytes of padding, if they are in the object: plain */
/* memmove, and its shadow; a handle is 0 where memory is no object's. */
void fh_copy(void *to, u64 to_h, const void *from, u64 from_h, u64 n);
void fh_store_pointer(void *to, const void *p, u64 h); /* a pointer store at any alignment */
u64 fh_uninit_at(const void *p, u64 n); /* index of the first uninitialised byte; n if none */
FH_COLD void fh_check_init(const void *p, u64 n, u32 site); /* reports if some byte is not */

/* What is known of an object: see docs/architecture.md, "What is known to be initialised". */
struct fh_settled {
    u64 init;
    u64 bare;
};
/* The words of the object of h, further on if the shadow says so. Changes nothing. */
struct fh_settled fh_settle(u64 h) __attribute__((preserve_most));
void fh_settle_now(u64 h); /* moves them there */
/* Something at p, in the object of h, is no longer what the words say: it is tagged, or (`unset`)
 * uninitialised. */
void fh_lower(const void *p, u64 h, u32 unset);
void fh_lower_at(const void *p, u32 unset); /* the same, whatever object p is in */

/* ------------------------------------------------------------------------------- side stack */

extern u64 fh_side_top;   /* the next free address, 16-aligned */
extern u64 fh_side_limit; /* a frame that would pass it: fh_side_overflow */

FH_COLD FH_NORETURN void fh_side_overflow(u64 bytes, u32 site);
/* A scope enters the object of n bytes at p. `pool` is that local's own free list, a word that is
 * 0 at the start. Leave it with fh_stack_exit, youngest first. */
u64 fh_stack_enter(void *p, u64 n, u64 *pool, u32 site);
void fh_stack_exit(u64 h, u64 *pool);
/* VLA and alloca: allocates at fh_side_top. A negative or huge n is reported. */
struct fh_ptr fh_dynamic_enter(u64 n, u64 align, u32 kind, u32 site);
void fh_dynamic_exit(u64 h); /* a VLA's scope ends */
/* The function returns: ends every dynamic object at or above `frame`, and resets fh_side_top. */
void fh_dynamic_leave(u64 frame);

/* An array member lent to a libc call: a handle of its own, so that its bounds apply. */
u64 fh_member_enter(void *start, u64 size, u64 owner, u32 site);
void fh_member_exit(u64 h);
/* The handle to keep, when a wrapper stores or returns a pointer into an argument. */
FH_INLINE u64 fh_owner(u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    return d->kind == FH_MEMBER ? d->link : h;
}

/* The program's jmp_buf: glibc's 200 bytes, of which it never uses the last 32. */
struct fh_jmp_tail {
    u64 side_top;
    u64 live;  /* youngest live stack object */
    u64 frame; /* frame pointer of setjmp's caller */
    u64 back;  /* where that returns to: tells it from a later call of the same depth */
};
#define FH_JMP_TAIL 168
#define FH_JMP_BYTES 200
/* Codegen: p = fh_setjmp_enter(p, h, site), then _setjmp(p) or __sigsetjmp(p, m) in place. */
void *fh_setjmp_enter(void *p, u64 h, u32 site);
FH_NORETURN void fh_longjmp(void *p, u64 h, i32 value, u32 site);

/* ------------------------------------------------------------------------------- heap */

#define FH_ZEROED 1u
struct fh_ptr fh_malloc(u64 n);
struct fh_ptr fh_calloc(u64 count, u64 n);
struct fh_ptr fh_realloc(void *p, u64 h, u64 n);
struct fh_ptr fh_aligned(u64 align, u64 n); /* align: a power of two */
struct fh_ptr fh_exactly(u64 align, u64 n, u32 zeroed); /* align: less than 16 */
void fh_free(void *p, u64 h);
u64 fh_usable(const void *p, u64 h);

/* Native memory that the program may see: libc's own objects, FILE, mmap. */
u64 fh_register(void *p, u64 n, u32 kind);
void fh_unregister(u64 h);
void fh_fd_open(i32 fd, const char *what);
void fh_fd_close(i32 fd);
int fh_own_fd(i32 fd); /* the report channel: the program must not close it */
/* A root for the leak tracer: native memory keeps a pointer to this block, as setvbuf does. */
void fh_keep(const void *p);

/* ------------------------------------------------------------------------------- Rust */

/* n bytes at p, which is to be a multiple of `align`, are read or written: where to do so. */
void *fh_range_read(const void *p, u64 h, u64 n, u64 align, u32 site);
void *fh_range_write(void *p, u64 h, u64 n, u64 align, u32 site);
void fh_apart(const void *to, const void *from, u64 n, u32 site);
extern struct fh_ptr fh_panic;

/* ------------------------------------------------------------------------------- records */

/* One datagram: this head, then `frames` of four stacks (u64 each), then text. */
#define FH_STACK_LIMIT 24
/* Of allocations and frees: recursive programs have as many stacks as paths. */
#define FH_BLOCK_STACK_LIMIT 12
struct fh_stack_header {
    u32 access;   /* stack of the event itself */
    u32 alloc;    /* of the object's allocation */
    u32 release;  /* of its release */
    u32 occupant; /* of the allocation of what lives there now */
};

struct fh_record {
    u32 version;
    u32 kind;   /* enum fh_record_kind */
    u32 code;   /* enum fh_fault, or as the kind says */
    u32 site;
    u32 pid;
    u32 number; /* of the finding, from 1: repeats are counted under it */
    u64 count;
    u64 address;
    u64 handle;
    u64 length;
    u64 base; /* of the object: what it is, or was when it died */
    u64 size;
    u32 object_kind;
    u32 object_site;
    u32 state;  /* enum fh_state */
    u32 flags;  /* enum fh_record_flag */
    u64 value[6];
    u32 occupant_kind;
    u32 occupant_site;
    u64 occupant_base;
    u64 occupant_size;
    struct fh_stack_header frames;
    u32 text;
    u32 pad;
};

enum fh_record_kind {
    FH_R_FAULT = 1,   /* code: enum fh_fault */
    FH_R_TEXT = 2,    /* code: 601 for FH0601...; text: function NUL words */
    FH_R_ENDING = 3,  /* code: enum fh_ending; value: signal or status, depth, ...; text: reason */
    FH_R_LOSS = 4,    /* one allocation stack's lost blocks; code: enum fh_loss */
    FH_R_SUMMARY = 5, /* totals: see fh_summary in leaks.c */
    FH_R_COUNT = 6,   /* finding `number` happened `count` times in all */
    FH_R_OPEN = 7,    /* never closed: code 0 FILE, 1 descriptor */
    FH_R_NATIVE = 8,  /* text: function NUL words */
    FH_R_FATAL = 9,   /* the run time cannot start: text */
    FH_R_HOLDER = 10, /* memory exhausted: an allocation stack, its live bytes and blocks */
    FH_R_FORK = 11,   /* a new process: its socket comes along */
    FH_R_FRAME = 12,  /* stack overflow: code 0 a native frame, 1 a local; length, count */
    FH_R_FAILED = 13  /* the allocation that --fail-alloc made fail: its stack */
};

enum fh_cause { /* FH_R_LOSS: value 3. The release stack says where, value 4 the offset */
    FH_C_NONE = 0,
    FH_C_GIVEN_UP = 1, /* mem::forget and the like */
    FH_C_CYCLE = 2     /* its blocks lead back to it */
};

enum fh_fault {
    FH_X_NULL = 1,    /* through a null pointer */
    FH_X_WILD = 2,    /* through a pointer that points to nothing known */
    FH_X_BOUNDS = 3,  /* outside its live object */
    FH_X_DEAD = 4,    /* its object is dead */
    FH_X_MEMBER = 5,  /* outside the array member; base and size are the member's */
    FH_X_UNINIT = 6,
    FH_X_UNINIT_VALUE = 7,
    FH_X_ALIGN = 8,        /* value[0]: alignment */
    FH_X_READ_ONLY = 9,    /* write to a literal or constant */
    FH_X_DOUBLE_FREE = 10,
    FH_X_FREE_INTERIOR = 11,
    FH_X_FREE_NON_HEAP = 12,
    FH_X_MISMATCH = 13,    /* text: allocator NUL releaser */
    FH_X_CALL_SIGNATURE = 14,
    FH_X_CALL_TARGET = 15, /* the program ends */
    FH_X_BAD_SIZE = 16,    /* malloc and family, VLA, alloca: value[0] */
    FH_X_LONGJMP = 17,     /* to a function that has returned; the program ends */
    FH_X_VARARG_COUNT = 18, /* value: arguments passed */
    FH_X_VARARG_TYPE = 19,  /* value: type asked for, type passed */
    FH_X_VARARG_LIST = 20,  /* va_list not started, or ended */
    FH_X_LAYOUT = 21,       /* value: size, alignment given; alignment of the block, 0: not Rust's */
    FH_X_OFFSET = 22,       /* pointer arithmetic that leaves its object; value[0]: bytes, signed */
    FH_X_FAULTS = 23
};

enum fh_record_flag {
    FH_RF_WRITE = 1,
    FH_RF_FREE = 2,
    FH_RF_FRAME_LIVE = 8 /* the dead local lies in a frame that is still there */
};

enum fh_state {
    FH_S_NONE = 0,      /* no object */
    FH_S_LIVE = 1,
    FH_S_DEAD = 2,      /* its bytes are as it left them */
    FH_S_REUSED = 3,    /* its descriptor lives again: stacks are from the ring of deaths */
    FH_S_FORGOTTEN = 4  /* reused, and past the end of the ring */
};

enum fh_ending {
    FH_E_EXIT = 1,      /* value[0] = status */
    FH_E_SIGNAL = 2,    /* value[0] = signal, [1] = fault address, [2] = pc, [3] = si_code */
    FH_E_ABORT = 3,
    FH_E_STACK_OVERFLOW = 4, /* value: depth, cycle length, bytes, large frame wanted */
    FH_E_ARITHMETIC = 5,     /* value: what, left, right */
    FH_E_STOPPED = 6,        /* value[0] = enum fh_stop */
    FH_E_UNREACHABLE = 7,
    FH_E_TRAP = 8,
    FH_E_FAULTS = 9,         /* too many faults, or stop-on-first */
    FH_E_EXHAUSTED = 10      /* memory: not an end, a note; value: asked, live, limit */
};

/* FH_R_SUMMARY's text: this many u64. */
enum fh_total {
    FH_T_DEFINITE_BYTES, FH_T_DEFINITE_BLOCKS, FH_T_INDIRECT_BYTES, FH_T_INDIRECT_BLOCKS,
    FH_T_POSSIBLE_BYTES, FH_T_POSSIBLE_BLOCKS, FH_T_REACHABLE_BYTES, FH_T_REACHABLE_BLOCKS,
    FH_T_ALLOCATIONS, /* blocks made */
    FH_T_FREES, FH_T_BYTES, /* allocated in all */
    FH_T_LIVE_BYTES, FH_T_LIVE_BLOCKS, FH_T_PEAK_BYTES,
    FH_T_FINDINGS, FH_T_FAULTS, FH_T_CONSEQUENCES,
    FH_T_ATTEMPTS, /* allocations asked for, the failed ones too */
    FH_T_LEAKS_CHECKED,
    FH_TOTALS
};

enum fh_loss { FH_L_DEFINITE, FH_L_INDIRECT, FH_L_POSSIBLE, FH_L_REACHABLE, FH_LOSSES };

#endif
