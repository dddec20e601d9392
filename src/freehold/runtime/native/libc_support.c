/* See libc_support.h. */
#define _GNU_SOURCE
#include "libc_support.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

/* -------------------------------------------------------------------------- extents */

/* After the report of an access of n bytes at p that returned `instead`: how many bytes at p are
 * still good. An object that died a moment ago still has its bytes. */
static u64 good_bytes(const void *p, u64 h, u64 n, const void *instead)
{
    struct fh_desc *d = FH_DESC(h);
    u64 room = fh_room(p, h);
    if (room)
        return fl_min(room, n);
    if (instead != p)
        return 0;
    if (d->kind == (FH_HEAP | FH_DEAD)) {
        u64 offset = (u64)p - FH_BASE(d), size = d->extra >> 8;
        return offset < size ? fl_min(size - offset, n) : 0;
    }
    return n;
}

u64 fl_readable_slow(const void *p, u64 h, u64 n)
{
    return good_bytes(p, h, n, fh_fault_read(p, h, n, 0));
}

u64 fl_writable_slow(void *p, u64 h, u64 n)
{
    void *instead = fh_fault_write(p, h, n, 0);
    return fl_read_only(h) ? 0 : good_bytes(p, h, n, instead);
}

void fl_defined(const void *p, u64 h, u64 n)
{
    if (fh_known(p, h) >= n || h == FH_FOREIGN_HANDLE)
        return;
    if (memchr(FH_INIT(p), FH_UNINIT, n))
        fh_check_init(p, n, 0);
}

int fl_in(const void *p, u64 h, u64 n)
{
    if (fl_readable(p, h, n) < n)
        return 0;
    fl_defined(p, h, n);
    return 1;
}

int fl_out(void *p, u64 h, u64 n)
{
    return fl_writable(p, h, n) == n;
}

int fl_inout(void *p, u64 h, u64 n)
{
    return fl_in(p, h, n) && fl_out(p, h, n);
}

void fl_store(void *to, const void *value, u64 h)
{
    memcpy(to, &value, sizeof value);
    fh_store_pointer(to, value, value ? h : FH_NULL_HANDLE);
}

struct fh_ptr fl_load(const void *from)
{
    void *value;
    u64 tags;
    memcpy(&value, from, sizeof value);
    memcpy(&tags, FH_INIT(from), sizeof tags);
    if (!((u64)from & 7) && tags == FH_ALL_TAGGED)
        return fl_ptr(value, FH_HANDLE(from));
    return fl_ptr(value, fh_load_handle(from, value));
}

int fl_size(const char *function, u64 n)
{
    if (n <= FL_LARGEST)
        return 1;
    fl_report(602, function, "a size of %lu bytes (%ld as a signed number)", n, (long)n);
    return 0;
}

int fl_items(const char *function, u64 n, u64 size)
{
    if (!size || n <= FL_LARGEST / size)
        return 1;
    if (n == 1 || size == 1)
        return fl_size(function, n * size);
    fl_report(602, function, "a size of %lu times %lu bytes", n, size);
    return 0;
}

void fl_overlap(const char *function, const void *to, u64 n, const void *from, u64 m)
{
    u64 a = (u64)to, b = (u64)from;
    if (!n || !m || a >= b + m || b >= a + n)
        return;
    if (a == b)
        fl_report(601, function, "%lu byte%s: the destination is the source", n, n == 1 ? "" : "s");
    else
        fl_report(601, function, "%lu byte%s: the destination begins %lu byte%s %s the source", n,
                  n == 1 ? "" : "s", a < b ? b - a : a - b, a - b + 1 <= 2 ? "" : "s",
                  a < b ? "before" : "after");
}

/* -------------------------------------------------------------------------- strings */

static u64 units_before_nul(const void *s, u64 unit, u64 most)
{
    return unit == 1 ? strnlen(s, most) : wcsnlen(s, most);
}

/* A native copy of `units` units and a NUL. It is never freed: faults are few. */
static void *ended_copy(const void *s, u64 units, u64 unit)
{
    char *copy = calloc(units + 1, unit);
    return copy ? memcpy(copy, s, units * unit) : "\0\0\0";
}

/* The string at *text has no NUL within its `found` units: report the first unit past them. */
static u64 unended(const void **text, u64 h, u64 unit, u64 limit, u64 found)
{
    const char *s = *text;
    void *instead = fh_fault_read(s + found * unit, h, unit, 0);
    u64 units = found;
    if (!fh_room(s, h)) {
        u64 most = good_bytes(s, h, fl_min(limit, 4096) * unit, instead) / unit;
        units = units_before_nul(s, unit, most);
    } else {
        fl_defined(s, h, units * unit);
    }
    *text = ended_copy(s, units, unit);
    return units;
}

/* Bytes before the NUL in the word at s; 8 if it has none. */
FH_INLINE u64 nul_in_word(const char *s)
{
    u64 word;
    memcpy(&word, s, 8);
    u64 zeros = fl_zeros(word);
    return zeros ? (u64)__builtin_ctzl(zeros) / 8 : 8;
}

/* The length of a string that ends within `most` bytes, all of it set; else `most`. Of the first
 * `known` bytes that is known. Texts are short: the bytes of the rest and their shadows are looked
 * at together, a word at a time. */
FH_INLINE u64 plain_length(const char *s, u64 most, u64 known)
{
    const u8 *shadow = FH_INIT(s);
    u64 n = known ? strnlen(s, fl_min(most, known)) : 0;
    if (n < known)
        return n;
    for (; n + 8 <= most; n += 8) {
        u64 word, set;
        memcpy(&word, s + n, 8);
        memcpy(&set, shadow + n, 8);
        u64 zeros = fl_zeros(word);
        u64 unset = ~set & FH_ALL_PLAIN;
        if (zeros) {
            u64 upto = zeros ^ (zeros - 1);
            return unset & upto ? most : n + (u64)__builtin_ctzl(zeros) / 8;
        }
        if (unset)
            return most;
    }
    for (; n < most && shadow[n] != FH_UNINIT; n++) {
        if (!s[n])
            return n;
    }
    return most;
}

FH_INLINE u64 length_of(const void **text, u64 h, u64 unit, u64 limit)
{
    const void *s = *text;
    u64 room = fh_room(s, h) / unit;
    u64 most = fl_min(room, limit);
    if (FH_LIKELY(unit == 1 && h != FH_FOREIGN_HANDLE)) {
        u64 known = fh_known(s, h), length = plain_length(s, most, known);
        if (FH_LIKELY(length < most || (most == limit && most <= known)))
            return length;
    }
    u64 n = units_before_nul(s, unit, most);
    if (FH_UNLIKELY(n == most && most < limit))
        return unended(text, h, unit, limit, n);
    fl_defined(s, h, (n + (n < limit)) * unit);
    return n;
}

FH_APART static u64 text_length(const void **text, u64 h, u64 limit)
{
    return length_of(text, h, 1, limit);
}

/* Many texts are a few bytes: the first eight are looked at here, unless they may lie on two pages. */
u64 fl_text_length(const void **text, u64 h, u64 limit)
{
    const char *s = *text;
    u64 known = fh_known(s, h);
    if (FH_LIKELY(known && ((u64)s & 4095) <= 4088)) {
        u64 n = nul_in_word(s);
        if (n < 8 && n < known && n < limit)
            return n;
    }
    return text_length(text, h, limit);
}

u64 fl_wide_length(const void **text, u64 h, u64 limit)
{
    return length_of(text, h, sizeof(wchar_t), limit);
}

int fl_string(const void **text, u64 h, u64 unit)
{
    const void *s = *text;
    fl_length(text, h, unit, FL_NO_LIMIT);
    return s && (*text == s || *(const char *)*text || fh_room(s, h));
}

static int number_character(const void *s, u64 at, u64 unit)
{
    u64 c = unit == 1 ? ((const unsigned char *)s)[at] : ((const u32 *)s)[at];
    return c < 128 && c && (isalnum((int)c) || isspace((int)c) || strchr("+-._()", (int)c));
}

int fl_numeral(const void **text, u64 h, u64 unit)
{
    const void *s = *text;
    u64 room = fh_room(s, h) / unit, n = 0;
    while (n < room && number_character(s, n, unit))
        n++;
    if (n == room)
        return fl_string(text, h, unit);
    /* libc stops at that character too: no matter whether a NUL comes later. */
    fl_defined(s, h, (n + 1) * unit);
    return 1;
}

/* execve reads each string of the vector, and the vector up to its null pointer. */
char **fl_vector(void *vector, u64 h)
{
    u64 room = 0, n = 0;
    char **copy;
    for (;; n++) {
        char *slot = (char *)vector + n * sizeof(char *);
        if (!fl_in(slot, h, sizeof(char *)))
            break;
        room = n + 1;
        if (!fl_load(slot).p)
            break;
    }
    if (!room)
        return 0;
    copy = calloc(room + 1, sizeof *copy);
    for (u64 i = 0; copy && i < n; i++) {
        struct fh_ptr item = fl_load((char *)vector + i * sizeof(char *));
        const void *text = item.p;
        fl_length(&text, item.h, 1, FL_NO_LIMIT);
        copy[i] = (char *)text;
    }
    return copy;
}

/* memmove of 16 bytes at most. */
FH_INLINE void move_few(char *to, const char *from, u64 n)
{
    u64 first, last;
    u32 head, tail;
    if (n >= 8) {
        memcpy(&first, from, 8);
        memcpy(&last, from + n - 8, 8);
        memcpy(to, &first, 8);
        memcpy(to + n - 8, &last, 8);
    } else if (n >= 4) {
        memcpy(&head, from, 4);
        memcpy(&tail, from + n - 4, 4);
        memcpy(to, &head, 4);
        memcpy(to + n - 4, &tail, 4);
    } else if (n) {
        char a = from[0], b = from[n / 2], c = from[n - 1];
        to[0] = a;
        to[n / 2] = b;
        to[n - 1] = c;
    }
}

FH_INLINE void put(void *to, u64 to_h, const void *from, u64 n, u64 unit)
{
    u64 wanted = (n + 1) * unit;
    u64 fits = fl_writable(to, to_h, wanted) / unit * unit;
    if (!fits)
        return;
    memmove(to, from, fits - unit);
    memset((char *)to + fits - unit, 0, unit);
    fh_wrote(to, to_h, fits);
}

FH_APART static void put_text(void *to, u64 to_h, const void *from, u64 n)
{
    put(to, to_h, from, n, 1);
}

void fl_put_text(void *to, u64 to_h, const void *from, u64 n)
{
    if (FH_LIKELY(n <= 16 && n < fh_known_plain(to, to_h) && !fl_read_only(to_h) && !fh_tracing)) {
        move_few(to, from, n);
        ((char *)to)[n] = 0;
    } else {
        put_text(to, to_h, from, n);
    }
}

void fl_put_wide(void *to, u64 to_h, const void *from, u64 n)
{
    put(to, to_h, from, n, sizeof(wchar_t));
}

/* -------------------------------------------------------------------------- results */

void *fl_bounce(void *p, u64 h, u64 n)
{
    void *place;
    if (FH_LIKELY(fh_room(p, h) >= n && !fl_read_only(h)))
        return p;
    /* Untouched pages cost nothing, and more than FL_BOUNCE bytes hardly arrive at once. */
    place = calloc(1, fl_min(n, FL_BOUNCE) + sizeof(wchar_t));
    return place ? place : p;
}

u64 fl_arrived(void *p, u64 h, void *place, u64 n)
{
    u64 fits = n;
    if (FH_UNLIKELY(place != p)) {
        fits = fl_writable(p, h, n);
        memcpy(p, place, fits);
        free(place);
    }
    fh_wrote(p, h, fits);
    return fits;
}

struct fh_ptr fl_own(const void *p, u64 n)
{
    u64 h, room;
    if (!p)
        return fl_ptr(0, 0);
    h = fh_resolve(p);
    room = fh_room(p, h);
    if (h == FH_FOREIGN_HANDLE || !room) {
        h = fh_register((void *)p, n, FH_STATIC);
    } else if (room < n && FH_DESC(h)->kind == FH_STATIC) {
        /* The same buffer holds a longer string now; older pointers to it stay good. */
        FH_DESC(h)->size += n - room;
    }
    fl_wrote((void *)p, n);
    return fl_ptr(p, h);
}

struct fh_ptr fl_own_text(const char *p)
{
    return fl_own(p, p ? strlen(p) + 1 : 0);
}

void fl_reveal(const void *p, u64 n)
{
    if (p)
        fl_wrote((void *)p, n);
}

void fl_reveal_text(const char *p)
{
    if (p)
        fl_wrote((void *)p, strlen(p) + 1);
}

struct fh_ptr fl_new_text(const char *p, u64 n)
{
    struct fh_ptr block = fh_malloc(n + 1);
    if (block.p) {
        memcpy(block.p, p, n);
        ((char *)block.p)[n] = 0;
        fl_wrote(block.p, n + 1);
    }
    return block;
}

struct fh_ptr fl_adopt_text(char *p)
{
    struct fh_ptr block = p ? fl_new_text(p, strlen(p)) : fl_ptr(0, 0);
    free(p);
    return block;
}

void fl_refuse(void)
{
    errno = EFAULT;
}

/* -------------------------------------------------------------------------- callbacks */

int fl_call_compare(void *f, u64 f_h, const void *a, u64 a_h, const void *b, u64 b_h)
{
    int (*entry)(const void *, u64, const void *, u64) = fh_callback(f, f_h, FL_SIG_I_PP);
    if (FH_LIKELY(entry != 0))
        return entry(a, a_h, b, b_h);
    return ((int (*)(const void *, const void *))f)(a, b);
}

/* -------------------------------------------------------------------------- streams */

static int standard_stream(const void *fp)
{
    return fp == stdin || fp == stdout || fp == stderr;
}

/* Whether h (or the live object at p, when h says nothing) is a live object of `kind`. */
static int is_live(const void *p, u64 h, u32 kind)
{
    u32 found = FH_DESC(h)->kind;
    if (!fh_ok(p, h, 1))
        return 0;
    return found == kind || found == FH_FOREIGN || (found == FH_STATIC && standard_stream(p));
}

static int live_or_report(const void *p, u64 h, u32 kind, const char *function, const char *what)
{
    if (FH_LIKELY(is_live(p, h, kind)))
        return 1;
    if (fh_ok(p, h, 1))
        fh_report_text(605, function, what);
    else
        fh_fault_read(p, h, 1, 0);
    errno = EBADF;
    return 0;
}

int fl_stream_named(void *fp, u64 h, const char *function)
{
    return live_or_report(fp, h, FH_FILE, function, "the argument is not an open stream");
}

int fl_directory_named(void *dir, u64 h, const char *function)
{
    return live_or_report(dir, h, FH_DIR, function, "the argument is not an open directory");
}

/* -------------------------------------------------------------------------- start */

extern char **environ;

static void start_stream(FILE **variable)
{
    fl_store(variable, *variable, fh_register(*variable, 1, FH_STATIC));
}

void fl_start(void)
{
    start_stream(&stdin);
    start_stream(&stdout);
    start_stream(&stderr);
    fl_wrote(&environ, sizeof environ);
    fl_wrote(&optarg, sizeof optarg);
    fl_wrote(&optind, sizeof optind);
    fl_wrote(&opterr, sizeof opterr);
    fl_wrote(&optopt, sizeof optopt);
    fl_wrote(&timezone, sizeof timezone);
    fl_wrote(&daylight, sizeof daylight);
    fl_own_text(tzname[0]);
    fl_own_text(tzname[1]);
    fl_wrote(tzname, sizeof tzname);
    fl_own_text(program_invocation_name);
    fl_own_text(program_invocation_short_name);
    fl_wrote(&program_invocation_name, sizeof program_invocation_name);
    fl_wrote(&program_invocation_short_name, sizeof program_invocation_short_name);
    fl_wrote(&errno, sizeof errno);
}
