/* printf's engine. Numbers are left to libc's snprintf, one conversion at a time; strings and
 * characters are checked and copied here. */
#define _GNU_SOURCE
#include "libc_printf.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* ------------------------------------------------------------------------------- the text so far */

static int fail(struct fl_text *text, int code)
{
    text->failed = 1;
    errno = code;
    return 0;
}

static void begin(struct fl_text *text, u64 unit)
{
    text->unit = unit;
    text->data = text->first;
    text->room = sizeof text->first / unit;
    text->n = 0;
    text->failed = 0;
    text->sources = 0;
}

/* Makes room for n more characters and a NUL. */
static int grow(struct fl_text *text, u64 n)
{
    u64 room;
    char *more;
    if (FH_LIKELY(text->n + n < text->room))
        return 1;
    if (n > INT_MAX || text->n + n > INT_MAX)
        return fail(text, EOVERFLOW);
    room = (text->n + n + 1) * 2;
    more = text->data == text->first ? malloc(room * text->unit)
                                     : realloc(text->data, room * text->unit);
    if (!more)
        return fail(text, ENOMEM);
    if (text->data == text->first)
        memcpy(more, text->first, text->n * text->unit);
    text->data = more;
    text->room = room;
    return 1;
}

/* n characters of the text's own width. */
static void put(struct fl_text *text, const void *from, u64 n)
{
    if (!grow(text, n))
        return;
    memcpy(text->data + text->n * text->unit, from, n * text->unit);
    text->n += n;
}

/* n bytes of ASCII. */
static void put_ascii(struct fl_text *text, const char *from, u64 n)
{
    if (text->unit == 1) {
        put(text, from, n);
        return;
    }
    if (!grow(text, n))
        return;
    for (u64 i = 0; i < n; i++)
        ((wchar_t *)text->data)[text->n++] = (wchar_t)(unsigned char)from[i];
}

static void put_spaces(struct fl_text *text, u64 n)
{
    if (!grow(text, n))
        return;
    if (text->unit == 1)
        memset(text->data + text->n, ' ', n);
    else
        wmemset((wchar_t *)text->data + text->n, L' ', n);
    text->n += n;
}

void fl_text_release(struct fl_text *text)
{
    if (text->data != text->first)
        free(text->data);
}

static void note_source(struct fl_text *text, const void *p, u64 n)
{
    if (text->sources < FL_SOURCES) {
        text->source[text->sources].p = p;
        text->source[text->sources].n = n;
        text->sources++;
    }
}

/* ------------------------------------------------------------------------ one conversion */

struct spec {
    char flags[8];
    u64 flags_n;
    int left;
    i64 width;
    i64 precision; /* -1: none */
    u64 position;  /* of the argument; 0: the next */
    enum fl_length_modifier length;
    u32 conversion;
};

struct reader {
    const char *format;
    u64 unit;
    u64 at;
    struct spec spec;
    struct fl_arguments *arguments;
};

static u32 character(const struct reader *reader, u64 at)
{
    if (reader->unit == 1)
        return ((const unsigned char *)reader->format)[at];
    return ((const u32 *)reader->format)[at];
}

static u32 peek(const struct reader *reader)
{
    return character(reader, reader->at);
}

static u32 take(struct reader *reader)
{
    return character(reader, reader->at++);
}

static int accept(struct reader *reader, u32 c)
{
    if (peek(reader) != c)
        return 0;
    take(reader);
    return 1;
}

static int is_digit(u32 c)
{
    return c - '0' < 10;
}

/* number = digit+ ; at most INT_MAX + 1, which is too much */
static i64 number(struct reader *reader)
{
    i64 n = 0;
    while (is_digit(peek(reader)))
        n = fl_min((u64)n * 10 + (take(reader) - '0'), (u64)INT_MAX + 1);
    return n;
}

/* position = number "$" ; 0 and nothing taken if there is none */
static u64 position(struct reader *reader)
{
    u64 at = reader->at;
    if (!is_digit(character(reader, at)))
        return 0;
    while (is_digit(character(reader, at)))
        at++;
    if (at == reader->at || character(reader, at) != '$')
        return 0;
    at = (u64)number(reader);
    take(reader);
    return at;
}

/* amount = "*" position? | number */
static i64 amount(struct reader *reader)
{
    struct fh_vararg *argument;
    u64 number_of;
    if (!accept(reader, '*'))
        return number(reader);
    number_of = position(reader);
    reader->arguments->spec_end = reader->format + reader->at * reader->unit;
    argument = fl_argument(reader->arguments, number_of, FL_W_INT);
    return argument ? (i64)(i32)fl_integer(argument) : 0;
}

static enum fl_length_modifier length_modifier(struct reader *reader)
{
    switch (peek(reader)) {
    case 'h':
        take(reader);
        return accept(reader, 'h') ? FL_L_HH : FL_L_H;
    case 'l':
        take(reader);
        return accept(reader, 'l') ? FL_L_LL : FL_L_L;
    case 'q':
        take(reader);
        return FL_L_LL;
    case 'L':
        take(reader);
        return FL_L_LONG_DOUBLE;
    case 'j':
    case 'z':
    case 'Z':
    case 't':
        take(reader);
        return FL_L_L;
    default:
        return FL_L_NONE;
    }
}

static int is_flag(u32 c)
{
    return c == '-' || c == '0' || c == '+' || c == ' ' || c == '#' || c == '\'' || c == 'I';
}

/* spec = "%" position? flag* amount? ("." amount?)? length? conversion */
static void read_spec(struct reader *reader)
{
    struct spec *spec = &reader->spec;
    spec->flags_n = 0;
    spec->left = 0;
    spec->width = 0;
    spec->precision = -1;
    reader->arguments->spec = reader->format + reader->at * reader->unit;
    reader->at++;
    spec->position = position(reader);
    while (is_flag(peek(reader))) {
        char flag = (char)take(reader);
        spec->left |= flag == '-';
        if (!memchr(spec->flags, flag, spec->flags_n))
            spec->flags[spec->flags_n++] = flag;
    }
    if (peek(reader) == '*' || is_digit(peek(reader)))
        spec->width = amount(reader);
    if (spec->width < 0) {
        spec->left = 1;
        spec->width = -spec->width;
        if (!memchr(spec->flags, '-', spec->flags_n))
            spec->flags[spec->flags_n++] = '-';
    }
    if (accept(reader, '.')) {
        spec->precision = amount(reader);
        if (spec->precision < 0)
            spec->precision = -1;
    }
    spec->length = length_modifier(reader);
    spec->conversion = peek(reader) ? take(reader) : 0;
    if (spec->conversion == 'C' || spec->conversion == 'S') {
        spec->conversion += 'a' - 'A';
        spec->length = FL_L_L;
    }
    reader->arguments->spec_end = reader->format + reader->at * reader->unit;
}

/* ---------------------------------------------------------------------------------- numbers */

/* libc's spelling of this conversion, with width and precision filled in. */
static void native_spec(const struct spec *spec, char *to, u64 room, const char *length)
{
    int n = snprintf(to, room, "%%%.*s", (int)spec->flags_n, spec->flags);
    if (spec->width)
        n += snprintf(to + n, room - (u64)n, "%ld", spec->width);
    if (spec->precision >= 0)
        n += snprintf(to + n, room - (u64)n, ".%ld", spec->precision);
    snprintf(to + n, room - (u64)n, "%s%c", length, (char)spec->conversion);
}

enum number_kind { LONG_NUMBER, DOUBLE_NUMBER, LONG_DOUBLE_NUMBER };

static int print_number(char *to, u64 room, const char *spec, enum number_kind kind,
                        const void *value)
{
    switch (kind) {
    case LONG_NUMBER:
        return snprintf(to, room, spec, *(const long *)value);
    case DOUBLE_NUMBER:
        return snprintf(to, room, spec, *(const double *)value);
    default:
        return snprintf(to, room, spec, *(const long double *)value);
    }
}

static void put_number(struct fl_text *text, const struct spec *spec, const char *length,
                       enum number_kind kind, const void *value)
{
    char native[64], small[512], *made = small;
    wchar_t *wide;
    int n;
    if (spec->width > INT_MAX - 1 || spec->precision > INT_MAX - 1) {
        fail(text, EOVERFLOW);
        return;
    }
    native_spec(spec, native, sizeof native, length);
    n = print_number(small, sizeof small, native, kind, value);
    if (n < 0) {
        text->failed = 1;
        return;
    }
    if ((u64)n >= sizeof small) {
        made = malloc((u64)n + 1);
        if (!made) {
            fail(text, ENOMEM);
            return;
        }
        print_number(made, (u64)n + 1, native, kind, value);
    }
    /* Only a locale's separators are not ASCII. */
    if (text->unit == 1) {
        put(text, made, (u64)n);
    } else if ((wide = malloc(((u64)n + 1) * sizeof *wide)) != 0) {
        size_t units = mbstowcs(wide, made, (u64)n + 1);
        if (units != (size_t)-1)
            put(text, wide, units);
        free(wide);
    }
    if (made != small)
        free(made);
}

/* The value as the length modifier cuts it. */
static long cut(const struct spec *spec, i64 value)
{
    int is_signed = spec->conversion == 'd' || spec->conversion == 'i';
    switch (spec->length) {
    case FL_L_HH:
        return is_signed ? (signed char)value : (unsigned char)value;
    case FL_L_H:
        return is_signed ? (short)value : (unsigned short)value;
    case FL_L_NONE:
        return is_signed ? (long)(int)value : (long)(unsigned)value;
    default:
        return value;
    }
}

static int is_long(const struct spec *spec)
{
    return spec->length >= FL_L_L;
}

static void put_integer(struct fl_text *text, struct fl_arguments *arguments,
                        const struct spec *spec)
{
    enum fl_want want = is_long(spec) ? FL_W_LONG : FL_W_INT;
    struct fh_vararg *argument = fl_argument(arguments, spec->position, want);
    long value = argument ? cut(spec, fl_integer(argument)) : 0;
    char digits[24];
    u64 at = sizeof digits, rest;
    if (spec->flags_n || spec->width || spec->precision >= 0 ||
        (spec->conversion != 'd' && spec->conversion != 'u' && spec->conversion != 'i')) {
        put_number(text, spec, "l", LONG_NUMBER, &value);
        return;
    }
    /* Plain decimal numbers are most of what programs print. */
    rest = (u64)value;
    if (spec->conversion != 'u' && value < 0)
        rest = -rest;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (spec->conversion != 'u' && value < 0)
        digits[--at] = '-';
    put_ascii(text, digits + at, sizeof digits - at);
}

static void put_float(struct fl_text *text, struct fl_arguments *arguments, const struct spec *spec)
{
    int is_extended = spec->length == FL_L_LONG_DOUBLE || spec->length == FL_L_LL;
    enum fl_want want = is_extended ? FL_W_LONG_DOUBLE : FL_W_DOUBLE;
    struct fh_vararg *argument = fl_argument(arguments, spec->position, want);
    double value = 0;
    long double extended = 0;
    if (argument && FH_VT_BITS(argument->type) == 80) {
        memcpy(&extended, argument->value, sizeof extended);
        value = (double)extended;
    } else if (argument) {
        memcpy(&value, argument->value, sizeof value);
        extended = value;
    }
    if (is_extended)
        put_number(text, spec, "L", LONG_DOUBLE_NUMBER, &extended);
    else
        put_number(text, spec, "", DOUBLE_NUMBER, &value);
}

static void put_pointer(struct fl_text *text, struct fl_arguments *arguments,
                        const struct spec *spec)
{
    struct fh_vararg *argument = fl_argument(arguments, spec->position, FL_W_POINTER);
    i64 value = argument ? fl_integer(argument) : 0;
    put_number(text, spec, "", LONG_NUMBER, &value);
}

/* ---------------------------------------------------------------------------------- strings */

/* n characters of the text's width, padded. */
static void put_padded(struct fl_text *text, const struct spec *spec, const void *from, u64 n)
{
    u64 pad = (u64)spec->width > n ? (u64)spec->width - n : 0;
    if (pad && !spec->left)
        put_spaces(text, pad);
    put(text, from, n);
    if (pad && spec->left)
        put_spaces(text, pad);
}

/* ASCII text of libc's own. */
static void put_words(struct fl_text *text, const struct spec *spec, const char *words)
{
    struct fl_text one;
    u64 n = strlen(words);
    if (spec->precision >= 0 && n > (u64)spec->precision)
        n = (u64)spec->precision;
    begin(&one, text->unit);
    put_ascii(&one, words, n);
    put_padded(text, spec, one.data, n);
    fl_text_release(&one);
}

/* A wide string in a narrow text: the precision counts bytes. */
static void put_narrowed(struct fl_text *text, const struct spec *spec, struct fh_ptr s)
{
    u64 limit = spec->precision >= 0 ? (u64)spec->precision : FL_NO_LIMIT, n = 0;
    const wchar_t *at = s.p;
    mbstate_t state;
    struct fl_text bytes;
    memset(&state, 0, sizeof state);
    begin(&bytes, 1);
    for (;; at++) {
        char one[16];
        u64 used;
        if (n >= limit || !fl_in(at, s.h, sizeof *at) || !*at)
            break;
        used = wcrtomb(one, *at, &state);
        if (used == (u64)-1) {
            text->failed = 1;
            break;
        }
        if (n + used > limit)
            break;
        put(&bytes, one, used);
        n += used;
    }
    put_padded(text, spec, bytes.data, n);
    fl_text_release(&bytes);
}

/* A multibyte string in a wide text: the precision counts wide characters. */
static void put_widened(struct fl_text *text, const struct spec *spec, struct fh_ptr s)
{
    u64 limit = spec->precision >= 0 ? (u64)spec->precision : FL_NO_LIMIT, n = 0;
    const char *at = s.p;
    mbstate_t state;
    struct fl_text wide;
    memset(&state, 0, sizeof state);
    begin(&wide, sizeof(wchar_t));
    while (n < limit && fl_in(at, s.h, 1) && *at) {
        wchar_t c;
        u64 used = mbrtowc(&c, at, 1, &state);
        at++;
        if (used == (u64)-2)
            continue;
        if (used == (u64)-1) {
            text->failed = 1;
            break;
        }
        put(&wide, &c, 1);
        n++;
    }
    put_padded(text, spec, wide.data, n);
    fl_text_release(&wide);
}

static void put_string(struct fl_text *text, struct fl_arguments *arguments,
                       const struct spec *spec)
{
    u64 unit = is_long(spec) ? sizeof(wchar_t) : 1;
    u64 limit = spec->precision >= 0 ? (u64)spec->precision : FL_NO_LIMIT, n;
    enum fl_want want = unit == 1 ? FL_W_CHARS : FL_W_WIDE;
    struct fh_vararg *argument = fl_argument(arguments, spec->position, want);
    struct fh_ptr s = argument ? fl_pointer(argument) : fl_ptr(0, 0);
    const void *at = s.p;
    if (!s.p) {
        /* glibc prints "(null)", or nothing where that does not fit. */
        put_words(text, spec, limit >= 6 ? "(null)" : "");
        return;
    }
    if (unit != text->unit) {
        if (unit == 1)
            put_widened(text, spec, s);
        else
            put_narrowed(text, spec, s);
        return;
    }
    n = fl_length(&at, s.h, unit, limit);
    if (at == s.p)
        note_source(text, at, n * unit);
    put_padded(text, spec, at, n);
}

static void put_character(struct fl_text *text, struct fl_arguments *arguments,
                          const struct spec *spec)
{
    struct fh_vararg *argument = fl_argument(arguments, spec->position, FL_W_INT);
    i64 value = argument ? fl_integer(argument) : 0;
    wchar_t wide = is_long(spec) ? (wchar_t)value : (wchar_t)btowc((unsigned char)value);
    char bytes[16];
    u64 n = 1;
    mbstate_t state;
    if (text->unit != 1) {
        put_padded(text, spec, &wide, 1);
        return;
    }
    bytes[0] = (char)value;
    if (is_long(spec)) {
        memset(&state, 0, sizeof state);
        n = wcrtomb(bytes, wide, &state);
        if (n == (u64)-1) {
            text->failed = 1;
            return;
        }
    }
    put_padded(text, spec, bytes, n);
}

/* %n: the number of characters so far goes to memory. */
static void put_count(const struct fl_text *text, struct fl_arguments *arguments,
                      const struct spec *spec)
{
    static const struct {
        enum fl_want want;
        u64 size;
    } kinds[] = {
        [FL_L_NONE] = {FL_W_INT_AT, 4},  [FL_L_HH] = {FL_W_CHARS, 1},
        [FL_L_H] = {FL_W_SHORT_AT, 2},   [FL_L_L] = {FL_W_LONG_AT, 8},
        [FL_L_LL] = {FL_W_LONG_AT, 8},   [FL_L_LONG_DOUBLE] = {FL_W_LONG_AT, 8},
    };
    enum fl_want want = kinds[spec->length].want;
    u64 size = kinds[spec->length].size, n = text->n;
    struct fh_vararg *argument = fl_argument(arguments, spec->position, want);
    struct fh_ptr to = argument ? fl_pointer(argument) : fl_ptr(0, 0);
    if (!argument || !fl_out(to.p, to.h, size))
        return;
    memcpy(to.p, &n, size); /* little-endian: the low bytes */
    fl_wrote(to.p, size);
}

/* ------------------------------------------------------------------------------------- all of it */

static void convert(struct fl_text *text, struct reader *reader, struct fl_arguments *arguments,
                    int error)
{
    struct spec *spec = &reader->spec;
    char words[FL_SPEC];
    const long none = 0;
    switch (spec->conversion) {
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X':
    case 'o':
    case 'b':
    case 'B':
        put_integer(text, arguments, spec);
        break;
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
        put_float(text, arguments, spec);
        break;
    case 'c':
        put_character(text, arguments, spec);
        break;
    case 's':
        put_string(text, arguments, spec);
        break;
    case 'p':
        put_pointer(text, arguments, spec);
        break;
    case 'n':
        put_count(text, arguments, spec);
        break;
    case 'm':
        errno = error;
        put_number(text, spec, "", LONG_NUMBER, &none); /* an argument that libc ignores */
        break;
    case '%':
        put_ascii(text, "%", 1);
        break;
    case 0:
        fl_report(603, arguments->function, "`%s` at the end of the format",
                  fl_spec(arguments, words));
        fail(text, EINVAL);
        break;
    default:
        fl_report(603, arguments->function, "`%s` is no conversion", fl_spec(arguments, words));
        put_ascii(text, words, strlen(words));
        break;
    }
}

static u64 plain_run(const struct reader *reader, u64 n)
{
    const void *found;
    if (reader->unit == 1)
        found = memchr(reader->format + reader->at, '%', n - reader->at);
    else
        found = wmemchr((const wchar_t *)reader->format + reader->at, L'%', n - reader->at);
    return found ? (u64)((const char *)found - reader->format) / reader->unit : n;
}

int fl_format(struct fl_text *text, u64 unit, const void *format, u64 format_h,
              struct fl_arguments *arguments)
{
    int error = errno;
    u64 n = fl_length(&format, format_h, unit, FL_NO_LIMIT);
    struct reader reader;
    reader.format = format;
    reader.unit = unit;
    reader.at = 0;
    reader.arguments = arguments;
    arguments->spec_unit = unit;
    begin(text, unit);
    while (!text->failed && reader.at < n) {
        u64 end = plain_run(&reader, n);
        if (end > reader.at) {
            put(text, reader.format + reader.at * unit, end - reader.at);
            reader.at = end;
            continue;
        }
        read_spec(&reader);
        convert(text, &reader, arguments, error);
    }
    fl_arguments_end(arguments);
    return !text->failed;
}
