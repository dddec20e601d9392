/* What the libc wrappers share.
 *
 * A wrapper `fhw_<name>` takes each pointer with its handle. It checks exactly what the function
 * reads and writes, lets libc do the work, and keeps the shadow true. After a fault the operation
 * is cut to what is valid, so that one fault does not breed others.
 */
#ifndef LIBC_SUPPORT_H
#define LIBC_SUPPORT_H

#include <stddef.h>
#include <stdio.h>

#include "fh.h"

#define FL_LARGEST 0x7ffffffffffffffful /* no object is larger: PTRDIFF_MAX */
#define FL_NO_LIMIT (~0ul)
#define FL_NAME (__func__ + 4) /* in fhw_<name>: the function's C name */

/* Signature ids (fnv1a-64 of the text) of the functions that libc calls back. */
#define FL_SIG_V_V 0x6812e3194e04808eul /* v() */
#define FL_SIG_V_I 0xdd720aff925f6605ul /* v(i) */
#define FL_SIG_V_IP 0xa7a37845b7a42369ul /* v(ip) */
#define FL_SIG_V_IPP 0x7df0ca770b158f35ul /* v(ipp) */
#define FL_SIG_V_P 0xdd239eff921c8d30ul /* v(p) */
#define FL_SIG_P_P 0xf24d770f042bf672ul /* p(p) */
#define FL_SIG_I_P 0xdb621cc44956aeeful /* i(p) */
#define FL_SIG_I_PP 0x1d6da3889d785257ul /* i(pp) */
#define FL_SIG_I_PPP 0x78dd5b2392cf136ful /* i(ppp) */
#define FL_SIG_V_PII 0x6fb846b80b285ed6ul /* v(pii) */
#define FL_SIG_I_PI 0x1d8c27889d923032ul /* i(pi) */
#define FL_SIG_I_PPI 0x78c5df2392bb61daul /* i(ppi) */
#define FL_SIG_I_PPIP 0xf427807254dde944ul /* i(ppip) */
#define FL_SIG_V_L 0xdd8306ff926dd26cul /* v(l) */
FH_INLINE u64 fl_min(u64 a, u64 b)
{
    return a < b ? a : b;
}

FH_INLINE struct fh_ptr fl_ptr(const void *p, u64 h)
{
    struct fh_ptr pointer;
    pointer.p = (void *)p;
    pointer.h = p ? h : FH_NULL_HANDLE;
    return pointer;
}

/* -------------------------------------------------------------------------- extents */

/* How many of the n bytes at p may be read (written); fewer only after a report. */
u64 fl_readable_slow(const void *p, u64 h, u64 n);
u64 fl_writable_slow(void *p, u64 h, u64 n);

FH_INLINE u64 fl_readable(const void *p, u64 h, u64 n)
{
    return FH_LIKELY(fh_room(p, h) >= n) ? n : fl_readable_slow(p, h, n);
}

FH_INLINE int fl_read_only(u64 h)
{
    u32 kind = FH_DESC(h)->kind;
    return kind == FH_LITERAL || kind == FH_CONST;
}

FH_INLINE u64 fl_writable(void *p, u64 h, u64 n)
{
    if (FH_LIKELY(fh_room(p, h) >= n && !fl_read_only(h)))
        return n;
    return n ? fl_writable_slow(p, h, n) : 0;
}

/* n readable bytes at p are used as values: report if some were never written. */
void fl_defined(const void *p, u64 h, u64 n);

/* Whether n bytes may be read as values, written, or both; a report if not. */
int fl_in(const void *p, u64 h, u64 n);
int fl_out(void *p, u64 h, u64 n);
int fl_inout(void *p, u64 h, u64 n);

/* n bytes at p were written with plain values. */
FH_INLINE void fl_wrote(void *p, u64 n)
{
    fh_shadow_set(p, n);
}

/* Store pointer value (with handle) at `to`, which may be written. A null value has handle 0. */
void fl_store(void *to, const void *value, u64 h);
/* The pointer at `from` (readable), with its handle. */
struct fh_ptr fl_load(const void *from);

/* Whether `n` bytes, or n items of `size` bytes, may be a size; FH0602 if not. */
int fl_size(const char *function, u64 n);
int fl_items(const char *function, u64 n, u64 size);
/* FH0601 if the n bytes at `to` and the m bytes at `from` overlap. */
void fl_overlap(const char *function, const void *to, u64 n, const void *from, u64 m);

/* FH0602, FH0603, FH0605 with words made as by printf. */
#define fl_report(code, function, ...)                                                             \
    do {                                                                                           \
        char fl_words[256];                                                                        \
        snprintf(fl_words, sizeof fl_words, __VA_ARGS__);                                          \
        fh_report_text(code, function, fl_words);                                                  \
    } while (0)

/* -------------------------------------------------------------------------- strings */

/* Units of the string at *text before its NUL, `limit` at most. After a report *text is replaced
 * by a string that ends, so that it may be handed to libc. */
u64 fl_text_length(const void **text, u64 h, u64 limit);
u64 fl_wide_length(const void **text, u64 h, u64 limit);
FH_INLINE u64 fl_length(const void **text, u64 h, u64 unit, u64 limit)
{
    return unit == 1 ? fl_text_length(text, h, limit) : fl_wide_length(text, h, limit);
}
/* The same; whether there is something to go on with (not after a null or wild pointer). */
int fl_string(const void **text, u64 h, u64 unit);
/* A string of which a number is read: it need not end if something else ends the number. */
int fl_numeral(const void **text, u64 h, u64 unit);
/* An array of strings, ended by a null pointer, for execve: a native copy, or 0. */
char **fl_vector(void *vector, u64 h);

/* Writes n units at `from` (and then a NUL) to `to`: cut, but ended, if they do not fit.
 * `from` may lie anywhere. */
void fl_put_text(void *to, u64 to_h, const void *from, u64 n);
void fl_put_wide(void *to, u64 to_h, const void *from, u64 n);
FH_INLINE void fl_put(void *to, u64 to_h, const void *from, u64 n, u64 unit)
{
    if (unit == 1)
        fl_put_text(to, to_h, from, n);
    else
        fl_put_wide(to, to_h, from, n);
}

#define FL_EACH_01 0x0101010101010101ul
#define FL_EACH_80 0x8080808080808080ul

/* The top bit of each byte of a word that is 0, exact for the lowest one. */
FH_INLINE u64 fl_zeros(u64 word)
{
    return (word - FL_EACH_01) & ~word & FL_EACH_80;
}

/* -------------------------------------------------------------------------- results */

/* libc may write up to n bytes at p but will say how many. The place to hand to libc: p itself if
 * it has room for n, otherwise a native block that `fl_arrived` checks and copies from. */
#define FL_BOUNCE (1ul << 30) /* its size at most */
void *fl_bounce(void *p, u64 h, u64 n);
/* `n` bytes have arrived there. Returns how many of them fitted. */
u64 fl_arrived(void *p, u64 h, void *place, u64 n);
/* A result that points into `place`, as a pointer into p. */
FH_INLINE struct fh_ptr fl_back(const void *result, const void *p, const void *place, u64 h)
{
    return fl_ptr(result ? (const char *)p + ((const char *)result - (const char *)place) : 0, h);
}

/* libc's own object of n bytes, or its own string: initialised, and with a handle. */
struct fh_ptr fl_own(const void *p, u64 n);
struct fh_ptr fl_own_text(const char *p);
/* libc's own object of n bytes becomes readable; it keeps the foreign handle. */
void fl_reveal(const void *p, u64 n);
void fl_reveal_text(const char *p);
/* A heap string for the program: a copy of the n bytes at p and a NUL. */
struct fh_ptr fl_new_text(const char *p, u64 n);
/* A native, malloc'ed string becomes the program's; the native one is freed. */
struct fh_ptr fl_adopt_text(char *p);

/* A failed check: errno = EFAULT. */
void fl_refuse(void);

/* -------------------------------------------------------------------------- streams */

/* Whether fp is an open stream; a report if not. */
int fl_stream_named(void *fp, u64 h, const char *function);
int fl_directory_named(void *dir, u64 h, const char *function);
#define fl_stream(fp, h) fl_stream_named(fp, h, FL_NAME)
#define fl_directory(dir, h) fl_directory_named(dir, h, FL_NAME)

/* -------------------------------------------------------------------------- callbacks */

int fl_call_compare(void *f, u64 f_h, const void *a, u64 a_h, const void *b, u64 b_h);

/* The core calls it before the program starts: streams, and libc's variables. */
void fl_start(void);

#endif
