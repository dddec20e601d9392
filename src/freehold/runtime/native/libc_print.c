/* The printf family: formats with libc_printf.c's engine and delivers the text. */
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>
#include <wchar.h>

#include "libc_printf.h"

/* ---------------------------------------------------------------------------------- delivery */

static int result_of(const struct fl_text *text, u64 written)
{
    if (text->failed || written < text->n)
        return -1;
    if (text->n > INT_MAX) {
        errno = EOVERFLOW;
        return -1;
    }
    return (int)text->n;
}

static int to_stream(FILE *fp, const char *format, u64 format_h, struct fl_arguments arguments)
{
    struct fl_text text;
    int result;
    fl_format(&text, 1, format, format_h, &arguments);
    result = result_of(&text, fwrite_unlocked(text.data, 1, text.n, fp));
    fl_text_release(&text);
    return result;
}

static int to_wide_stream(FILE *fp, const wchar_t *format, u64 format_h,
                          struct fl_arguments arguments)
{
    struct fl_text text;
    u64 written = 0;
    int result;
    /* The arguments are looked at even if the stream is one of bytes, and takes nothing. */
    fl_format(&text, sizeof(wchar_t), format, format_h, &arguments);
    if (fwide(fp, 1) < 0)
        text.failed = 1;
    while (!text.failed && written < text.n && fputwc(((wchar_t *)text.data)[written], fp) != WEOF)
        written++;
    result = result_of(&text, written);
    fl_text_release(&text);
    return result;
}

static int to_descriptor(int fd, const char *format, u64 format_h, struct fl_arguments arguments)
{
    struct fl_text text;
    u64 written = 0;
    int result;
    fl_format(&text, 1, format, format_h, &arguments);
    while (written < text.n) {
        ssize_t more = write(fd, text.data + written, text.n - written);
        if (more < 0)
            break;
        written += (u64)more;
    }
    result = result_of(&text, written);
    fl_text_release(&text);
    return result;
}

/* To memory: at most `limit` characters, the NUL among them. */
static int to_memory(char *to, u64 to_h, u64 limit, const char *format, u64 format_h,
                     struct fl_arguments arguments)
{
    struct fl_text text;
    u64 n;
    int result;
    fl_format(&text, 1, format, format_h, &arguments);
    n = limit ? fl_min(text.n, limit - 1) : 0;
    if (limit) {
        for (u64 i = 0; i < text.sources; i++)
            fl_overlap(arguments.function, to, n + 1, text.source[i].p, text.source[i].n);
        fl_put(to, to_h, text.data, n, 1);
    }
    result = result_of(&text, text.n);
    fl_text_release(&text);
    return result;
}

/* swprintf fails if the text does not fit. */
static int to_wide_memory(wchar_t *to, u64 to_h, u64 limit, const wchar_t *format, u64 format_h,
                          struct fl_arguments arguments)
{
    struct fl_text text;
    int result;
    fl_format(&text, sizeof(wchar_t), format, format_h, &arguments);
    if (limit)
        fl_put(to, to_h, text.data, fl_min(text.n, limit - 1), sizeof(wchar_t));
    result = text.n < limit ? result_of(&text, text.n) : -1;
    fl_text_release(&text);
    return result;
}

static int to_new_string(char **to, u64 to_h, const char *format, u64 format_h,
                         struct fl_arguments arguments)
{
    struct fl_text text;
    struct fh_ptr made = fl_ptr(0, 0);
    int result;
    fl_format(&text, 1, format, format_h, &arguments);
    result = result_of(&text, text.n);
    if (result >= 0)
        made = fl_new_text(text.data, text.n);
    if (!made.p)
        result = -1;
    if (fl_out(to, to_h, sizeof *to))
        fl_store(to, made.p, made.h);
    fl_text_release(&text);
    return result;
}

/* ------------------------------------------------------------------------------------- stdio.h */

#define DIRECT fl_direct(FL_NAME, rest)
#define LISTED fl_listed(FL_NAME, ap, ap_h)

int fhw_printf(const char *format, u64 h, struct fh_varargs *rest)
{
    return to_stream(stdout, format, h, DIRECT);
}

int fhw_vprintf(const char *format, u64 h, void *ap, u64 ap_h)
{
    return to_stream(stdout, format, h, LISTED);
}

int fhw_fprintf(FILE *fp, u64 fp_h, const char *format, u64 h, struct fh_varargs *rest)
{
    return fl_stream(fp, fp_h) ? to_stream(fp, format, h, DIRECT) : -1;
}

int fhw_vfprintf(FILE *fp, u64 fp_h, const char *format, u64 h, void *ap, u64 ap_h)
{
    return fl_stream(fp, fp_h) ? to_stream(fp, format, h, LISTED) : -1;
}

int fhw_dprintf(int fd, const char *format, u64 h, struct fh_varargs *rest)
{
    return to_descriptor(fd, format, h, DIRECT);
}

int fhw_vdprintf(int fd, const char *format, u64 h, void *ap, u64 ap_h)
{
    return to_descriptor(fd, format, h, LISTED);
}

int fhw_sprintf(char *to, u64 to_h, const char *format, u64 h, struct fh_varargs *rest)
{
    return to_memory(to, to_h, FL_NO_LIMIT, format, h, DIRECT);
}

int fhw_vsprintf(char *to, u64 to_h, const char *format, u64 h, void *ap, u64 ap_h)
{
    return to_memory(to, to_h, FL_NO_LIMIT, format, h, LISTED);
}

int fhw_snprintf(char *to, u64 to_h, u64 n, const char *format, u64 h, struct fh_varargs *rest)
{
    return to_memory(to, to_h, n, format, h, DIRECT);
}

int fhw_vsnprintf(char *to, u64 to_h, u64 n, const char *format, u64 h, void *ap, u64 ap_h)
{
    return to_memory(to, to_h, n, format, h, LISTED);
}

int fhw_asprintf(char **to, u64 to_h, const char *format, u64 h, struct fh_varargs *rest)
{
    return to_new_string(to, to_h, format, h, DIRECT);
}

int fhw_vasprintf(char **to, u64 to_h, const char *format, u64 h, void *ap, u64 ap_h)
{
    return to_new_string(to, to_h, format, h, LISTED);
}

/* ------------------------------------------------------------------------------------- wchar.h */

int fhw_wprintf(const wchar_t *format, u64 h, struct fh_varargs *rest)
{
    return to_wide_stream(stdout, format, h, DIRECT);
}

int fhw_vwprintf(const wchar_t *format, u64 h, void *ap, u64 ap_h)
{
    return to_wide_stream(stdout, format, h, LISTED);
}

int fhw_fwprintf(FILE *fp, u64 fp_h, const wchar_t *format, u64 h, struct fh_varargs *rest)
{
    return fl_stream(fp, fp_h) ? to_wide_stream(fp, format, h, DIRECT) : -1;
}

int fhw_vfwprintf(FILE *fp, u64 fp_h, const wchar_t *format, u64 h, void *ap, u64 ap_h)
{
    return fl_stream(fp, fp_h) ? to_wide_stream(fp, format, h, LISTED) : -1;
}

int fhw_swprintf(wchar_t *to, u64 to_h, u64 n, const wchar_t *format, u64 h,
                 struct fh_varargs *rest)
{
    return to_wide_memory(to, to_h, n, format, h, DIRECT);
}

int fhw_vswprintf(wchar_t *to, u64 to_h, u64 n, const wchar_t *format, u64 h, void *ap, u64 ap_h)
{
    return to_wide_memory(to, to_h, n, format, h, LISTED);
}

/* ------------------------------------------- what _FORTIFY_SOURCE makes of them: `room` is spare */

int fhw___printf_chk(int flag, const char *format, u64 h, struct fh_varargs *rest)
{
    (void)flag;
    return to_stream(stdout, format, h, DIRECT);
}

int fhw___vprintf_chk(int flag, const char *format, u64 h, void *ap, u64 ap_h)
{
    (void)flag;
    return to_stream(stdout, format, h, LISTED);
}

int fhw___fprintf_chk(FILE *fp, u64 fp_h, int flag, const char *format, u64 h,
                      struct fh_varargs *rest)
{
    (void)flag;
    return fl_stream(fp, fp_h) ? to_stream(fp, format, h, DIRECT) : -1;
}

int fhw___vfprintf_chk(FILE *fp, u64 fp_h, int flag, const char *format, u64 h, void *ap, u64 ap_h)
{
    (void)flag;
    return fl_stream(fp, fp_h) ? to_stream(fp, format, h, LISTED) : -1;
}

int fhw___sprintf_chk(char *to, u64 to_h, int flag, u64 room, const char *format, u64 h,
                      struct fh_varargs *rest)
{
    (void)flag, (void)room;
    return to_memory(to, to_h, FL_NO_LIMIT, format, h, DIRECT);
}

int fhw___vsprintf_chk(char *to, u64 to_h, int flag, u64 room, const char *format, u64 h, void *ap,
                       u64 ap_h)
{
    (void)flag, (void)room;
    return to_memory(to, to_h, FL_NO_LIMIT, format, h, LISTED);
}

int fhw___snprintf_chk(char *to, u64 to_h, u64 n, int flag, u64 room, const char *format, u64 h,
                       struct fh_varargs *rest)
{
    (void)flag, (void)room;
    return to_memory(to, to_h, n, format, h, DIRECT);
}

int fhw___vsnprintf_chk(char *to, u64 to_h, u64 n, int flag, u64 room, const char *format, u64 h,
                        void *ap, u64 ap_h)
{
    (void)flag, (void)room;
    return to_memory(to, to_h, n, format, h, LISTED);
}

int fhw___asprintf_chk(char **to, u64 to_h, int flag, const char *format, u64 h,
                       struct fh_varargs *rest)
{
    (void)flag;
    return to_new_string(to, to_h, format, h, DIRECT);
}

int fhw___vasprintf_chk(char **to, u64 to_h, int flag, const char *format, u64 h, void *ap,
                        u64 ap_h)
{
    (void)flag;
    return to_new_string(to, to_h, format, h, LISTED);
}

/* --------------------------------------------------------------------- err.h, error.h, syslog.h */

/* "program: text: error\n"; `code` < 0: without the error. */
static void complain(const char *format, u64 h, struct fl_arguments arguments, int code)
{
    fprintf(stderr, "%s: ", program_invocation_short_name);
    if (format) {
        to_stream(stderr, format, h, arguments);
        if (code >= 0)
            fputs(": ", stderr);
    }
    if (code >= 0)
        fputs(strerror(code), stderr);
    fputc('\n', stderr);
}

void fhw_warn(const char *format, u64 h, struct fh_varargs *rest)
{
    complain(format, h, DIRECT, errno);
}

void fhw_vwarn(const char *format, u64 h, void *ap, u64 ap_h)
{
    complain(format, h, LISTED, errno);
}

void fhw_warnx(const char *format, u64 h, struct fh_varargs *rest)
{
    complain(format, h, DIRECT, -1);
}

void fhw_vwarnx(const char *format, u64 h, void *ap, u64 ap_h)
{
    complain(format, h, LISTED, -1);
}

void fhw_err(int status, const char *format, u64 h, struct fh_varargs *rest)
{
    complain(format, h, DIRECT, errno);
    fh_exit(status);
}

void fhw_verr(int status, const char *format, u64 h, void *ap, u64 ap_h)
{
    complain(format, h, LISTED, errno);
    fh_exit(status);
}

void fhw_errx(int status, const char *format, u64 h, struct fh_varargs *rest)
{
    complain(format, h, DIRECT, -1);
    fh_exit(status);
}

void fhw_verrx(int status, const char *format, u64 h, void *ap, u64 ap_h)
{
    complain(format, h, LISTED, -1);
    fh_exit(status);
}

void fhw_error(int status, int code, const char *format, u64 h, struct fh_varargs *rest)
{
    fflush(stdout);
    fprintf(stderr, "%s: ", program_invocation_name);
    to_stream(stderr, format, h, DIRECT);
    if (code)
        fprintf(stderr, ": %s", strerror(code));
    fputc('\n', stderr);
    if (status)
        fh_exit(status);
}

void fhw_syslog(int priority, const char *format, u64 h, struct fh_varargs *rest)
{
    struct fl_text text;
    struct fl_arguments arguments = DIRECT;
    if (fl_format(&text, 1, format, h, &arguments))
        syslog(priority, "%.*s", (int)text.n, text.data);
    fl_text_release(&text);
}
