/* See libc_format.h. */
#include <string.h>

#include "libc_format.h"

struct fl_arguments fl_direct(const char *function, struct fh_varargs *block)
{
    struct fl_arguments arguments = {.function = function, .block = block};
    return arguments;
}

struct fl_arguments fl_listed(const char *function, void *ap, u64 h)
{
    struct fl_arguments arguments = {.function = function};
    struct fh_va_list *list = ap;
    if (!fl_in(ap, h, sizeof *list))
        return arguments;
    if (list->magic != FH_VA_LIVE) {
        fh_report_text(604, function, "the va_list was not started, or has ended");
        return arguments;
    }
    arguments.block = list->args;
    arguments.first = arguments.next = list->next;
    arguments.list = list;
    return arguments;
}

void fl_arguments_end(struct fl_arguments *arguments)
{
    if (arguments->list)
        arguments->list->next = fl_min(arguments->next, arguments->block->count);
}

/* ------------------------------------------------------------------------------------- words */

static const char *const wanted[] = {
    [FL_W_INT] = "an int",
    [FL_W_LONG] = "a long",
    [FL_W_DOUBLE] = "a double",
    [FL_W_LONG_DOUBLE] = "a long double",
    [FL_W_POINTER] = "a pointer",
    [FL_W_CHARS] = "a pointer to char",
    [FL_W_WIDE] = "a pointer to wchar_t",
    [FL_W_SHORT_AT] = "a pointer to short",
    [FL_W_INT_AT] = "a pointer to int",
    [FL_W_LONG_AT] = "a pointer to long",
    [FL_W_FLOAT_AT] = "a pointer to float",
    [FL_W_DOUBLE_AT] = "a pointer to double",
    [FL_W_LONG_DOUBLE_AT] = "a pointer to long double",
    [FL_W_POINTER_AT] = "a pointer to a pointer",
};

static const char *const pointees[] = {
    [FH_VP_UNKNOWN] = "a pointer",
    [FH_VP_VOID] = "a pointer to void",
    [FH_VP_I8] = "a pointer to char",
    [FH_VP_I16] = "a pointer to short",
    [FH_VP_I32] = "a pointer to int",
    [FH_VP_I64] = "a pointer to long",
    [FH_VP_F32] = "a pointer to float",
    [FH_VP_F64] = "a pointer to double",
    [FH_VP_F80] = "a pointer to long double",
    [FH_VP_POINTER] = "a pointer to a pointer",
    [FH_VP_FUNCTION] = "a pointer to a function",
};

static const char *type_words(u32 type)
{
    int is_signed = FH_VT_SIGNED(type) != 0;
    switch (FH_VT_CLASS(type)) {
    case FH_VT_INT:
        if (FH_VT_BITS(type) == 128)
            return is_signed ? "an __int128" : "an unsigned __int128";
        if (FH_VT_BITS(type) == 64)
            return is_signed ? "a long" : "an unsigned long";
        return is_signed ? "an int" : "an unsigned int";
    case FH_VT_FLOAT:
        return FH_VT_BITS(type) == 64 ? "a double" : "a long double";
    case FH_VT_POINTER:
        return FH_VT_POINTEE(type) <= FH_VP_FUNCTION ? pointees[FH_VT_POINTEE(type)] : "a pointer";
    case FH_VT_COMPLEX:
        return "a complex number";
    default:
        return "a struct or union";
    }
}

/* ------------------------------------------------------------------------------------ fitting */

/* fits(want, type): the classes are equal, and integers and floats as wide; an integer's sign does
 * not matter. A pointer fits by what it points to, unless that is void or unknown. */
static int fits(enum fl_want want, u32 type)
{
    static const u8 to[] = {
        [FL_W_CHARS] = FH_VP_I8,         [FL_W_WIDE] = FH_VP_I32,
        [FL_W_SHORT_AT] = FH_VP_I16,     [FL_W_INT_AT] = FH_VP_I32,
        [FL_W_LONG_AT] = FH_VP_I64,      [FL_W_FLOAT_AT] = FH_VP_F32,
        [FL_W_DOUBLE_AT] = FH_VP_F64,    [FL_W_LONG_DOUBLE_AT] = FH_VP_F80,
        [FL_W_POINTER_AT] = FH_VP_POINTER,
    };
    u32 class = FH_VT_CLASS(type), bits = FH_VT_BITS(type), pointee = FH_VT_POINTEE(type);
    switch (want) {
    case FL_W_INT:
        return class == FH_VT_INT && bits <= 32;
    case FL_W_LONG:
        return class == FH_VT_INT && bits == 64;
    case FL_W_DOUBLE:
        return class == FH_VT_FLOAT && bits == 64;
    case FL_W_LONG_DOUBLE:
        return class == FH_VT_FLOAT && bits == 80;
    case FL_W_POINTER:
        return class == FH_VT_POINTER;
    default:
        return class == FH_VT_POINTER &&
               (pointee == FH_VP_VOID || pointee == FH_VP_UNKNOWN || pointee == to[want]);
    }
}

/* Whether an argument that does not fit can still be used as what is wanted. */
static int usable(enum fl_want want, u32 type)
{
    u32 class = FH_VT_CLASS(type);
    if (want <= FL_W_LONG)
        return class == FH_VT_INT || class == FH_VT_POINTER;
    if (want <= FL_W_LONG_DOUBLE)
        return class == FH_VT_FLOAT;
    return class == FH_VT_POINTER;
}

char *fl_spec(const struct fl_arguments *arguments, char to[FL_SPEC])
{
    u64 unit = arguments->spec_unit, n = 0;
    for (const char *at = arguments->spec; at < arguments->spec_end && n < FL_SPEC - 1; at += unit) {
        u32 c = unit == 1 ? *(const unsigned char *)at : *(const u32 *)at;
        to[n++] = c < 128 ? (char)c : '?';
    }
    to[n] = 0;
    return to;
}

static FH_COLD void report_missing(const struct fl_arguments *arguments)
{
    char spec[FL_SPEC];
    u64 count = arguments->block->count - fl_min(arguments->first, arguments->block->count);
    fl_report(603, arguments->function, "`%s` has no argument: %lu %s passed",
              fl_spec(arguments, spec), count, count == 1 ? "is" : "are");
}

static FH_COLD void report_misfit(const struct fl_arguments *arguments, u64 index,
                                  enum fl_want want)
{
    char spec[FL_SPEC];
    fl_report(603, arguments->function, "`%s` takes %s, but argument %lu after the format is %s",
              fl_spec(arguments, spec), wanted[want], index - arguments->first + 1,
              type_words(arguments->block->items[index].type));
}

struct fh_vararg *fl_argument(struct fl_arguments *arguments, u64 position, enum fl_want want)
{
    u64 index = position ? arguments->first + position - 1 : arguments->next++;
    struct fh_vararg *found;
    if (!arguments->block)
        return 0;
    if (index >= arguments->block->count) {
        report_missing(arguments);
        return 0;
    }
    found = &arguments->block->items[index];
    if (FH_LIKELY(fits(want, found->type)))
        return found;
    report_misfit(arguments, index, want);
    return usable(want, found->type) ? found : 0;
}

i64 fl_integer(const struct fh_vararg *argument)
{
    u64 value;
    memcpy(&value, argument->value, sizeof value);
    if (FH_VT_CLASS(argument->type) == FH_VT_INT && FH_VT_BITS(argument->type) <= 32)
        return FH_VT_SIGNED(argument->type) ? (i64)(i32)value : (i64)(u32)value;
    return (i64)value;
}

struct fh_ptr fl_pointer(const struct fh_vararg *argument)
{
    void *p;
    memcpy(&p, argument->value, sizeof p);
    return fl_ptr(p, argument->handle);
}
