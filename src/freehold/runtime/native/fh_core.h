/* What the files of the core share among themselves. */
#ifndef FH_CORE_H
#define FH_CORE_H

#include "fh.h"
#include "fh_sys.h"

/* ------------------------------------------------------------------------------ memory map */

/* Tables of our own, above the stacks. All are reserved at once and touched as they are used. */
#define FH_OWN_AT 0x724000000000ul
#define FH_DEPOT_AT 0x724000000000ul /* stacks: 32 GiB, addressed in words by a u32 */
#define FH_DEPOT_BYTES 0x000800000000ul
#define FH_BUCKETS_AT 0x725000000000ul
#define FH_BUCKETS (1ul << 18)
#define FH_RING_AT 0x725100000000ul
#define FH_RING (1ul << 20)
#define FH_UNITS_AT 0x725200000000ul /* a u32 for each 64 KiB of the slot heap: its run */
#define FH_RUNS_AT 0x725300000000ul
#define FH_BIGS_AT 0x725400000000ul
#define FH_MARKS_AT 0x725500000000ul /* a byte for each descriptor, used by the leak tracer */
#define FH_QUEUE_AT 0x725600000000ul /* its work list */
#define FH_GROUPS_AT 0x725700000000ul
#define FH_SORTED_AT 0x725800000000ul /* the program's objects by address */
#define FH_ARGS_AT 0x725900000000ul   /* argv, environ */
#define FH_ALTSTACK_AT 0x725a00000000ul
#define FH_ALTSTACK_BYTES 0x40000ul
#define FH_OWN_BYTES 0x001b00000000ul

const char *fh_map_reserve(void); /* null, or what could not be reserved */
int fh_map_owns(u64 address);

FH_INLINE int fh_within(u64 a, u64 low, u64 n) { return a - low < n; }

/* ------------------------------------------------------------------------------ state */

u64 fh_object_count(void); /* of the program and of its base */
const struct fh_object *fh_object(u64 number);

extern struct fh_config fh_config;
extern u32 fh_proven; /* of the program: pointers have no handles, memory has no shadow */
extern u64 fh_next_desc; /* table offset of the first descriptor never used */

FH_INLINE struct fh_desc *fh_new_desc(void)
{
    struct fh_desc *d = FH_DESC(fh_next_desc);
    fh_next_desc += FH_DESC_BYTES;
    return d;
}

#define FH_MADE_UP_OFFSET(objects) (FH_DESC_BYTES * (FH_FIRST_OBJECT + (objects)))
extern u64 fh_made_up; /* the handle of what a pointer read by a fault points to */

/* ------------------------------------------------------------------------------ stacks */

/* Return addresses, innermost first, from the frame `frame` on; at most `limit`. */
u32 fh_walk(u64 *to, u32 limit, const void *frame);
u32 fh_stack_id(const void *frame); /* walks and interns */
u32 fh_stack_of(u32 id, const u64 **frames);
int fh_in_program(u64 pc);
/* The frame pointer of the innermost frame of the program, from `frame` on; 0 if none. */
u64 *fh_program_frame(const void *frame);

/* ------------------------------------------------------------------------------ deaths */

struct fh_death {
    u64 handle;
    u64 size;
    u32 alloc_stack;
    u32 free_stack;
};
extern u64 fh_deaths;
FH_INLINE void fh_bury(u64 handle, u64 size, u32 alloc_stack, u32 free_stack)
{
    struct fh_death *slot = (struct fh_death *)FH_RING_AT + (fh_deaths++ & (FH_RING - 1));
    slot->handle = handle;
    slot->size = size;
    slot->alloc_stack = alloc_stack;
    slot->free_stack = free_stack;
}
#define FH_PACKED_SITE 0x40000000u /* in the site of an object that has packed parts */
#define FH_SITE(d) ((d)->site & ~FH_PACKED_SITE)
#define FH_DEATH_SITE 0x80000000u /* alloc_stack of a dead local: this, and its site */
const struct fh_death *fh_find_death(u64 handle);

/* ------------------------------------------------------------------------------ heap */

struct fh_heap_totals {
    u64 allocations; /* successful or not */
    u64 blocks;      /* made */
    u64 frees;
    u64 bytes; /* asked for in all */
    u64 live;
    u64 peak;
};
extern struct fh_heap_totals fh_totals;

#define FH_DEAD_SIZE(d) ((d)->extra >> 8)
#define FH_SLOT_MAX 32767ul /* larger blocks stand alone */
#define FH_SLOTS_BYTES 0x010000000000ul
#define FH_BIGS_HEAP (FH_HEAP_AT + FH_SLOTS_BYTES)

struct fh_desc *fh_heap_slot(u64 address); /* the descriptor of the slot that holds it, or null */
/* Calls `visit` for every descriptor of the heap that has ever been used. */
void fh_heap_each(void (*visit)(struct fh_desc *d, void *context), void *context);

/* ------------------------------------------------------------------------------ resolve */

/* The live object that holds `address`, or ends there; null if none is known. */
struct fh_desc *fh_find_live(u64 address);
int fh_is_native(u64 address);
void fh_sort_objects(void);
extern u64 fh_live_stack; /* the youngest live stack object: a table offset */

struct fh_native { /* registered native memory */
    u64 handle;
    u32 stack;
    u32 pad;
};
extern struct fh_native *fh_natives;
extern u64 fh_native_count;

struct fh_open {
    u32 stack; /* 0: closed */
    char what[60];
};
#define FH_OPEN_LIMIT 1024
extern struct fh_open fh_opens[FH_OPEN_LIMIT];
void fh_inherit_opens(void); /* in the new process */

/* ------------------------------------------------------------------------------ threads */

#define FH_PER_THREAD 1ul /* the `signature` of a thread-local object */
extern u8 *fh_locals;      /* the contents of thread-local objects when the program starts */
extern u64 fh_locals_room; /* its bytes; 0: there are none */
void fh_locals_start(void);
void fh_locals_move(u8 *at, int back); /* the contents as they are, to `at`; or back from there */
extern u64 fh_side_low; /* where the side stack of this thread begins */
/* Ends all objects younger than `live` (0: all); the side stack's top is `top` again. */
void fh_side_unwind(u64 live, u64 top);
/* Shows what the threads hold that do not run now: objects, and words of stacks and registers.
 * Null until there is a second thread. */
extern void (*fh_thread_roots)(void (*scan)(u64 low, u64 n), void (*raw)(const u64 *words, u64 n));

/* ------------------------------------------------------------------------------ reports */

struct fh_message {
    struct fh_record record;
    u64 words[4 * FH_STACK_LIMIT + 64]; /* stacks, then text */
    u32 used; /* words */
};
void fh_message_start(struct fh_message *m, u32 kind, u32 code);
enum fh_which { FH_W_ACCESS, FH_W_ALLOC, FH_W_RELEASE, FH_W_OCCUPANT };
/* Add stacks in the order of fh_which. */
void fh_message_stack(struct fh_message *m, enum fh_which which, const u64 *frames, u32 n);
void fh_message_stack_id(struct fh_message *m, enum fh_which which, u32 id);
void fh_message_walk(struct fh_message *m, const void *frame);
void fh_message_text(struct fh_message *m, const char *text); /* several: NUL between */
void fh_message_send(struct fh_message *m, int wait);
void fh_channel_open(i32 fd);
int fh_channel_fork(void); /* in the new process */

/* Whether a finding with this key is new; counts it. `number` is its number. */
int fh_finding(u64 key, u32 *number);
u64 fh_key_of_cause(u64 cause, u64 key, int remember);
void fh_finding_counts(void);
extern u64 fh_findings;     /* distinct */
extern u64 fh_faults;       /* events */
extern u64 fh_consequences; /* faults through what an earlier one made up */
u64 fh_place(u32 site, const void *frame); /* the site, or the program's innermost pc */

void fh_free_proven(void *p); /* the live block at p of a proven program; no stack is kept */
void fh_tell_left(void); /* a fault that waits to be told */
void fh_free_fault(void *p, u64 h, u32 code, const void *frame);
FH_COLD void fh_layout_fault(void *p, u64 h, u64 size, u64 align, u64 own, const void *frame);
FH_NORETURN void fh_bad_longjmp(void *p, u64 h, u32 site, const void *frame);
void fh_read_only_fault(u64 address, u64 h, const void *frame, u64 pc);
void fh_size_fault(u64 asked, const char *function, const void *frame, u32 site);
void fh_exhausted(u64 asked, const void *frame);
void fh_alloc_failed(const void *frame);

/* ------------------------------------------------------------------------------ the end */

struct fh_roots { /* where the stack and the registers are to be scanned */
    const u64 *registers;
    u64 register_count;
    u64 stack_low;
};
void fh_leak_check(const struct fh_roots *roots);
void fh_holders(u64 asked);
FH_NORETURN void fh_finish(i32 status);   /* flush, counts, summary, _exit */
FH_NORETURN void fh_die(i32 signal);      /* by its default action */
FH_NORETURN void fh_end_faults(const void *frame);
void fh_signals_start(void);
void fh_summary(void);
void fh_ending_stack_overflow(u64 side_bytes, u32 site, const void *frame);
void fl_start(void); /* the libc wrappers: streams, and libc's variables */
extern const char *fh_ending_words;
extern u32 fh_leaks_done;
extern struct fh_range fh_native_stack;

#endif
