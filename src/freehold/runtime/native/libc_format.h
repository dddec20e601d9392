/* What printf and scanf share: the arguments, and the words for one that does not fit. */
#ifndef LIBC_FORMAT_H
#define LIBC_FORMAT_H

#include "libc_support.h"

/* The arguments of one call. `at` is the next one to be taken in order. */
struct fl_arguments {
    const char *function;
    struct fh_varargs *block;
    u64 first; /* of a va_list, what earlier va_arg calls have taken */
    u64 next;
    struct fh_va_list *list; /* to be advanced at the end; 0 for a direct call */
    /* How the conversion at hand is spelt in the format, for reports. */
    const char *spec;
    const char *spec_end;
    u64 spec_unit;
};

/* The length modifiers of C, and glibc's. */
enum fl_length_modifier { FL_L_NONE, FL_L_HH, FL_L_H, FL_L_L, FL_L_LL, FL_L_LONG_DOUBLE };

/* What a conversion wants. */
enum fl_want {
    FL_W_INT,
    FL_W_LONG,
    FL_W_DOUBLE,
    FL_W_LONG_DOUBLE,
    FL_W_POINTER, /* any */
    FL_W_CHARS,   /* pointers to... */
    FL_W_WIDE,
    FL_W_SHORT_AT,
    FL_W_INT_AT,
    FL_W_LONG_AT,
    FL_W_FLOAT_AT,
    FL_W_DOUBLE_AT,
    FL_W_LONG_DOUBLE_AT,
    FL_W_POINTER_AT
};

struct fl_arguments fl_direct(const char *function, struct fh_varargs *block);
/* From the program's va_list; a report and no arguments if it is not live. */
struct fl_arguments fl_listed(const char *function, void *ap, u64 h);
void fl_arguments_end(struct fl_arguments *arguments);

/* Argument number `position` (from 1; 0: the next). It is what is wanted, or else a report was
 * made: then 0 if it cannot be used at all. */
struct fh_vararg *fl_argument(struct fl_arguments *arguments, u64 position, enum fl_want want);

/* The conversion at hand as text: cut to the size of `to` if it is long. */
#define FL_SPEC 64
char *fl_spec(const struct fl_arguments *arguments, char to[FL_SPEC]);

i64 fl_integer(const struct fh_vararg *argument); /* extended by its own type */
struct fh_ptr fl_pointer(const struct fh_vararg *argument);

#endif
