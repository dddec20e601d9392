/* The string functions, once for each width of character. Before: CH, UNIT, FN(name) (the C name
 * of a function, such as strcpy or wcscpy), W(name) (its wrapper), S(name) (a static helper),
 * COMMON(a, b, n) (some characters that begin both strings, none of them NUL), FIRST(s, c, n) (the
 * index of the first c or NUL of n characters, or n: it may as well not be looked for). */

/* Where a scan may go: characters of *text up to its NUL or `limit`; `ended` is set if there is
 * one of these within the object. Nothing is reported yet: a function that stops early may never
 * reach the end. */
struct S(scan) {
    const CH *s;
    u64 h;
    u64 n;
    int ended;
};

static struct S(scan) S(begin)(const CH *s, u64 h, u64 limit)
{
    struct S(scan) scan;
    u64 room = fh_room(s, h) / UNIT, most = fl_min(room, limit);
    scan.s = s;
    scan.h = h;
    scan.n = FN(nlen)(s, most);
    scan.ended = scan.n < most || most == limit;
    return scan;
}

/* The scan used `n` characters of s (its NUL, or the unit after its end, among them). */
static void S(used)(struct S(scan) *scan, u64 n)
{
    if (FH_UNLIKELY(n > scan->n && !scan->ended)) {
        const void *text = scan->s;
        fl_length(&text, scan->h, UNIT, FL_NO_LIMIT);
    } else {
        fl_defined(scan->s, scan->h, n * UNIT);
    }
}

static struct fh_ptr S(at)(const CH *s, u64 h, u64 index)
{
    return fl_ptr(s + index, h);
}

u64 W(len)(const CH *s, u64 h)
{
    return fl_length((const void **)&s, h, UNIT, FL_NO_LIMIT);
}

u64 W(nlen)(const CH *s, u64 h, u64 n)
{
    return fl_length((const void **)&s, h, UNIT, n);
}

/* ---------------------------------------------------------------------------------- copying */

/* Copies a string, and reports an overlap. Returns its length. */
static u64 S(copy)(const char *name, CH *to, u64 to_h, const CH *from, u64 from_h)
{
    const void *text = from;
    u64 n = fl_length(&text, from_h, UNIT, FL_NO_LIMIT);
    if (text == from)
        fl_overlap(name, to, (n + 1) * UNIT, from, (n + 1) * UNIT);
    fl_put(to, to_h, text, n, UNIT);
    return n;
}

struct fh_ptr W(cpy)(CH *to, u64 to_h, const CH *from, u64 from_h)
{
    S(copy)(FL_NAME, to, to_h, from, from_h);
    return fl_ptr(to, to_h);
}

struct fh_ptr W2(pcpy)(CH *to, u64 to_h, const CH *from, u64 from_h)
{
    return S(at)(to, to_h, S(copy)(FL_NAME, to, to_h, from, from_h));
}

/* Copies n characters at most, and fills the rest of n with NUL. */
static u64 S(ncopy)(const char *name, CH *to, u64 to_h, const CH *from, u64 from_h, u64 n)
{
    const void *text = from;
    u64 length, fits;
    if (!fl_size(name, n * UNIT) || n > FL_LARGEST / UNIT)
        return 0;
    length = fl_length(&text, from_h, UNIT, n);
    fits = fl_writable(to, to_h, n * UNIT) / UNIT;
    if (text == from)
        fl_overlap(name, to, n * UNIT, from, fl_min(length + 1, n) * UNIT);
    memmove(to, text, fl_min(length, fits) * UNIT);
    if (fits > length)
        memset(to + length, 0, (fits - length) * UNIT);
    fh_wrote(to, to_h, fits * UNIT);
    return length;
}

struct fh_ptr W(ncpy)(CH *to, u64 to_h, const CH *from, u64 from_h, u64 n)
{
    S(ncopy)(FL_NAME, to, to_h, from, from_h, n);
    return fl_ptr(to, to_h);
}

struct fh_ptr W2(pncpy)(CH *to, u64 to_h, const CH *from, u64 from_h, u64 n)
{
    return S(at)(to, to_h, S(ncopy)(FL_NAME, to, to_h, from, from_h, n));
}

static void S(append)(const char *name, CH *to, u64 to_h, const CH *from, u64 from_h, u64 limit)
{
    const void *text = from, *old = to;
    u64 have = fl_length(&old, to_h, UNIT, FL_NO_LIMIT);
    u64 more = fl_length(&text, from_h, UNIT, limit);
    if (old != to)
        return;
    if (text == from)
        fl_overlap(name, to + have, (more + 1) * UNIT, from, (more + (more < limit)) * UNIT);
    fl_put(to + have, to_h, text, more, UNIT);
}

struct fh_ptr W(cat)(CH *to, u64 to_h, const CH *from, u64 from_h)
{
    S(append)(FL_NAME, to, to_h, from, from_h, FL_NO_LIMIT);
    return fl_ptr(to, to_h);
}

struct fh_ptr W(ncat)(CH *to, u64 to_h, const CH *from, u64 from_h, u64 n)
{
    S(append)(FL_NAME, to, to_h, from, from_h, n);
    return fl_ptr(to, to_h);
}

struct fh_ptr W(dup)(const CH *s, u64 h)
{
    u64 n = fl_length((const void **)&s, h, UNIT, FL_NO_LIMIT);
    struct fh_ptr block = fh_malloc((n + 1) * UNIT);
    if (block.p)
        fl_put(block.p, block.h, s, n, UNIT);
    return block;
}

u64 W(xfrm)(CH *to, u64 to_h, const CH *from, u64 from_h, u64 n)
{
    u64 length, written;
    void *place;
    if (!fl_string((const void **)&from, from_h, UNIT))
        return 0;
    place = n ? fl_bounce(to, to_h, n * UNIT) : 0;
    length = FN(xfrm)(place, from, n);
    written = fl_min(length + 1, n) * UNIT;
    if (n)
        fl_arrived(to, to_h, place, written);
    return length;
}

/* -------------------------------------------------------------------------------- comparing */

/* A comparison looks at the characters up to and with the first that differ, or a common NUL. */
static int S(compare)(const CH *a, u64 a_h, const CH *b, u64 b_h, u64 limit, int folded)
{
    u64 a_room = fh_room(a, a_h) / UNIT, b_room = fh_room(b, b_h) / UNIT, i;
    u64 least = fl_min(fl_min(a_room, b_room), limit);
    CH p = 0, q = 0;
    for (i = folded ? 0 : COMMON(a, b, least); i < least; i++) {
        p = folded ? (CH)LOWER(a[i]) : a[i];
        q = folded ? (CH)LOWER(b[i]) : b[i];
        if (p != q || !p)
            break;
    }
    fl_defined(a, a_h, (i + (i < least)) * UNIT);
    fl_defined(b, b_h, (i + (i < least)) * UNIT);
    if (i < least)
        return ORDER(p, q);
    if (i == limit)
        return 0;
    if (a_room == i)
        fl_readable(a + i, a_h, UNIT);
    if (b_room == i)
        fl_readable(b + i, b_h, UNIT);
    return (i < a_room) - (i < b_room);
}

int W(cmp)(const CH *a, u64 a_h, const CH *b, u64 b_h)
{
    return S(compare)(a, a_h, b, b_h, FL_NO_LIMIT, 0);
}

int W(ncmp)(const CH *a, u64 a_h, const CH *b, u64 b_h, u64 n)
{
    return S(compare)(a, a_h, b, b_h, n, 0);
}

int W(casecmp)(const CH *a, u64 a_h, const CH *b, u64 b_h)
{
    return S(compare)(a, a_h, b, b_h, FL_NO_LIMIT, 1);
}

int W(ncasecmp)(const CH *a, u64 a_h, const CH *b, u64 b_h, u64 n)
{
    return S(compare)(a, a_h, b, b_h, n, 1);
}

/* -------------------------------------------------------------------------------- searching */

/* Characters near the start of a text are found without libc. */
#define NEAR 64ul

/* The first c in s: its index, or that of the NUL (`missing` is then set). */
static u64 S(find)(const CH *s, u64 h, CHARACTER c, int *missing)
{
    CH wanted = (CH)c;
    u64 near = fl_min(fh_known(s, h) / UNIT, NEAR), index = FIRST(s, wanted, near);
    if (FH_LIKELY(index < near)) {
        *missing = s[index] != wanted;
        return index;
    }
    struct S(scan) scan = S(begin)(s, h, FL_NO_LIMIT);
    const CH *found = scan.n ? FIND(s, wanted, scan.n) : 0;
    u64 at = found ? (u64)(found - s) : scan.n;
    S(used)(&scan, at + 1);
    *missing = !found && wanted;
    return at;
}

struct fh_ptr W(chr)(const CH *s, u64 h, CHARACTER c)
{
    int missing;
    u64 at = S(find)(s, h, c, &missing);
    return missing ? fl_ptr(0, 0) : S(at)(s, h, at);
}

struct fh_ptr W(chrnul)(const CH *s, u64 h, CHARACTER c)
{
    int missing;
    return S(at)(s, h, S(find)(s, h, c, &missing));
}

struct fh_ptr W(rchr)(const CH *s, u64 h, CHARACTER c)
{
    const CH *text = s, *found;
    fl_length((const void **)&text, h, UNIT, FL_NO_LIMIT);
    found = FN(rchr)(text, c);
    return fl_back(found, s, text, h);
}

/* Characters of s up to the first one that is (`in`) or is not in the set. */
static u64 S(span)(const CH *s, u64 h, const CH *set, u64 set_h, int in)
{
    struct S(scan) scan = S(begin)(s, h, FL_NO_LIMIT);
    u64 size = fl_length((const void **)&set, set_h, UNIT, FL_NO_LIMIT), i = 0;
    while (i < scan.n && (FIND(set, s[i], size) != 0) != in)
        i++;
    S(used)(&scan, i + 1);
    return i;
}

u64 W(spn)(const CH *s, u64 h, const CH *set, u64 set_h)
{
    return S(span)(s, h, set, set_h, 0);
}

u64 W(cspn)(const CH *s, u64 h, const CH *set, u64 set_h)
{
    return S(span)(s, h, set, set_h, 1);
}

struct fh_ptr W(pbrk)(const CH *s, u64 h, const CH *set, u64 set_h)
{
    u64 n = S(span)(s, h, set, set_h, 1);
    return n < fh_room(s, h) / UNIT && s[n] ? S(at)(s, h, n) : fl_ptr(0, 0);
}

struct fh_ptr W(str)(const CH *s, u64 h, const CH *part, u64 part_h)
{
    const CH *text = s;
    fl_length((const void **)&text, h, UNIT, FL_NO_LIMIT);
    fl_length((const void **)&part, part_h, UNIT, FL_NO_LIMIT);
    return fl_back(FN(str)(text, part), s, text, h);
}

/* --------------------------------------------------------------------------------- cutting up */

/* The next token at s: its start, and in *rest the place after it. */
static struct fh_ptr S(token)(CH *s, u64 h, const CH *set, u64 set_h, struct fh_ptr *rest)
{
    u64 skip, n;
    *rest = fl_ptr(s, h);
    if (!s) {
        fh_fault_read(s, h, UNIT, 0);
        return fl_ptr(0, 0);
    }
    skip = S(span)(s, h, set, set_h, 0);
    *rest = S(at)(s, h, skip);
    if (skip >= fh_room(s, h) / UNIT || !s[skip])
        return fl_ptr(0, 0);
    s += skip;
    n = S(span)(s, h, set, set_h, 1);
    *rest = S(at)(s, h, n);
    if (n < fh_room(s, h) / UNIT && s[n] && fl_writable(s + n, h, UNIT)) {
        s[n] = 0;
        fl_wrote(s + n, UNIT);
        *rest = S(at)(s, h, n + 1);
    }
    return fl_ptr(s, h);
}

struct fh_ptr TOKEN_WRAPPER(CH *s, u64 h, const CH *set, u64 set_h, CH **save, u64 save_h)
{
    struct fh_ptr at = fl_ptr(s, h), rest, token;
    if (!fl_out(save, save_h, sizeof *save))
        return fl_ptr(0, 0);
    if (!s) {
        fl_defined(save, save_h, sizeof *save);
        at = fl_load(save);
        if (!at.p)
            return fl_ptr(0, 0);
    }
    token = S(token)(at.p, at.h, set, set_h, &rest);
    fl_store(save, rest.p, rest.h);
    return token;
}
