/* string.h and strings.h; the functions that wchar.h has too come from libc_text.h. */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "libc_support.h"

/* Eight characters at a time that are equal, and no NUL. */
static u64 common(const char *a, const char *b, u64 n)
{
    u64 i = 0, x, y;
    for (; i + 8 <= n; i += 8) {
        memcpy(&x, a + i, 8);
        memcpy(&y, b + i, 8);
        if (x != y || fl_zeros(x))
            break;
    }
    return i;
}

/* Where the first c or NUL of n characters is, or n. */
static u64 first(const char *s, char c, u64 n)
{
    u64 i = 0, word, wanted = (unsigned char)c * FL_EACH_01;
    for (; i + 8 <= n; i += 8) {
        memcpy(&word, s + i, 8);
        u64 found = fl_zeros(word) | fl_zeros(word ^ wanted);
        if (found)
            return i + (u64)__builtin_ctzl(found) / 8;
    }
    while (i < n && s[i] && s[i] != c)
        i++;
    return i;
}

#define CH char
#define UNIT 1ul
#define CHARACTER int
#define FN(name) str##name
#define W(name) fhw_str##name
#define W2(name) fhw_st##name
#define S(name) text_##name
#define COMMON(a, b, n) common(a, b, n)
#define FIRST(s, c, n) first(s, c, n)
#define TOKEN_WRAPPER fhw_strtok_r
#define LOWER(c) tolower((unsigned char)(c))
#define ORDER(p, q) ((int)(unsigned char)(p) - (int)(unsigned char)(q))
#define FIND(s, c, n) ((const char *)memchr(s, (unsigned char)(c), n))
#include "libc_text.h"

/* ------------------------------------------------------------------------------------ memory */

/* Copies n bytes with their shadow. What cannot be read arrives as zeros, what does not fit is
 * dropped. */
void fl_move(const char *name, void *to, u64 to_h, const void *from, u64 from_h, u64 n, int strict)
{
    u64 good, fits;
    if (!fl_size(name, n))
        return;
    good = fl_readable(from, from_h, n);
    fits = fl_writable(to, to_h, n);
    if (strict && to != from && ((u64)to - (u64)from < n || (u64)from - (u64)to < n))
        fl_overlap(name, to, n, from, n);
    good = fl_min(good, fits);
    fh_copy(to, to_h, from, from_h, good);
    if (FH_UNLIKELY(good < fits)) {
        memset((char *)to + good, 0, fits - good);
        fl_wrote((char *)to + good, fits - good);
    }
}

struct fh_ptr fhw_memcpy(void *to, u64 to_h, const void *from, u64 from_h, u64 n)
{
    fl_move(FL_NAME, to, to_h, from, from_h, n, 1);
    return fl_ptr(to, to_h);
}

struct fh_ptr fhw_mempcpy(void *to, u64 to_h, const void *from, u64 from_h, u64 n)
{
    fl_move(FL_NAME, to, to_h, from, from_h, n, 1);
    return fl_ptr((char *)to + n, to_h);
}

struct fh_ptr fhw_memmove(void *to, u64 to_h, const void *from, u64 from_h, u64 n)
{
    fl_move(FL_NAME, to, to_h, from, from_h, n, 0);
    return fl_ptr(to, to_h);
}

void fhw_bcopy(const void *from, u64 from_h, void *to, u64 to_h, u64 n)
{
    fl_move(FL_NAME, to, to_h, from, from_h, n, 0);
}

struct fh_ptr fhw_memccpy(void *to, u64 to_h, const void *from, u64 from_h, int c, u64 n)
{
    u64 room = fl_min(fh_room(from, from_h), n), used;
    const char *found = room ? memchr(from, c, room) : 0;
    used = found ? (u64)(found - (const char *)from) + 1 : n;
    fl_move(FL_NAME, to, to_h, from, from_h, used, 1);
    return found ? fl_ptr((char *)to + used, to_h) : fl_ptr(0, 0);
}

static void fill(const char *name, void *to, u64 to_h, int c, u64 n)
{
    u64 fits = fl_size(name, n) ? fl_writable(to, to_h, n) : 0;
    memset(to, c, fits);
    fh_wrote(to, to_h, fits);
}

struct fh_ptr fhw_memset(void *to, u64 to_h, int c, u64 n)
{
    fill(FL_NAME, to, to_h, c, n);
    return fl_ptr(to, to_h);
}

void fhw_explicit_bzero(void *to, u64 to_h, u64 n)
{
    fill(FL_NAME, to, to_h, 0, n);
}

void fhw_bzero(void *to, u64 to_h, u64 n)
{
    fill(FL_NAME, to, to_h, 0, n);
}

int fhw_memcmp(const void *a, u64 a_h, const void *b, u64 b_h, u64 n)
{
    u64 m;
    if (!fl_size(FL_NAME, n))
        return 0;
    m = fl_min(fl_readable(a, a_h, n), fl_readable(b, b_h, n));
    fl_defined(a, a_h, m);
    fl_defined(b, b_h, m);
    return memcmp(a, b, m);
}

/* memchr may be told a larger n than there is, if the byte comes before the end. */
struct fh_ptr fhw_memchr(const void *s, u64 h, int c, u64 n)
{
    u64 room = fl_min(fh_room(s, h), n);
    const char *found = room ? memchr(s, c, room) : 0;
    u64 used = found ? (u64)(found - (const char *)s) + 1 : n;
    fl_defined(s, h, fl_readable(s, h, used));
    return fl_ptr(found, h);
}

struct fh_ptr fhw_memrchr(const void *s, u64 h, int c, u64 n)
{
    u64 good = fl_size(FL_NAME, n) ? fl_readable(s, h, n) : 0;
    fl_defined(s, h, good);
    return fl_ptr(memrchr(s, c, good), h);
}

struct fh_ptr fhw_rawmemchr(const void *s, u64 h, int c)
{
    u64 room = fh_room(s, h);
    const char *found = room ? memchr(s, c, room) : 0;
    u64 used = found ? (u64)(found - (const char *)s) + 1 : room + 1;
    fl_defined(s, h, fl_readable(s, h, used));
    return fl_ptr(found ? found : (const char *)s, h);
}

struct fh_ptr fhw_memmem(const void *s, u64 h, u64 n, const void *part, u64 part_h, u64 m)
{
    u64 good = fl_size(FL_NAME, n) ? fl_readable(s, h, n) : 0;
    u64 length = fl_size(FL_NAME, m) ? fl_readable(part, part_h, m) : 0;
    fl_defined(s, h, good);
    fl_defined(part, part_h, length);
    return fl_ptr(memmem(s, good, part, length), h);
}

struct fh_ptr fhw_memfrob(void *s, u64 h, u64 n)
{
    u64 fits = fl_size(FL_NAME, n) ? fl_writable(s, h, n) : 0;
    fl_defined(s, h, fits);
    memfrob(s, fits);
    return fl_ptr(s, h);
}

void fhw_swab(const void *from, u64 from_h, void *to, u64 to_h, i64 n)
{
    u64 even = n > 1 ? (u64)n & ~1ul : 0;
    u64 good = fl_min(fl_readable(from, from_h, even), fl_writable(to, to_h, even));
    fl_defined(from, from_h, good);
    for (u64 i = 0; i + 1 < good; i += 2) {
        char low = ((const char *)from)[i];
        ((char *)to)[i] = ((const char *)from)[i + 1];
        ((char *)to)[i + 1] = low;
    }
    fl_wrote(to, good);
}

/* ----------------------------------------------------------------------------------- strings */

struct fh_ptr fhw_strndup(const char *s, u64 h, u64 n)
{
    u64 length = fl_length((const void **)&s, h, 1, n);
    return fl_new_text(s, length);
}

u64 fhw_strlcpy(char *to, u64 to_h, const char *from, u64 from_h, u64 n)
{
    const void *text = from;
    u64 length = fl_length(&text, from_h, 1, FL_NO_LIMIT);
    if (n)
        fl_put(to, to_h, text, fl_min(length, n - 1), 1);
    return length;
}

u64 fhw_strlcat(char *to, u64 to_h, const char *from, u64 from_h, u64 n)
{
    const void *text = from, *old = to;
    u64 have = fl_length(&old, to_h, 1, n), length = fl_length(&text, from_h, 1, FL_NO_LIMIT);
    if (have < n && old == to)
        fl_put(to + have, to_h, text, fl_min(length, n - have - 1), 1);
    return have + length;
}

struct fh_ptr fhw_strcasestr(const char *s, u64 h, const char *part, u64 part_h)
{
    const char *text = s;
    fl_length((const void **)&text, h, 1, FL_NO_LIMIT);
    fl_length((const void **)&part, part_h, 1, FL_NO_LIMIT);
    return fl_back(strcasestr(text, part), s, text, h);
}

static struct fh_ptr next_token;

struct fh_ptr fhw_strtok(char *s, u64 h, const char *set, u64 set_h)
{
    struct fh_ptr at = s ? fl_ptr(s, h) : next_token;
    if (!at.p)
        return at;
    at = text_token(at.p, at.h, set, set_h, &next_token);
    next_token.h = fh_owner(next_token.h);
    return at;
}

struct fh_ptr fhw_strsep(char **s, u64 s_h, const char *set, u64 set_h)
{
    struct fh_ptr start;
    u64 n;
    if (!fl_inout(s, s_h, sizeof *s))
        return fl_ptr(0, 0);
    start = fl_load(s);
    if (!start.p)
        return start;
    n = text_span(start.p, start.h, set, set_h, 1);
    if (n < fh_room(start.p, start.h) && ((char *)start.p)[n]) {
        fl_put((char *)start.p + n, start.h, "", 0, 1);
        fl_store(s, (char *)start.p + n + 1, start.h);
    } else {
        fl_store(s, 0, 0);
    }
    return start;
}

struct fh_ptr fhw_strerror_r(int code, char *to, u64 to_h, u64 n)
{
    char *place = fl_bounce(to, to_h, n), *result = strerror_r(code, place, n);
    if (result != place) {
        fl_arrived(to, to_h, place, 0);
        return fl_own_text(result);
    }
    fl_arrived(to, to_h, place, strlen(place) + 1);
    return fl_ptr(to, to_h);
}

struct fh_ptr fhw_strfry(char *s, u64 h)
{
    const void *text = s;
    fl_length(&text, h, 1, FL_NO_LIMIT);
    if (text == s)
        strfry(s);
    return fl_ptr(s, h);
}
