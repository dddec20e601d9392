/* Variable arguments: a block of typed values, walked by the program's va_list. */
#include "fh_core.h"

static struct fh_vararg nothing;

void fh_vararg_fault(u32 code, u32 site, u64 wanted, u64 passed, const void *frame);

/* The va_list to work on; null when it is none. */
static struct fh_va_list *list_at(void *ap, u64 h, int live, u32 site, const void *frame)
{
    struct fh_va_list *list = ap;
    if (!fh_ok(ap, h, sizeof *list)) {
        fh_fault_write(ap, h, sizeof *list, site);
        return 0;
    }
    if (live && (fh_uninit_at(ap, sizeof *list) < sizeof *list || list->magic != FH_VA_LIVE)) {
        fh_vararg_fault(FH_X_VARARG_LIST, site, 0, 0, frame);
        return 0;
    }
    return list;
}

static void begin(struct fh_va_list *list, struct fh_varargs *args, u64 next)
{
    list->args = args;
    list->next = next;
    list->magic = FH_VA_LIVE;
    memset(FH_INIT(list), FH_PLAIN, sizeof *list);
}

void fh_va_start(void *ap, u64 h, struct fh_varargs *args, u32 site)
{
    struct fh_va_list *list = list_at(ap, h, 0, site, __builtin_frame_address(0));
    if (list)
        begin(list, args, 0);
}

void fh_va_copy(void *to, u64 to_h, void *from, u64 from_h, u32 site)
{
    const void *frame = __builtin_frame_address(0);
    struct fh_va_list *source = list_at(from, from_h, 1, site, frame);
    struct fh_va_list *target = list_at(to, to_h, 0, site, frame);
    if (source && target)
        begin(target, source->args, source->next);
}

void fh_va_end(void *ap, u64 h, u32 site)
{
    struct fh_va_list *list = list_at(ap, h, 1, site, __builtin_frame_address(0));
    if (list)
        list->magic = 0;
}

/* C11 7.16.1.1: signed and unsigned agree, and all object pointers do. An integer as wide as a
 * pointer is let pass for one. */
static int agree(u32 wanted, u32 passed)
{
    u32 want = FH_VT_CLASS(wanted), pass = FH_VT_CLASS(passed);
    if (want == FH_VT_POINTER && pass == FH_VT_INT)
        return FH_VT_BITS(passed) == 64;
    if (want == FH_VT_INT && pass == FH_VT_POINTER)
        return FH_VT_BITS(wanted) == 64;
    if (want != pass)
        return 0;
    return want == FH_VT_POINTER || want == FH_VT_AGGREGATE ||
           FH_VT_BITS(wanted) == FH_VT_BITS(passed);
}

/* A wrong integer width still gives the value, as it does on the machine. */
static struct fh_vararg *converted(const struct fh_vararg *item, u32 wanted)
{
    static struct fh_vararg copy;
    if (FH_VT_CLASS(wanted) != FH_VT_INT || FH_VT_CLASS(item->type) != FH_VT_INT)
        return &nothing;
    i64 value = *(const i64 *)item->value;
    if (FH_VT_BITS(item->type) == 32)
        value = FH_VT_SIGNED(item->type) ? (i64)(i32)value : (i64)(u32)value;
    memset(&copy, 0, sizeof copy);
    *(i64 *)copy.value = value;
    return &copy;
}

struct fh_vararg *fh_va_arg(void *ap, u64 h, u32 type, u32 site)
{
    const void *frame = __builtin_frame_address(0);
    struct fh_va_list *list = list_at(ap, h, 1, site, frame);
    if (!list)
        return &nothing;
    struct fh_varargs *args = list->args;
    u64 number = list->next++;
    if (number >= args->count) {
        fh_vararg_fault(FH_X_VARARG_COUNT, site, number + 1, args->count, frame);
        return &nothing;
    }
    struct fh_vararg *item = &args->items[number];
    if (!agree(type, item->type)) {
        fh_vararg_fault(FH_X_VARARG_TYPE, site, type, item->type, frame);
        return converted(item, type);
    }
    if (FH_VT_CLASS(type) == FH_VT_POINTER && FH_VT_CLASS(item->type) == FH_VT_INT)
        item->handle = fh_resolve(*(void **)item->value);
    return item;
}
