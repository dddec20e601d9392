/* The printf engine: one call's text is made in memory, then delivered by the wrapper. */
#ifndef LIBC_PRINTF_H
#define LIBC_PRINTF_H

#include "libc_format.h"

#define FL_SOURCES 8

struct fl_text {
    char *data; /* characters of `unit` bytes; `first`, or a native block */
    u64 n;      /* characters */
    u64 room;
    u64 unit;
    int failed; /* errno says why */
    u64 sources; /* strings that were copied from: they must not overlap the destination */
    struct {
        const void *p;
        u64 n;
    } source[FL_SOURCES];
    char first[1024];
};

/* Formats into *text (unit 1 or 4); 0 if it failed. Release it in any case. */
int fl_format(struct fl_text *text, u64 unit, const void *format, u64 format_h,
              struct fl_arguments *arguments);
void fl_text_release(struct fl_text *text);

#endif
