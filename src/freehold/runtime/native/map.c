/* Reserves the memory map: docs/architecture.md has the picture. */
#include "fh_core.h"

struct region {
    u64 at;
    u64 n;
    const char *name;
};

/* What FH_SHADOW_ADD and the end of FH_HANDLE_ADD shift the last shadows by, and more. */
#define SLACK 0x400000ul

static const struct region regions[] = {
    {FH_TABLE, FH_TABLE_BYTES, "the descriptor table"},
    {0x200000000000ul, 0x200000000000ul + SLACK, "the shadow of the mapped area"},
    {0x050000000000ul, 0x020000000000ul + SLACK, "the shadow of the executable"},
    {0x150000000000ul, 0x020000000000ul + SLACK, "the handle shadow of the executable"},
    {0x500000000000ul, 0x000100000000ul + SLACK, "the shadow of the low addresses"},
    {0x600000000000ul, 0x000100000000ul + SLACK, "the handle shadow of the low addresses"},
    {FH_HEAP_AT, FH_HEAP_BYTES, "the heap"},
    {FH_SIDE_AT, FH_SIDE_BYTES, "the stack of escaping locals"},
    {FH_ZEROS, FH_SPARE_BYTES, "the page of zeros"},
    {FH_SINK, FH_SPARE_BYTES, "the sink"},
    {FH_OWN_AT, FH_OWN_BYTES, "the run time's tables"},
};

static int reserve(u64 at, u64 n, int protection)
{
    int flags = SYS_MAP_PRIVATE | SYS_MAP_ANONYMOUS | SYS_MAP_NORESERVE | SYS_MAP_FIXED_NOREPLACE;
    return mmap((void *)at, n, protection, flags, -1, 0) == (void *)at;
}

/* Whether an address is ours, and so none of native code's. The program's stack is not counted. */
int fh_map_owns(u64 address)
{
    for (u64 i = 0; i < sizeof regions / sizeof regions[0]; i++) {
        if (fh_within(address, regions[i].at, regions[i].n))
            return 1;
    }
    return 0;
}

/* The stack grows down onto a guard as large as itself, so that a frame cannot step over it. */
static int reserve_stack(u64 n)
{
    fh_native_stack.low = FH_NATIVE_STACK + n;
    fh_native_stack.high = FH_NATIVE_STACK + 2 * n;
    return reserve(FH_NATIVE_STACK, n, SYS_PROT_NONE) && reserve(FH_NATIVE_STACK + n, n, SYS_PROT_RW);
}

/* A heap block is touched in four places: itself, both of its shadows, its descriptor. */
static void prefer_huge_pages(void)
{
    madvise((void *)FH_TABLE, FH_TABLE_BYTES, SYS_HUGEPAGE);
    madvise((void *)FH_HEAP_AT, FH_HEAP_BYTES, SYS_HUGEPAGE);
    madvise(FH_INIT(FH_HEAP_AT), FH_HEAP_BYTES, SYS_HUGEPAGE);
    madvise(&FH_HANDLE(FH_HEAP_AT), FH_HEAP_BYTES, SYS_HUGEPAGE);
}

const char *fh_map_reserve(void)
{
    u64 count = sizeof regions / sizeof regions[0];
    for (u64 i = 0; i < count; i++) {
        if (!reserve(regions[i].at, regions[i].n, SYS_PROT_RW))
            return regions[i].name;
    }
    madvise((void *)FH_OWN_AT, FH_OWN_BYTES, SYS_NOHUGEPAGE);
    prefer_huge_pages();
    if (!reserve_stack(fh_config.native_stack))
        return "the program's stack";
    return 0;
}
