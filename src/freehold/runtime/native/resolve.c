/* From an address to the object that it points to, for pointers that carry no handle. */
#include "fh_core.h"

u64 fh_made_up;
u64 fh_live_stack;
struct fh_native *fh_natives;
u64 fh_native_count;

static struct fh_native first_natives[64];
static u64 native_room;
static u64 sorted;

#define SORTED ((u64 *)FH_SORTED_AT) /* table offsets of objects, by base */

/* ------------------------------------------------------------------------------ objects */

static void sift(u64 *items, u64 at, u64 n)
{
    for (;;) {
        u64 child = 2 * at + 1;
        if (child >= n)
            return;
        if (child + 1 < n && FH_BASE(FH_DESC(items[child + 1])) > FH_BASE(FH_DESC(items[child])))
            child++;
        if (FH_BASE(FH_DESC(items[at])) >= FH_BASE(FH_DESC(items[child])))
            return;
        u64 swap = items[at];
        items[at] = items[child];
        items[child] = swap;
        at = child;
    }
}

/* Heap sort: once, when the first address is to be resolved. */
void fh_sort_objects(void)
{
    u64 n = fh_object_count();
    if (sorted || !n)
        return;
    for (u64 i = 0; i < n; i++)
        SORTED[i] = (FH_FIRST_OBJECT + i) * FH_DESC_BYTES;
    for (u64 i = n / 2; i-- > 0;)
        sift(SORTED, i, n);
    for (u64 end = n; end-- > 1;) {
        u64 swap = SORTED[0];
        SORTED[0] = SORTED[end];
        SORTED[end] = swap;
        sift(SORTED, 0, end);
    }
    sorted = n;
}

/* An object that holds the address, else one that ends at it. */
static struct fh_desc *find_object(u64 address)
{
    fh_sort_objects();
    u64 low = 0, high = sorted;
    while (low < high) {
        u64 middle = (low + high) / 2;
        if (FH_BASE(FH_DESC(SORTED[middle])) <= address)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low)
        return 0;
    struct fh_desc *d = FH_DESC(SORTED[low - 1]);
    return address - FH_BASE(d) <= d->size ? d : 0;
}

/* ------------------------------------------------------------------------------ the rest */

static struct fh_desc *find_local(u64 address)
{
    struct fh_desc *end = 0;
    for (u64 at = fh_live_stack; at; at = FH_DESC(at)->link) {
        struct fh_desc *d = FH_DESC(at);
        u64 offset = address - FH_BASE(d);
        if (offset < d->size || offset == 0)
            return d;
        if (offset == d->size)
            end = d;
    }
    return end;
}

static struct fh_desc *find_native(u64 address)
{
    for (u64 i = 0; i < fh_native_count; i++) {
        struct fh_desc *d = FH_DESC(fh_natives[i].handle);
        if (address - FH_BASE(d) < d->size) /* libc's strings lie side by side */
            return d;
    }
    return 0;
}

/* Mapped, and not by us: memory of native code. Page 0 and garbage are not. */
static int is_foreign(u64 address)
{
    u8 residency;
    return address >> 47 == 0 && !fh_map_owns(address) &&
           mincore((void *)(address & ~4095ul), 1, &residency) == 0;
}

struct fh_desc *fh_find_live(u64 address)
{
    struct fh_desc *d;
    if (fh_within(address, FH_HEAP_AT, FH_HEAP_BYTES)) {
        d = fh_heap_slot(address);
        return d && d->kind == FH_HEAP ? d : 0;
    }
    if (fh_within(address, FH_SIDE_AT, FH_SIDE_BYTES))
        return find_local(address);
    d = find_object(address);
    return d ? d : find_native(address);
}

/* Where mappings, the executable, and the heap of an executable at a fixed address may lie. */
static int has_shadow(u64 address)
{
    return address >> 44 == 7 || address >> 40 == 0x55 || address >> 40 == 0x56 ||
           (address >= 65536 && address < 0x100000000ul);
}

/* Whether an address lies in memory of which we know nothing, but that it is not ours. */
int fh_is_native(u64 address)
{
    return has_shadow(address) && has_shadow(address + 65536) &&
           !fh_within(address, FH_HEAP_AT, FH_HEAP_BYTES) &&
           !fh_within(address, FH_SIDE_AT, FH_SIDE_BYTES) &&
           !fh_within(address, fh_native_stack.low, fh_native_stack.high - fh_native_stack.low) &&
           !fh_find_live(address);
}

/* A dead block's address gives its last handle, so that its use is seen for what it is. */
u64 fh_resolve(const void *value)
{
    u64 address = (u64)value;
    struct fh_desc *d;
    if (address < 65536)
        return FH_NULL_HANDLE;
    if (fh_within(address, FH_HEAP_AT, FH_HEAP_BYTES)) {
        d = fh_heap_slot(address);
        if (d && d->kind != FH_HEAP && FH_GENERATION(d->base_tag))
            return FH_HANDLE_OF(d) - FH_ONE_GENERATION;
        return d && d->kind == FH_HEAP ? FH_HANDLE_OF(d) : FH_NULL_HANDLE;
    }
    if (fh_within(address, FH_ZEROS, FH_SINK + FH_SPARE_BYTES - FH_ZEROS))
        return fh_made_up;
    d = fh_find_live(address);
    if (d)
        return FH_HANDLE_OF(d);
    return is_foreign(address) ? FH_FOREIGN_HANDLE : FH_NULL_HANDLE;
}

u64 fh_load_handle(const void *address, const void *value)
{
    if (fh_within((u64)address, FH_ZEROS, FH_SINK + FH_SPARE_BYTES - FH_ZEROS))
        return fh_made_up;
    if (((u64)address & 7) == 0 && *(const u64 *)FH_INIT(address) == FH_ALL_TAGGED)
        return FH_HANDLE(address); /* a fault has tagged it meanwhile */
    return value ? fh_resolve(value) : FH_NULL_HANDLE;
}

/* ------------------------------------------------------------------------------ native memory */

static void grow_natives(void)
{
    if (!fh_natives) {
        fh_natives = first_natives;
        native_room = sizeof first_natives / sizeof first_natives[0];
    } else if (fh_native_count == native_room) {
        u64 bytes = native_room * sizeof(struct fh_native);
        struct fh_native *wider = mmap(0, bytes * 2, SYS_PROT_RW,
                                       SYS_MAP_PRIVATE | SYS_MAP_ANONYMOUS, -1, 0);
        memcpy(wider, fh_natives, bytes);
        fh_natives = wider;
        native_room *= 2;
    }
}

static u64 native_pool; /* free descriptors of native objects */

u64 fh_register(void *p, u64 n, u32 kind)
{
    struct fh_desc *d = native_pool ? FH_DESC(native_pool) : fh_new_desc();
    if (native_pool) {
        native_pool = d->link;
        fh_bury(FH_HANDLE_OF(d) - FH_ONE_GENERATION, FH_DEAD_SIZE(d), d->alloc_stack,
                d->free_stack);
    }
    d->base_tag = FH_BASE_TAG(d, p, d->base_tag);
    d->size = n;
    d->kind = kind;
    d->alloc_stack = fh_stack_id(__builtin_frame_address(0));
    grow_natives();
    fh_natives[fh_native_count].handle = FH_HANDLE_OF(d);
    fh_natives[fh_native_count++].stack = d->alloc_stack;
    return FH_HANDLE_OF(d);
}

void fh_unregister(u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    for (u64 i = 0; i < fh_native_count; i++) {
        if (fh_natives[i].handle == h) {
            fh_natives[i] = fh_natives[--fh_native_count];
            d->free_stack = fh_stack_id(__builtin_frame_address(0));
            d->extra = d->size << 8;
            d->size = 0;
            d->kind |= FH_DEAD;
            d->base_tag += FH_ONE_GENERATION;
            if (FH_GENERATION(d->base_tag) != FH_LAST_GENERATION) {
                d->link = native_pool;
                native_pool = FH_OFFSET(d);
            }
            return;
        }
    }
}

/* ------------------------------------------------------------------------------ descriptors */

struct fh_open fh_opens[FH_OPEN_LIMIT];

void fh_fd_open(i32 fd, const char *what)
{
    if (fd < 0 || fd >= FH_OPEN_LIMIT)
        return;
    struct fh_open *open = &fh_opens[fd];
    u64 n = what ? strlen(what) : 0;
    if (n > sizeof open->what - 1)
        n = sizeof open->what - 1;
    open->stack = fh_stack_id(__builtin_frame_address(0));
    if (what)
        memcpy(open->what, what, n);
    open->what[n] = 0;
}

void fh_fd_close(i32 fd)
{
    if (fd >= 0 && fd < FH_OPEN_LIMIT)
        fh_opens[fd].stack = 0;
}

/* A forked process has no duty to close what its parent opened. */
void fh_inherit_opens(void)
{
    for (u64 i = 0; i < fh_native_count; i++)
        fh_natives[i].stack = 0;
    for (u32 fd = 0; fd < FH_OPEN_LIMIT; fd++)
        fh_opens[fd].stack = 0;
}

/* ------------------------------------------------------------------------------ native calls */

#define QUEUE ((u64 *)FH_QUEUE_AT)

static u64 push_exposed(u64 n, const void *p, u64 h)
{
    struct fh_desc *d = FH_DESC(h);
    if (p && h != FH_FOREIGN_HANDLE && FH_TAG(h) == FH_TAG(d->base_tag) && d->size)
        QUEUE[n++] = FH_OFFSET(d);
    return n;
}

/* Native code may have written anything that it could reach: all of that is initialised now, and
 * its pointers are untagged, so that no word is followed twice. */
void fh_expose(const void *p, u64 h)
{
    u64 n = push_exposed(0, p, h);
    while (n) {
        struct fh_desc *d = FH_DESC(QUEUE[--n]);
        u64 base = FH_BASE(d), end = base + d->size;
        for (u64 at = (base + 7) & ~7ul; at + 8 <= end; at += 8) {
            if (*(u64 *)FH_INIT(at) == FH_ALL_TAGGED)
                n = push_exposed(n, *(void **)at, FH_HANDLE(at));
        }
        memset(FH_INIT(base), FH_PLAIN, d->size);
    }
}

/* A native function returned p. What native code keeps has no known extent: a good stretch of it
 * counts as initialised, and so does what is met beyond (see fh_fault_uninit). */
void fh_returned(const void *p)
{
    if (fh_is_native((u64)p))
        fh_shadow_set(p, 65536);
}
