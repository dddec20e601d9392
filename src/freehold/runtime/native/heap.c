/* malloc and its family.
 *
 * A block lives in a slot; a slot has one descriptor for good, so that a free list is a list of
 * descriptors and the memory of a dead block keeps its bytes. A slot is always larger than its
 * block: the address just past a block is the block's own, and belongs to no neighbour.
 *
 *   small  slots of 16, 32 .. 1024 bytes, then four sizes to a doubling up to 32 KiB, cut from runs
 *          of equal slots; a table by 64 KiB unit finds the run of an address
 *   big    four sizes to a doubling; each stands alone, in address order in a table
 */
#include "fh_core.h"

struct run {
    u64 base;
    u64 slot;  /* bytes */
    u64 count;
    u64 desc; /* table offset of the first slot's descriptor */
};

struct big {
    u64 base;
    u64 slot;
    u64 desc;
};

#define SMALL_CLASSES 65u
#define CLASSES 192u
#define UNIT 65536ul
#define RELEASE_ABOVE (32ul << 20) /* dead big blocks keep their bytes up to here in all */
#define PAGE 4096ul
#define FORGOTTEN (256 * 1024ul)

struct fh_heap_totals fh_totals;
u64 fh_next_desc;
u64 fh_deaths;

#define LINE 64ul /* bytes of a line of the cache */

static u64 free_list[CLASSES];  /* table offsets */
static u64 fresh_run[CLASSES];  /* number + 1 of the run that new slots are cut from */
static u64 fresh_slot[CLASSES]; /* how many of it are used */
static u64 runs, bigs;
static u64 slots_top = FH_HEAP_AT + UNIT; /* address 0x7000_0000_0000 itself is never a block */
static u64 bigs_top = FH_BIGS_HEAP + UNIT;
static u64 dead_big_bytes;
static u32 exhausted_once;

/* A block begins `shift` bytes into its slot, fewer than 16: they are never its own. */
#define SHIFT_OF(base) ((u64)(base) & 15)

#define RUN(i) ((struct run *)FH_RUNS_AT + (i))
#define BIG(i) ((struct big *)FH_BIGS_AT + (i))
#define RUN_OF_UNIT(a) (((u32 *)FH_UNITS_AT)[((a) - FH_HEAP_AT) / UNIT])

/* ------------------------------------------------------------------------------ size classes */

/* The slot of class c is larger than n. class(n) = n/16 + 1 up to 1023, then by the top 3 bits. */
FH_INLINE u32 class_of(u64 n)
{
    if (FH_LIKELY(n < 1024))
        return (u32)(n >> 4) + 1;
    u32 log = 63 - (u32)__builtin_clzl(n);
    return SMALL_CLASSES + (log - 10) * 4 + (u32)((n >> (log - 2)) & 3);
}

static u64 slot_of(u32 class)
{
    if (class < SMALL_CLASSES)
        return class * 16ul;
    u32 log = 10 + (class - SMALL_CLASSES) / 4;
    u64 quarter = 1ul << (log - 2);
    u64 slot = (1ul << log) + quarter * ((class - SMALL_CLASSES) % 4 + 1);
    /* An odd number of cache lines, or equal places in neighbours would fall into one set. */
    return slot <= FH_SLOT_MAX + 1 ? slot + LINE : slot;
}

/* ------------------------------------------------------------------------------ new slots */

static struct fh_desc *describe(u64 base, u32 class)
{
    struct fh_desc *d = fh_new_desc();
    d->base_tag = FH_BASE_TAG(d, base, 0);
    d->kind = FH_HEAP | FH_DEAD;
    d->extra = class;
    return d;
}

static int new_run(u32 class)
{
    u64 slot = slot_of(class);
    u64 n = slot * 8 > UNIT ? (slot * 8 + UNIT - 1) / UNIT * UNIT : UNIT;
    u64 table = fh_next_desc + n / slot * FH_DESC_BYTES;
    if (slots_top + n > FH_BIGS_HEAP || table > FH_TABLE_BYTES)
        return 0;
    struct run *run = RUN(runs++);
    run->base = slots_top;
    run->slot = slot;
    run->count = n / slot;
    run->desc = fh_next_desc;
    fh_next_desc += run->count * FH_DESC_BYTES;
    for (u64 at = slots_top; at < slots_top + n; at += UNIT)
        RUN_OF_UNIT(at) = (u32)runs;
    slots_top += n;
    fresh_run[class] = runs;
    fresh_slot[class] = 0;
    return 1;
}

static struct fh_desc *cut_slot(u32 class)
{
    if (!fresh_run[class] || fresh_slot[class] == RUN(fresh_run[class] - 1)->count) {
        if (!new_run(class))
            return 0;
    }
    struct run *run = RUN(fresh_run[class] - 1);
    u64 i = fresh_slot[class]++;
    struct fh_desc *d = FH_DESC(run->desc + i * FH_DESC_BYTES);
    d->base_tag = FH_BASE_TAG(d, run->base + i * run->slot, 0);
    d->extra = class;
    return d;
}

static struct fh_desc *new_big(u32 class, u64 align)
{
    u64 slot = slot_of(class);
    u64 base = (bigs_top + align - 1) / align * align;
    if (slot > FH_SLOTS_BYTES || base + slot > FH_HEAP_AT + FH_HEAP_BYTES)
        return 0;
    struct big *big = BIG(bigs++);
    struct fh_desc *d = describe(base, class);
    big->base = base;
    big->slot = slot;
    big->desc = FH_OFFSET(d);
    bigs_top = base + (slot + PAGE - 1) / PAGE * PAGE;
    return d;
}

/* ------------------------------------------------------------------------------ old slots */

/* What the last block of a slot was goes to the ring of deaths before the next one moves in. */
FH_INLINE void bury_last(struct fh_desc *d)
{
    if (FH_GENERATION(d->base_tag))
        fh_bury(FH_HANDLE_OF(d) - FH_ONE_GENERATION, FH_DEAD_SIZE(d), d->alloc_stack,
                d->free_stack);
}

FH_INLINE struct fh_desc *pop(u32 class)
{
    u64 offset = free_list[class];
    if (FH_UNLIKELY(!offset))
        return 0;
    struct fh_desc *d = FH_DESC(offset);
    free_list[class] = d->link;
    return d;
}

static struct fh_desc *pop_aligned(u32 class, u64 align)
{
    u64 *link = &free_list[class];
    for (; *link; link = &FH_DESC(*link)->link) {
        struct fh_desc *d = FH_DESC(*link);
        if ((FH_BASE(d) - SHIFT_OF(FH_BASE(d))) % align == 0) {
            *link = d->link;
            return d;
        }
    }
    return 0;
}

static void drop_pages(u64 at, u64 n)
{
    u64 low = (at + PAGE - 1) / PAGE * PAGE, high = (at + n) / PAGE * PAGE;
    if (low < high)
        madvise((void *)low, high - low, SYS_DONTNEED);
}

/* Forgets the shadow of a reused big slot, whose pages are all its own. */
static void clear_big(u64 base, u64 n)
{
    if (n < 256 * 1024)
        memset(FH_INIT(base), FH_UNINIT, n);
    else
        drop_pages((u64)FH_INIT(base), n + PAGE - 1);
}

/* ------------------------------------------------------------------------------ allocate */

FH_INLINE void clear_shadow(u64 base, u64 n)
{
    u64 *word = (u64 *)FH_INIT(base);
    if (FH_LIKELY(n <= 256)) {
        for (u64 i = 0; i < n; i += 16, word += 2) {
            word[0] = 0;
            word[1] = 0;
        }
    } else {
        memset(word, FH_UNINIT, n);
    }
}

/* Without a shadow, what the slot's last block held would look to the leak check like pointers. */
FH_INLINE void forget(const struct fh_desc *d, u64 base, u64 n)
{
    if (!FH_GENERATION(d->base_tag) || n > FORGOTTEN)
        return;
    if (FH_LIKELY(n <= 64)) {
        u64 *word = (u64 *)base;
        for (u64 i = 0; i < n; i += 16, word += 2) {
            word[0] = 0;
            word[1] = 0;
        }
    } else {
        memset((void *)base, 0, n);
    }
}

FH_COLD static struct fh_desc *slow_slot(u32 class, u64 n)
{
    if (n <= FH_SLOT_MAX)
        return cut_slot(class);
    struct fh_desc *d = pop(class);
    if (!d)
        return new_big(class, PAGE);
    dead_big_bytes -= FH_DEAD_SIZE(d) < dead_big_bytes ? FH_DEAD_SIZE(d) : dead_big_bytes;
    return d;
}

FH_COLD static void refuse(u64 n, const void *frame)
{
    if (fh_totals.allocations == fh_config.fail_alloc)
        fh_alloc_failed(frame);
    else if (n >> 47 == 0 && !exhausted_once++)
        fh_exhausted(n, frame);
}

/* Counts an allocation; whether it may succeed. */
FH_INLINE int admit(u64 n, const void *frame)
{
    u64 number = ++fh_totals.allocations;
    u64 room = fh_config.memory_limit - fh_totals.live;
    if (FH_LIKELY(number != fh_config.fail_alloc && n <= room && n >> 47 == 0))
        return 1;
    refuse(n, frame);
    return 0;
}

FH_INLINE void count_block(u64 n)
{
    fh_totals.blocks++;
    fh_totals.bytes += n;
    fh_totals.live += n;
    if (fh_totals.live > fh_totals.peak)
        fh_totals.peak = fh_totals.live;
}

FH_INLINE struct fh_ptr occupy(struct fh_desc *d, u64 n, u64 shift, u32 stack)
{
    if (!fh_proven) /* else nobody asks for the dead */
        bury_last(d);
    u64 base = FH_BASE(d);
    if (FH_UNLIKELY(SHIFT_OF(base) != shift)) {
        d->base_tag += shift - SHIFT_OF(base);
        base = FH_BASE(d);
    }
    d->size = n;
    d->init = 0;
    d->bare = 0;
    d->alloc_stack = stack;
    d->kind = FH_HEAP;
    count_block(n);
    if (FH_UNLIKELY(fh_proven))
        forget(d, base, n);
    else if (FH_LIKELY(n + shift <= FH_SLOT_MAX))
        clear_shadow(base - shift, n + shift);
    else if (FH_GENERATION(d->base_tag))
        clear_big(base - shift, n + shift);
    if (FH_UNLIKELY(fh_tracing))
        fh_trace_begin(d);
    return (struct fh_ptr){(void *)base, FH_HANDLE_OF(d)};
}

FH_COLD static struct fh_ptr no_memory(void)
{
    *__errno_location() = SYS_ENOMEM;
    return (struct fh_ptr){0, FH_NULL_HANDLE};
}

FH_INLINE struct fh_ptr allocate(u64 n, u64 shift, u32 stack)
{
    u32 class = class_of(n + shift);
    struct fh_desc *d = n + shift <= FH_SLOT_MAX ? pop(class) : 0;
    if (FH_UNLIKELY(!d)) {
        d = slow_slot(class, n + shift);
        if (!d)
            return no_memory();
    }
    return occupy(d, n, shift, stack);
}

struct fh_ptr fh_malloc(u64 n)
{
    const void *frame = __builtin_frame_address(0);
    if (FH_UNLIKELY(!admit(n, frame)))
        return n >> 63 ? (fh_size_fault(n, "malloc", frame, 0), no_memory()) : no_memory();
    return allocate(n, 0, fh_stack_id(frame));
}

/* A big slot that lived before may hold bytes; a fresh one is zero pages. */
static void zero(struct fh_ptr block, u64 n)
{
    u64 shift = SHIFT_OF(block.p);
    if (n + shift <= FH_SLOT_MAX)
        memset(block.p, 0, n);
    else if (FH_GENERATION(block.h))
        drop_pages((u64)block.p - shift, n + shift + PAGE - 1);
}

FH_INLINE struct fh_ptr allocate_zeroed(u64 n, u64 shift, const void *frame)
{
    if (FH_UNLIKELY(!admit(n, frame)))
        return no_memory();
    struct fh_ptr block = allocate(n, shift, fh_stack_id(frame));
    if (block.p) {
        zero(block, n);
        if (!fh_proven)
            fh_wrote(block.p, block.h, n);
    }
    return block;
}

struct fh_ptr fh_calloc(u64 count, u64 n)
{
    const void *frame = __builtin_frame_address(0);
    u64 bytes;
    if (__builtin_mul_overflow(count, n, &bytes)) {
        fh_totals.allocations++;
        fh_size_fault(n, "calloc", frame, 0);
        return no_memory();
    }
    return allocate_zeroed(bytes, 0, frame);
}

/* The smallest class, from n's own on, whose slots all lie on multiples of `align`. */
static u32 class_aligned(u64 n, u64 align)
{
    u32 class = class_of(n);
    while (slot_of(class) % align != 0)
        class++;
    return class;
}

struct fh_ptr fh_aligned(u64 align, u64 n)
{
    const void *frame = __builtin_frame_address(0);
    struct fh_desc *d;
    if (!admit(n, frame))
        return no_memory();
    if (align <= 16)
        return allocate(n, 0, fh_stack_id(frame));
    u32 class = align <= LINE ? class_aligned(n, align) : 0;
    if (align <= LINE && n <= FH_SLOT_MAX) {
        d = pop(class);
        if (!d)
            d = cut_slot(class);
    } else {
        class = class_of(n > FH_SLOT_MAX ? n : FH_SLOT_MAX + 1);
        d = pop_aligned(class, align);
        if (!d)
            d = new_big(class, align > PAGE ? align : PAGE);
    }
    return d ? occupy(d, n, 0, fh_stack_id(frame)) : no_memory();
}

/* At a multiple of `align`, less than 16, that is none of twice that. */
struct fh_ptr fh_exactly(u64 align, u64 n, u32 zeroed)
{
    const void *frame = __builtin_frame_address(0);
    if (zeroed)
        return allocate_zeroed(n, align, frame);
    return admit(n, frame) ? allocate(n, align, fh_stack_id(frame)) : no_memory();
}

/* ------------------------------------------------------------------------------ release */

FH_COLD static void release_big(struct fh_desc *d)
{
    u64 n = FH_DEAD_SIZE(d);
    dead_big_bytes += n;
    if (dead_big_bytes <= RELEASE_ABOVE)
        return;
    dead_big_bytes -= n;
    drop_pages(FH_BASE(d), n);
    drop_pages((u64)FH_INIT(FH_BASE(d)), n);
    drop_pages((u64)&FH_HANDLE(FH_BASE(d)), n);
}

FH_INLINE void release(struct fh_desc *d, u32 stack)
{
    u64 n = d->size;
    u32 class = d->extra & 0xff;
    if (FH_UNLIKELY(fh_tracing))
        fh_trace_end(FH_HANDLE_OF(d));
    d->free_stack = stack;
    d->kind = FH_HEAP | FH_DEAD;
    d->size = 0;
    d->init = 0;
    d->bare = 0;
    d->extra = class | n << 8;
    d->base_tag += FH_ONE_GENERATION;
    fh_totals.live -= n;
    fh_totals.frees++;
    if (FH_UNLIKELY(n > FH_SLOT_MAX))
        release_big(d);
    if (FH_UNLIKELY(FH_GENERATION(d->base_tag) == FH_LAST_GENERATION))
        return; /* retired, and its slot with it */
    d->link = free_list[class];
    free_list[class] = FH_OFFSET(d);
}

FH_INLINE int is_block(const void *p, u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    return d->base_tag == FH_BASE_TAG(d, p, h) && d->kind == FH_HEAP;
}

FH_COLD static u32 bad_free_code(u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    u32 kind = FH_KIND(d);
    if (FH_GENERATION(h) != FH_GENERATION(d->base_tag))
        return kind == FH_HEAP ? FH_X_DOUBLE_FREE : FH_X_FREE_NON_HEAP;
    if (kind == FH_FILE || kind == FH_DIR || kind == FH_MMAP)
        return FH_X_MISMATCH;
    return kind == FH_HEAP ? FH_X_FREE_INTERIOR : FH_X_FREE_NON_HEAP;
}

/* A pointer that native code handed over: our own block after all, or one of libc's. */
FH_COLD static void free_foreign(void *p, const void *frame)
{
    u64 h = fh_resolve(p);
    if (h == FH_FOREIGN_HANDLE)
        free(p);
    else if (is_block(p, h))
        release(FH_DESC(h), fh_stack_id(frame));
    else
        fh_free_fault(p, h, bad_free_code(h), frame);
}

void fh_free(void *p, u64 h)
{
    const void *frame = __builtin_frame_address(0);
    if (!p)
        return;
    if (FH_LIKELY(is_block(p, h)))
        release(FH_DESC(h), fh_stack_id(frame));
    else if (h == FH_FOREIGN_HANDLE)
        free_foreign(p, frame);
    else
        fh_free_fault(p, h, bad_free_code(h), frame);
}

void fh_free_proven(void *p)
{
    struct fh_desc *d = fh_heap_slot((u64)p);
    if (FH_LIKELY(d && d->kind == FH_HEAP))
        release(d, 0);
}

/* ------------------------------------------------------------------------------ realloc */

/* The block keeps its place but is a new one: pointers to the old one dangle, as C says. */
static struct fh_ptr renew(struct fh_desc *d, u64 n, u32 stack)
{
    u64 old = d->size, base = FH_BASE(d);
    if (FH_UNLIKELY(fh_tracing))
        fh_trace_end(FH_HANDLE_OF(d));
    if (!fh_proven)
        fh_bury(FH_HANDLE_OF(d), old, d->alloc_stack, stack);
    d->base_tag += FH_ONE_GENERATION;
    d->extra = (d->extra & 0xff) | old << 8;
    d->size = n;
    d->alloc_stack = stack;
    d->free_stack = stack;
    fh_totals.live -= old;
    fh_totals.frees++;
    count_block(n);
    if (n > old && !fh_proven)
        memset(FH_INIT(base + old), FH_UNINIT, n - old);
    d->init = d->init < n ? d->init : n;
    d->bare = d->bare < n ? d->bare : n;
    if (FH_UNLIKELY(fh_tracing)) {
        fh_trace_begin(d);
        fh_trace_write((void *)base, n < old ? n : old);
    }
    return (struct fh_ptr){(void *)base, FH_HANDLE_OF(d)};
}

/* A bad block to grow: the program gets a good one, and its bytes count as initialised. */
FH_COLD static struct fh_ptr realloc_bad(void *p, u64 h, u64 n, const void *frame)
{
    fh_free_fault(p, h, bad_free_code(h), frame);
    struct fh_ptr block = fh_malloc(n);
    if (block.p)
        fh_wrote(block.p, block.h, n);
    return block;
}

struct fh_ptr fh_realloc(void *p, u64 h, u64 n)
{
    const void *frame = __builtin_frame_address(0);
    struct fh_desc *d = FH_DESC(h);
    if (!p) {
        return admit(n, frame) ? allocate(n, 0, fh_stack_id(frame)) : no_memory();
    }
    if (h == FH_FOREIGN_HANDLE)
        d = FH_DESC(h = fh_resolve(p));
    if (!is_block(p, h))
        return realloc_bad(p, h, n, frame);
    if (n == 0) {
        release(d, fh_stack_id(frame));
        return (struct fh_ptr){0, FH_NULL_HANDLE};
    }
    if (!admit(n, frame))
        return n >> 63 ? (fh_size_fault(n, "realloc", frame, 0), no_memory()) : no_memory();
    u32 stack = fh_stack_id(frame);
    u64 shift = SHIFT_OF(p);
    int fits = class_of(n + shift) == (d->extra & 0xff);
    int stays = fits && FH_GENERATION(d->base_tag) + 2 < FH_LAST_GENERATION;
    struct fh_ptr block = stays ? renew(d, n, stack) : allocate(n, shift, stack);
    if (block.p && !stays) {
        u64 kept = n < d->size ? n : d->size;
        if (fh_proven)
            memcpy(block.p, p, kept);
        else
            fh_copy(block.p, block.h, p, h, kept);
        release(d, stack);
    }
    if (FH_UNLIKELY(fh_tracing) && block.p)
        fh_trace_renew(h);
    return block;
}

u64 fh_usable(const void *p, u64 h) { return p && is_block(p, h) ? FH_DESC(h)->size : 0; }

/* ------------------------------------------------------------------------------ look-up */

static struct fh_desc *big_slot(u64 address)
{
    u64 low = 0, high = bigs;
    while (low < high) {
        u64 middle = (low + high) / 2;
        if (BIG(middle)->base <= address)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low || address - BIG(low - 1)->base >= BIG(low - 1)->slot)
        return 0;
    return FH_DESC(BIG(low - 1)->desc);
}

struct fh_desc *fh_heap_slot(u64 address)
{
    if (address >= FH_BIGS_HEAP)
        return big_slot(address);
    u32 number = RUN_OF_UNIT(address);
    if (!number)
        return 0;
    struct run *run = RUN(number - 1);
    u64 i = (u32)(address - run->base) / (u32)run->slot; /* runs are small; so is this division */
    if (i >= run->count)
        return 0;
    struct fh_desc *d = FH_DESC(run->desc + i * FH_DESC_BYTES);
    return d->base_tag ? d : 0;
}

void fh_heap_each(void (*visit)(struct fh_desc *d, void *context), void *context)
{
    for (u64 r = 0; r < runs; r++) {
        for (u64 i = 0; i < RUN(r)->count; i++) {
            struct fh_desc *d = FH_DESC(RUN(r)->desc + i * FH_DESC_BYTES);
            if (!d->base_tag)
                break; /* slots are cut in order */
            visit(d, context);
        }
    }
    for (u64 i = 0; i < bigs; i++)
        visit(FH_DESC(BIG(i)->desc), context);
}
