/* The scanf family. libc reads one directive at a time, into memory of ours; what it found is then
 * stored where the program's argument points, exactly as far as that reaches. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "libc_format.h"

struct source {
    FILE *fp; /* a stream, or else a string */
    const char *s;
    u64 unit; /* of the format and of `s` */
    u64 taken; /* characters read so far */
};

struct directive {
    u64 position;
    int suppressed;
    int allocates;
    i64 width; /* 0: none */
    enum fl_length_modifier length;
    u32 conversion;
    u64 set; /* of "[": where its characters begin in the format, and how many there are */
    u64 set_n;
};

struct reader {
    const char *format;
    u64 n;
    u64 at;
    struct source source;
    struct fl_arguments *arguments;
    int done; /* conversions stored */
    int stopped;
};

enum outcome { TOOK, MISMATCHED, ENDED };

/* ------------------------------------------------------------------------------ libc's directives */

/* A format for libc, of the source's character width. */
struct native {
    char *text;
    u64 n;
    u64 unit;
    char first[512];
};

static void native_begin(struct native *native, u64 unit, u64 most)
{
    native->unit = unit;
    native->n = 0;
    native->text = native->first;
    if ((most + 64) * unit > sizeof native->first)
        native->text = malloc((most + 64) * unit);
}

static void native_put(struct native *native, u32 c)
{
    if (native->unit == 1)
        native->text[native->n++] = (char)c;
    else
        ((u32 *)native->text)[native->n++] = c;
}

static void native_words(struct native *native, const char *words)
{
    while (*words)
        native_put(native, (unsigned char)*words++);
}

/* Runs the directive, whose value (if any) goes to `to`. */
static enum outcome native_scan(struct native *native, struct source *source, void *to)
{
    int n = -1, result;
    const void *spec = native->text;
    const char *s = source->s ? source->s + source->taken * source->unit : 0;
    void *first = to ? to : &n, *second = &n; /* the second is not used without `to` */
    native_words(native, "%n");
    native_put(native, 0);
    if (source->unit == 1)
        result = source->fp ? fscanf(source->fp, spec, first, second)
                            : sscanf(s, spec, first, second);
    else
        result = source->fp ? fwscanf(source->fp, spec, first, second)
                            : swscanf((const wchar_t *)s, spec, first, second);
    if (native->text != native->first)
        free(native->text);
    if (n >= 0) {
        source->taken += (u64)n;
        return TOOK;
    }
    return result == EOF ? ENDED : MISMATCHED;
}

/* ----------------------------------------------------------------------------- the format */

static u32 character(const struct reader *reader, u64 at)
{
    if (at >= reader->n)
        return 0;
    if (reader->source.unit == 1)
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

static i64 number(struct reader *reader)
{
    i64 n = 0;
    while (peek(reader) - '0' < 10)
        n = (i64)fl_min((u64)n * 10 + (take(reader) - '0'), INT_MAX);
    return n;
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
    case 'L':
    case 'q':
        take(reader);
        return FL_L_LONG_DOUBLE;
    case 'j':
    case 'z':
    case 't':
        take(reader);
        return FL_L_LL;
    default:
        return FL_L_NONE;
    }
}

/* set = "[" "^"? "]"? (not "]")* "]" */
static void read_set(struct reader *reader, struct directive *directive)
{
    directive->set = reader->at;
    accept(reader, '^');
    accept(reader, ']');
    while (peek(reader) && peek(reader) != ']')
        take(reader);
    if (accept(reader, ']'))
        directive->set_n = reader->at - directive->set;
    else
        directive->conversion = 0;
}

/* directive = "%" (number "$")? ("*" | "'" | "I")* number? "m"? length? (conversion | set) */
static void read_directive(struct reader *reader, struct directive *directive)
{
    memset(directive, 0, sizeof *directive);
    reader->arguments->spec = reader->format + reader->at * reader->source.unit;
    reader->at++;
    directive->width = number(reader);
    if (directive->width && accept(reader, '$')) {
        directive->position = (u64)directive->width;
        directive->width = 0;
    }
    for (;;) {
        if (accept(reader, '*'))
            directive->suppressed = 1;
        else if (!accept(reader, '\'') && !accept(reader, 'I'))
            break;
    }
    if (!directive->width)
        directive->width = number(reader);
    directive->allocates = accept(reader, 'm');
    directive->length = length_modifier(reader);
    directive->conversion = peek(reader) ? take(reader) : 0;
    if (directive->conversion == 'C' || directive->conversion == 'S') {
        directive->conversion += 'a' - 'A';
        directive->length = FL_L_L;
    }
    if (directive->conversion == '[')
        read_set(reader, directive);
    reader->arguments->spec_end = reader->format + reader->at * reader->source.unit;
}

/* ------------------------------------------------------------------------------ conversions */

static int is_text(u32 conversion)
{
    return conversion == 's' || conversion == '[' || conversion == 'c';
}

static u64 unit_of(const struct directive *directive)
{
    return directive->length >= FL_L_L ? sizeof(wchar_t) : 1;
}

/* %c stores no NUL: how much it stored is known from what it read, unless that had another width.
 * Then it goes to zeroed memory. */
static int counted_by_zeros(const struct reader *reader, const struct directive *directive)
{
    return directive->conversion == 'c' && unit_of(directive) != reader->source.unit;
}

/* The directive for libc: numbers keep their length modifier, texts are allocated by libc. */
static enum outcome convert(struct reader *reader, const struct directive *directive, void *to)
{
    static const char *const lengths[] = {
        [FL_L_NONE] = "", [FL_L_HH] = "hh", [FL_L_H] = "h",
        [FL_L_L] = "l",   [FL_L_LL] = "ll", [FL_L_LONG_DOUBLE] = "L",
    };
    struct native native;
    char words[48];
    native_begin(&native, reader->source.unit, directive->set_n);
    snprintf(words, sizeof words, "%%%s", to ? "" : "*");
    native_words(&native, words);
    if (directive->width) {
        snprintf(words, sizeof words, "%ld", directive->width);
        native_words(&native, words);
    }
    if (to && is_text(directive->conversion) && !counted_by_zeros(reader, directive))
        native_words(&native, "m");
    native_words(&native, lengths[directive->length]);
    native_put(&native, directive->conversion);
    for (u64 i = 0; i < directive->set_n; i++)
        native_put(&native, character(reader, directive->set + i));
    return native_scan(&native, &reader->source, to);
}

struct target {
    enum fl_want want;
    u64 size;
};

/* What an argument must point to, and how many bytes are stored there. */
static struct target target_of(const struct directive *directive)
{
    static const struct target integers[] = {
        [FL_L_NONE] = {FL_W_INT_AT, 4}, [FL_L_HH] = {FL_W_CHARS, 1},
        [FL_L_H] = {FL_W_SHORT_AT, 2},  [FL_L_L] = {FL_W_LONG_AT, 8},
        [FL_L_LL] = {FL_W_LONG_AT, 8},  [FL_L_LONG_DOUBLE] = {FL_W_LONG_AT, 8},
    };
    static const struct target floats[] = {
        [FL_L_NONE] = {FL_W_FLOAT_AT, 4},      [FL_L_HH] = {FL_W_FLOAT_AT, 4},
        [FL_L_H] = {FL_W_FLOAT_AT, 4},         [FL_L_L] = {FL_W_DOUBLE_AT, 8},
        [FL_L_LL] = {FL_W_LONG_DOUBLE_AT, 16}, [FL_L_LONG_DOUBLE] = {FL_W_LONG_DOUBLE_AT, 16},
    };
    static const struct target texts[] = {{FL_W_CHARS, 1}, {FL_W_WIDE, 4}};
    static const struct target pointer = {FL_W_POINTER_AT, 8};
    if (directive->conversion == 'p' || directive->allocates)
        return pointer;
    if (is_text(directive->conversion))
        return texts[directive->length >= FL_L_L];
    return strchr("diuoxXn", (int)directive->conversion) ? integers[directive->length]
                                                         : floats[directive->length];
}

/* A text that libc has allocated: n characters of `unit` bytes go to the program. */
static void store_text(const struct directive *directive, struct fh_ptr to, const char *text,
                       u64 n, u64 unit)
{
    int ended = directive->conversion != 'c';
    u64 bytes = (n + (u64)ended) * unit;
    struct fh_ptr block;
    if (!directive->allocates) {
        if (ended) {
            fl_put(to.p, to.h, text, n, unit);
            return;
        }
        bytes = fl_writable(to.p, to.h, bytes);
        memcpy(to.p, text, bytes);
        fl_wrote(to.p, bytes);
        return;
    }
    block = fh_malloc(bytes);
    if (block.p) {
        memcpy(block.p, text, bytes);
        fl_wrote(block.p, bytes);
    }
    if (fl_out(to.p, to.h, sizeof(void *)))
        fl_store(to.p, block.p, block.h);
}

/* The characters before the zeros at the end of the `most` at `text`. */
static u64 before_zeros(const char *text, u64 most, u64 unit)
{
    while (most > 1 && (unit == 1 ? !text[most - 1] : !((const u32 *)text)[most - 1]))
        most--;
    return most;
}

static enum outcome read_text(struct reader *reader, const struct directive *directive,
                              struct fh_ptr to)
{
    u64 unit = unit_of(directive), before = reader->source.taken, n;
    u64 most = (directive->width ? (u64)directive->width : 1) * (unit == 1 ? MB_LEN_MAX : 1);
    int zeroed = counted_by_zeros(reader, directive);
    char *text = zeroed ? calloc(most + 1, unit) : 0;
    enum outcome outcome = zeroed ? convert(reader, directive, text)
                                  : convert(reader, directive, &text);
    if (outcome == TOOK && text) {
        if (directive->conversion != 'c')
            n = unit == 1 ? strlen(text) : wcslen((wchar_t *)text);
        else
            n = zeroed ? before_zeros(text, most, unit) : reader->source.taken - before;
        store_text(directive, to, text, n, unit);
    }
    free(text);
    return outcome;
}

static enum outcome read_number(struct reader *reader, const struct directive *directive,
                                struct fh_ptr to, u64 size)
{
    union {
        long integer;
        long double extended;
        void *pointer;
    } value;
    enum outcome outcome;
    memset(&value, 0, sizeof value);
    outcome = convert(reader, directive, &value);
    if (outcome != TOOK || !fl_out(to.p, to.h, size))
        return outcome;
    if (directive->conversion == 'p') {
        fl_store(to.p, value.pointer, value.pointer ? fh_resolve(value.pointer) : 0);
        return outcome;
    }
    memcpy(to.p, &value, size);
    fl_wrote(to.p, size);
    return outcome;
}

/* One conversion that stores. */
static enum outcome store(struct reader *reader, const struct directive *directive)
{
    struct target target = target_of(directive);
    struct fh_vararg *argument =
        fl_argument(reader->arguments, directive->position, target.want);
    struct fh_ptr to;
    if (!argument)
        return directive->conversion == 'n' ? TOOK : convert(reader, directive, 0);
    to = fl_pointer(argument);
    if (directive->conversion == 'n') {
        if (fl_out(to.p, to.h, target.size)) {
            memcpy(to.p, &reader->source.taken, target.size);
            fl_wrote(to.p, target.size);
        }
        return TOOK;
    }
    if (is_text(directive->conversion))
        return read_text(reader, directive, to);
    return read_number(reader, directive, to, target.size);
}

/* ------------------------------------------------------------------------------------ directives */

static enum outcome literal(struct reader *reader)
{
    struct native native;
    u32 c = character(reader, reader->at++);
    native_begin(&native, reader->source.unit, 0);
    native_put(&native, c);
    return native_scan(&native, &reader->source, 0);
}

static int is_space(const struct reader *reader)
{
    u32 c = peek(reader);
    return reader->source.unit == 1 ? c == ' ' || c - '\t' < 5 : iswspace(c);
}

static enum outcome next(struct reader *reader)
{
    struct directive directive;
    struct native native;
    enum outcome outcome;
    char words[FL_SPEC];
    if (is_space(reader)) {
        while (is_space(reader))
            reader->at++;
        native_begin(&native, reader->source.unit, 0);
        native_put(&native, ' ');
        return native_scan(&native, &reader->source, 0);
    }
    if (peek(reader) != '%')
        return literal(reader);
    read_directive(reader, &directive);
    if (directive.conversion == '%') {
        native_begin(&native, reader->source.unit, 0);
        native_words(&native, "%%");
        return native_scan(&native, &reader->source, 0);
    }
    if (!directive.conversion || directive.conversion > 127 ||
        !strchr("diuoxXeEfFgGaAsc[pn", (int)directive.conversion)) {
        fl_report(603, reader->arguments->function, "`%s` is no conversion",
                  fl_spec(reader->arguments, words));
        return MISMATCHED;
    }
    if (directive.suppressed)
        return directive.conversion == 'n' ? TOOK : convert(reader, &directive, 0);
    outcome = store(reader, &directive);
    if (outcome == TOOK && directive.conversion != 'n')
        reader->done++;
    return outcome;
}

static int scan(struct source source, const void *format, u64 format_h,
                struct fl_arguments arguments)
{
    struct reader reader;
    enum outcome outcome = TOOK;
    memset(&reader, 0, sizeof reader);
    reader.n = fl_length(&format, format_h, source.unit, FL_NO_LIMIT);
    reader.format = format;
    reader.source = source;
    reader.arguments = &arguments;
    arguments.spec_unit = source.unit;
    while (outcome == TOOK && reader.at < reader.n)
        outcome = next(&reader);
    fl_arguments_end(&arguments);
    return outcome == ENDED && !reader.done ? EOF : reader.done;
}

static int scan_stream(FILE *fp, u64 unit, const void *format, u64 h,
                       struct fl_arguments arguments)
{
    struct source source = {.fp = fp, .unit = unit};
    return scan(source, format, h, arguments);
}

static int scan_string(const void *s, u64 s_h, u64 unit, const void *format, u64 h,
                       struct fl_arguments arguments)
{
    struct source source = {.unit = unit};
    fl_length(&s, s_h, unit, FL_NO_LIMIT);
    source.s = s ? s : "\0\0\0";
    return scan(source, format, h, arguments);
}

/* ------------------------------------------------------------------------------- the functions */

#define DIRECT fl_direct(FL_NAME, rest)
#define LISTED fl_listed(FL_NAME, ap, ap_h)
#define WIDE sizeof(wchar_t)

int fhw_scanf(const char *format, u64 h, struct fh_varargs *rest)
{
    return scan_stream(stdin, 1, format, h, DIRECT);
}

int fhw_vscanf(const char *format, u64 h, void *ap, u64 ap_h)
{
    return scan_stream(stdin, 1, format, h, LISTED);
}

int fhw_fscanf(FILE *fp, u64 fp_h, const char *format, u64 h, struct fh_varargs *rest)
{
    return fl_stream(fp, fp_h) ? scan_stream(fp, 1, format, h, DIRECT) : EOF;
}

int fhw_vfscanf(FILE *fp, u64 fp_h, const char *format, u64 h, void *ap, u64 ap_h)
{
    return fl_stream(fp, fp_h) ? scan_stream(fp, 1, format, h, LISTED) : EOF;
}

int fhw_sscanf(const char *s, u64 s_h, const char *format, u64 h, struct fh_varargs *rest)
{
    return scan_string(s, s_h, 1, format, h, DIRECT);
}

int fhw_vsscanf(const char *s, u64 s_h, const char *format, u64 h, void *ap, u64 ap_h)
{
    return scan_string(s, s_h, 1, format, h, LISTED);
}

int fhw_wscanf(const wchar_t *format, u64 h, struct fh_varargs *rest)
{
    return scan_stream(stdin, WIDE, format, h, DIRECT);
}

int fhw_vwscanf(const wchar_t *format, u64 h, void *ap, u64 ap_h)
{
    return scan_stream(stdin, WIDE, format, h, LISTED);
}

int fhw_fwscanf(FILE *fp, u64 fp_h, const wchar_t *format, u64 h, struct fh_varargs *rest)
{
    return fl_stream(fp, fp_h) ? scan_stream(fp, WIDE, format, h, DIRECT) : EOF;
}

int fhw_vfwscanf(FILE *fp, u64 fp_h, const wchar_t *format, u64 h, void *ap, u64 ap_h)
{
    return fl_stream(fp, fp_h) ? scan_stream(fp, WIDE, format, h, LISTED) : EOF;
}

int fhw_swscanf(const wchar_t *s, u64 s_h, const wchar_t *format, u64 h, struct fh_varargs *rest)
{
    return scan_string(s, s_h, WIDE, format, h, DIRECT);
}

int fhw_vswscanf(const wchar_t *s, u64 s_h, const wchar_t *format, u64 h, void *ap, u64 ap_h)
{
    return scan_string(s, s_h, WIDE, format, h, LISTED);
}
