/* wchar.h without streams, wctype.h, uchar.h, and stdlib.h's multibyte functions. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <uchar.h>
#include <wchar.h>
#include <wctype.h>

#include "libc_support.h"

#define CH wchar_t
#define UNIT 4ul
#define CHARACTER wchar_t
#define FN(name) wcs##name
#define W(name) fhw_wcs##name
#define W2(name) fhw_wc##name
#define S(name) wide_##name
#define COMMON(a, b, n) 0
#define FIRST(s, c, n) (n)
#define TOKEN_WRAPPER fhw_wcstok
#define LOWER(c) towlower((wint_t)(c))
#define ORDER(p, q) ((p) < (q) ? -1 : (p) > (q))
#define FIND(s, c, n) wmemchr(s, c, n)
#include "libc_text.h"

void fl_move(const char *name, void *to, u64 to_h, const void *from, u64 from_h, u64 n, int strict);

struct fh_ptr fhw_wmemcpy(wchar_t *to, u64 to_h, const wchar_t *from, u64 from_h, u64 n)
{
    if (fl_items(FL_NAME, n, 4))
        fl_move(FL_NAME, to, to_h, from, from_h, n * 4, 1);
    return fl_ptr(to, to_h);
}

struct fh_ptr fhw_wmempcpy(wchar_t *to, u64 to_h, const wchar_t *from, u64 from_h, u64 n)
{
    if (fl_items(FL_NAME, n, 4))
        fl_move(FL_NAME, to, to_h, from, from_h, n * 4, 1);
    return fl_ptr(to + n, to_h);
}

struct fh_ptr fhw_wmemmove(wchar_t *to, u64 to_h, const wchar_t *from, u64 from_h, u64 n)
{
    if (fl_items(FL_NAME, n, 4))
        fl_move(FL_NAME, to, to_h, from, from_h, n * 4, 0);
    return fl_ptr(to, to_h);
}

struct fh_ptr fhw_wmemset(wchar_t *to, u64 to_h, wchar_t c, u64 n)
{
    u64 fits = fl_items(FL_NAME, n, 4) ? fl_writable(to, to_h, n * 4) / 4 : 0;
    wmemset(to, c, fits);
    fl_wrote(to, fits * 4);
    return fl_ptr(to, to_h);
}

int fhw_wmemcmp(const wchar_t *a, u64 a_h, const wchar_t *b, u64 b_h, u64 n)
{
    u64 m;
    if (!fl_items(FL_NAME, n, 4))
        return 0;
    m = fl_min(fl_readable(a, a_h, n * 4), fl_readable(b, b_h, n * 4)) / 4;
    fl_defined(a, a_h, m * 4);
    fl_defined(b, b_h, m * 4);
    return wmemcmp(a, b, m);
}

struct fh_ptr fhw_wmemchr(const wchar_t *s, u64 h, wchar_t c, u64 n)
{
    u64 room = fl_min(fh_room(s, h) / 4, n);
    const wchar_t *found = room ? wmemchr(s, c, room) : 0;
    u64 used = found ? (u64)(found - s) + 1 : n;
    if (fl_items(FL_NAME, used, 4))
        fl_defined(s, h, fl_readable(s, h, used * 4));
    return fl_ptr(found, h);
}

int fhw_wcswidth(const wchar_t *s, u64 h, u64 n)
{
    u64 length = fl_length((const void **)&s, h, 4, n);
    return wcswidth(s, length);
}

wint_t fhw_towctrans(wint_t c, wctrans_t map, u64 map_h)
{
    (void)map_h;
    return map ? towctrans(c, map) : c;
}

/* --------------------------------------------------------------------------------- multibyte */

static mbstate_t own_state[8];

/* The conversion state to use: the caller's, or the function's own (number `own`); 0: a fault. */
static mbstate_t *state_of(mbstate_t *state, u64 h, int own)
{
    if (!state)
        return &own_state[own];
    return fl_inout(state, h, sizeof *state) ? state : 0;
}

/* The result of a conversion that reads at most n bytes at s says how many it read. */
static u64 read_of(const char *s, u64 n, u64 result)
{
    if (result == 0)
        return fl_min(n, strnlen(s, n) + 1);
    return result <= n ? result : n;
}

/* One character from s, of which the object may hold fewer bytes than n. */
static u64 mb_to_wide(wchar_t *to, const char *s, u64 h, u64 n, mbstate_t *state)
{
    u64 room = fl_min(fh_room(s, h), n), result;
    wchar_t c = 0;
    mbstate_t before = *state;
    result = mbrtowc(&c, s, room, state);
    if (room < n && result == (u64)-2) {
        /* It needs the bytes past the end. */
        fl_readable(s + room, h, 1);
        *state = before;
        return (u64)-1;
    }
    fl_defined(s, h, read_of(s, room, result));
    if (to && result < (u64)-2)
        *to = c;
    return result;
}

u64 fhw_mbrtowc(wchar_t *to, u64 to_h, const char *s, u64 h, u64 n, mbstate_t *state, u64 state_h)
{
    mbstate_t *used = state_of(state, state_h, 0);
    u64 result;
    if (!used || (to && s && !fl_out(to, to_h, sizeof *to)))
        return (u64)-1;
    if (!s)
        return mbrtowc(0, 0, 0, used);
    result = mb_to_wide(to, s, h, n, used);
    if (to && result < (u64)-2)
        fl_wrote(to, sizeof *to);
    return result;
}

u64 fhw_mbrlen(const char *s, u64 h, u64 n, mbstate_t *state, u64 state_h)
{
    mbstate_t *used = state_of(state, state_h, 1);
    if (!used)
        return (u64)-1;
    return s ? mb_to_wide(0, s, h, n, used) : mbrtowc(0, 0, 0, used);
}

/* Puts the n bytes of one converted character. */
static void put_bytes(char *to, u64 to_h, const char *bytes, u64 n)
{
    if (n == (u64)-1)
        return;
    n = fl_writable(to, to_h, n);
    memcpy(to, bytes, n);
    fl_wrote(to, n);
}

u64 fhw_wcrtomb(char *to, u64 to_h, wchar_t c, mbstate_t *state, u64 state_h)
{
    mbstate_t *used = state_of(state, state_h, 2);
    char bytes[16];
    u64 n;
    if (!used)
        return (u64)-1;
    n = to ? wcrtomb(bytes, c, used) : wcrtomb(0, 0, used);
    if (to)
        put_bytes(to, to_h, bytes, n);
    return n;
}

/* The four string conversions. `from` points to the pointer to the source, of which `most` units
 * may be looked at. A source that does not end within its object is read only as far as the
 * destination needs. */
static u64 to_wide(wchar_t *to, u64 to_h, const char **from, u64 from_h, u64 most, u64 n,
                   mbstate_t *state)
{
    struct fh_ptr source;
    const char *at, *start;
    u64 done = 0, room = to ? fl_min(n, fh_room(to, to_h) / 4) : FL_NO_LIMIT, left;
    if (!fl_inout(from, from_h, sizeof *from))
        return (u64)-1;
    source = fl_load(from);
    start = at = source.p;
    for (; !to || done < n; done++) {
        wchar_t c;
        u64 used;
        left = most - (u64)(at - start);
        used = left ? mb_to_wide(&c, at, source.h, left, state) : (u64)-2;
        if (used == (u64)-2) {
            at += left;
            break;
        }
        if (used == (u64)-1) {
            if (to)
                fl_store(from, at, source.h);
            return (u64)-1;
        }
        if (to && done >= room) {
            fl_writable(to + done, to_h, 4);
            break;
        }
        if (to) {
            to[done] = c;
            fl_wrote(to + done, 4);
        }
        if (!c) {
            at = 0;
            break;
        }
        at += used;
    }
    if (to)
        fl_store(from, at, source.h);
    return done;
}

static u64 to_bytes(char *to, u64 to_h, const wchar_t **from, u64 from_h, u64 most, u64 n,
                    mbstate_t *state)
{
    struct fh_ptr source;
    const wchar_t *at;
    u64 done = 0, i = 0;
    if (!fl_inout(from, from_h, sizeof *from))
        return (u64)-1;
    source = fl_load(from);
    at = source.p;
    for (; i < most; i++) {
        char bytes[16];
        u64 used;
        if (!fl_in(at + i, source.h, 4))
            return (u64)-1;
        used = wcrtomb(bytes, at[i], state);
        if (used == (u64)-1) {
            if (to)
                fl_store(from, at + i, source.h);
            return (u64)-1;
        }
        if (to && done + used > n)
            break;
        if (to)
            put_bytes(to + done, to_h, bytes, used);
        if (!at[i]) {
            if (to)
                fl_store(from, 0, 0);
            return done + used - 1;
        }
        done += used;
    }
    if (to)
        fl_store(from, at + i, source.h);
    return done;
}

u64 fhw_mbsrtowcs(wchar_t *to, u64 to_h, const char **from, u64 from_h, u64 n, mbstate_t *state,
                  u64 state_h)
{
    mbstate_t *used = state_of(state, state_h, 3);
    return used ? to_wide(to, to_h, from, from_h, FL_NO_LIMIT, n, used) : (u64)-1;
}

u64 fhw_mbsnrtowcs(wchar_t *to, u64 to_h, const char **from, u64 from_h, u64 most, u64 n,
                   mbstate_t *state, u64 state_h)
{
    mbstate_t *used = state_of(state, state_h, 3);
    return used ? to_wide(to, to_h, from, from_h, most, n, used) : (u64)-1;
}

u64 fhw_wcsrtombs(char *to, u64 to_h, const wchar_t **from, u64 from_h, u64 n, mbstate_t *state,
                  u64 state_h)
{
    mbstate_t *used = state_of(state, state_h, 4);
    return used ? to_bytes(to, to_h, from, from_h, FL_NO_LIMIT, n, used) : (u64)-1;
}

u64 fhw_wcsnrtombs(char *to, u64 to_h, const wchar_t **from, u64 from_h, u64 most, u64 n,
                   mbstate_t *state, u64 state_h)
{
    mbstate_t *used = state_of(state, state_h, 4);
    return used ? to_bytes(to, to_h, from, from_h, most, n, used) : (u64)-1;
}

int fhw_mbtowc(wchar_t *to, u64 to_h, const char *s, u64 h, u64 n)
{
    u64 result;
    if (!s)
        return mbtowc(0, 0, 0);
    result = fhw_mbrtowc(to, to_h, s, h, n, 0, 0);
    if (result >= (u64)-2) {
        memset(&own_state[0], 0, sizeof own_state[0]);
        return -1;
    }
    return (int)result;
}

int fhw_mblen(const char *s, u64 h, u64 n)
{
    return fhw_mbtowc(0, 0, s, h, n);
}

int fhw_wctomb(char *to, u64 to_h, wchar_t c)
{
    char bytes[16];
    int n = to ? wctomb(bytes, c) : wctomb(0, c);
    if (to && n > 0)
        put_bytes(to, to_h, bytes, (u64)n);
    return n;
}

u64 fhw_mbstowcs(wchar_t *to, u64 to_h, const char *s, u64 h, u64 n)
{
    mbstate_t state;
    const char *source = s;
    memset(&state, 0, sizeof state);
    fl_store(&source, s, h);
    return to_wide(to, to_h, &source, FH_FOREIGN_HANDLE, FL_NO_LIMIT, n, &state);
}

u64 fhw_wcstombs(char *to, u64 to_h, const wchar_t *s, u64 h, u64 n)
{
    mbstate_t state;
    const wchar_t *source = s;
    memset(&state, 0, sizeof state);
    fl_store(&source, s, h);
    return to_bytes(to, to_h, &source, FH_FOREIGN_HANDLE, FL_NO_LIMIT, n, &state);
}

/* ------------------------------------------------------------------------------------ uchar.h */

u64 fhw_mbrtoc32(char32_t *to, u64 to_h, const char *s, u64 h, u64 n, mbstate_t *state, u64 state_h)
{
    mbstate_t *used = state_of(state, state_h, 5);
    wchar_t c = 0;
    u64 result;
    if (!used || (to && s && !fl_out(to, to_h, sizeof *to)))
        return (u64)-1;
    if (!s)
        return mbrtowc(0, 0, 0, used);
    result = mb_to_wide(&c, s, h, n, used);
    if (to && result < (u64)-2) {
        *to = (char32_t)c;
        fl_wrote(to, sizeof *to);
    }
    return result;
}

u64 fhw_mbrtoc16(char16_t *to, u64 to_h, const char *s, u64 h, u64 n, mbstate_t *state, u64 state_h)
{
    mbstate_t *used = state_of(state, state_h, 6);
    u64 room, result;
    char16_t c = 0;
    if (!used || (to && s && !fl_out(to, to_h, sizeof *to)))
        return (u64)-1;
    if (!s)
        return mbrtoc16(0, 0, 0, used);
    room = fl_min(fh_room(s, h), n);
    if (!room && n)
        fl_readable(s, h, 1);
    result = mbrtoc16(&c, s, room, used);
    fl_defined(s, h, result == (u64)-3 ? 0 : read_of(s, room, result));
    if (to && (result < (u64)-2 || result == (u64)-3)) {
        *to = c;
        fl_wrote(to, sizeof *to);
    }
    return result;
}

u64 fhw_c32rtomb(char *to, u64 to_h, char32_t c, mbstate_t *state, u64 state_h)
{
    return fhw_wcrtomb(to, to_h, (wchar_t)c, state, state_h);
}

u64 fhw_c16rtomb(char *to, u64 to_h, char16_t c, mbstate_t *state, u64 state_h)
{
    mbstate_t *used = state_of(state, state_h, 7);
    char bytes[16];
    u64 n;
    if (!used)
        return (u64)-1;
    n = to ? c16rtomb(bytes, c, used) : c16rtomb(0, 0, used);
    if (to)
        put_bytes(to, to_h, bytes, n);
    return n;
}
