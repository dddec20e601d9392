/* Made by freehold.runtime.libc.generate from the table of libc: do not edit. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fenv.h>
#include <fnmatch.h>
#include <langinfo.h>
#include <locale.h>
#include <math.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ipc.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <syslog.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>
#include <wchar.h>
#include <wctype.h>
#include "libc_support.h"

int __xpg_strerror_r(int code, char *to, size_t n);

int fhw_strcoll(const char *a, u64 a_h, const char *b, u64 b_h)
{
    const char *a_b = a;
    const char *b_b = b;
    if (!fl_string((const void **)&a_b, a_h, 1) || !fl_string((const void **)&b_b, b_h, 1))
        return fl_refuse(), 0;
    int result = strcoll((char *)a_b, (char *)b_b);
    return result;
}

int fhw_strverscmp(const char *a, u64 a_h, const char *b, u64 b_h)
{
    const char *a_b = a;
    const char *b_b = b;
    if (!fl_string((const void **)&a_b, a_h, 1) || !fl_string((const void **)&b_b, b_h, 1))
        return fl_refuse(), 0;
    int result = strverscmp((char *)a_b, (char *)b_b);
    return result;
}

struct fh_ptr fhw_strerror(int code)
{
    char *result = strerror(code);
    return fl_own_text(result);
}

struct fh_ptr fhw_strsignal(int signal)
{
    char *result = strsignal(signal);
    return fl_own_text(result);
}

struct fh_ptr fhw_basename(const char *path, u64 path_h)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), fl_ptr(0, FH_NULL_HANDLE);
    char *result = basename((char *)path_b);
    return fl_back(result, path, path_b, path_h);
}

int fhw_wcscoll(const wchar_t *a, u64 a_h, const wchar_t *b, u64 b_h)
{
    const wchar_t *a_b = a;
    const wchar_t *b_b = b;
    if (!fl_string((const void **)&a_b, a_h, 4) || !fl_string((const void **)&b_b, b_h, 4))
        return fl_refuse(), 0;
    int result = wcscoll((wchar_t *)a_b, (wchar_t *)b_b);
    return result;
}

long fhw_wcstol(const wchar_t *s, u64 s_h, wchar_t **end, u64 end_h, int base)
{
    const wchar_t *s_b = s;
    wchar_t* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 4) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), -1;
    long result = wcstol((wchar_t *)s_b, end ? &end_v : 0, base);
    if (end && result >= 0) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (wchar_t*)s + (end_v - s_b), s_h);
    return result;
}

unsigned long fhw_wcstoul(const wchar_t *s, u64 s_h, wchar_t **end, u64 end_h, int base)
{
    const wchar_t *s_b = s;
    wchar_t* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 4) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), 0;
    unsigned long result = wcstoul((wchar_t *)s_b, end ? &end_v : 0, base);
    if (end) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (wchar_t*)s + (end_v - s_b), s_h);
    return result;
}

long long fhw_wcstoll(const wchar_t *s, u64 s_h, wchar_t **end, u64 end_h, int base)
{
    const wchar_t *s_b = s;
    wchar_t* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 4) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), -1;
    long long result = wcstoll((wchar_t *)s_b, end ? &end_v : 0, base);
    if (end && result >= 0) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (wchar_t*)s + (end_v - s_b), s_h);
    return result;
}

unsigned long long fhw_wcstoull(const wchar_t *s, u64 s_h, wchar_t **end, u64 end_h, int base)
{
    const wchar_t *s_b = s;
    wchar_t* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 4) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), 0;
    unsigned long long result = wcstoull((wchar_t *)s_b, end ? &end_v : 0, base);
    if (end) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (wchar_t*)s + (end_v - s_b), s_h);
    return result;
}

float fhw_wcstof(const wchar_t *s, u64 s_h, wchar_t **end, u64 end_h)
{
    const wchar_t *s_b = s;
    wchar_t* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 4) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), 0;
    float result = wcstof((wchar_t *)s_b, end ? &end_v : 0);
    if (end) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (wchar_t*)s + (end_v - s_b), s_h);
    return result;
}

double fhw_wcstod(const wchar_t *s, u64 s_h, wchar_t **end, u64 end_h)
{
    const wchar_t *s_b = s;
    wchar_t* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 4) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), 0;
    double result = wcstod((wchar_t *)s_b, end ? &end_v : 0);
    if (end) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (wchar_t*)s + (end_v - s_b), s_h);
    return result;
}

long double fhw_wcstold(const wchar_t *s, u64 s_h, wchar_t **end, u64 end_h)
{
    const wchar_t *s_b = s;
    wchar_t* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 4) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), 0;
    long double result = wcstold((wchar_t *)s_b, end ? &end_v : 0);
    if (end) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (wchar_t*)s + (end_v - s_b), s_h);
    return result;
}

int fhw_mbsinit(const mbstate_t *state, u64 state_h)
{
    if ((state && !fl_in(state, state_h, sizeof *state)))
        return fl_refuse(), 0;
    int result = mbsinit(state);
    return result;
}

wctype_t fhw_wctype(const char *name, u64 name_h)
{
    const char *name_b = name;
    if (!fl_string((const void **)&name_b, name_h, 1))
        return fl_refuse(), 0;
    wctype_t result = wctype((char *)name_b);
    return result;
}

struct fh_ptr fhw_wctrans(const char *name, u64 name_h)
{
    const char *name_b = name;
    if (!fl_string((const void **)&name_b, name_h, 1))
        return fl_refuse(), fl_ptr(0, FH_NULL_HANDLE);
    wctrans_t result = wctrans((char *)name_b);
    return fl_own((void *)result, 4);
}

void fhw_setlinebuf(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        { fl_refuse(); return; }
    setlinebuf(fp);
}

int fhw_remove(const char *path, u64 path_h)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = remove((char *)path_b);
    return result;
}

int fhw_rename(const char *old, u64 old_h, const char *new, u64 new_h)
{
    const char *old_b = old;
    const char *new_b = new;
    if (!fl_string((const void **)&old_b, old_h, 1) || !fl_string((const void **)&new_b, new_h, 1))
        return fl_refuse(), -1;
    int result = rename((char *)old_b, (char *)new_b);
    return result;
}

int fhw_renameat(int fd, const char *old, u64 old_h, int to, const char *new, u64 new_h)
{
    const char *old_b = old;
    const char *new_b = new;
    if (!fl_string((const void **)&old_b, old_h, 1) || !fl_string((const void **)&new_b, new_h, 1))
        return fl_refuse(), -1;
    int result = renameat(fd, (char *)old_b, to, (char *)new_b);
    return result;
}

int fhw_fputs(const char *s, u64 s_h, FILE *fp, u64 fp_h)
{
    const char *s_b = s;
    if (!fl_string((const void **)&s_b, s_h, 1) || !fl_stream(fp, fp_h))
        return fl_refuse(), -1;
    int result = fputs((char *)s_b, fp);
    return result;
}

int fhw_puts(const char *s, u64 s_h)
{
    const char *s_b = s;
    if (!fl_string((const void **)&s_b, s_h, 1))
        return fl_refuse(), -1;
    int result = puts((char *)s_b);
    return result;
}

int fhw_fgetc(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), -1;
    int result = fgetc(fp);
    return result;
}

int fhw_feof(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), 0;
    int result = feof(fp);
    return result;
}

int fhw_ferror(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), 0;
    int result = ferror(fp);
    return result;
}

int fhw_fileno(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), -1;
    int result = fileno(fp);
    return result;
}

int fhw_getw(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), -1;
    int result = getw(fp);
    return result;
}

int fhw_ftrylockfile(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), -1;
    int result = ftrylockfile(fp);
    return result;
}

void fhw_clearerr(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        { fl_refuse(); return; }
    clearerr(fp);
}

void fhw_rewind(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        { fl_refuse(); return; }
    rewind(fp);
}

void fhw_flockfile(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        { fl_refuse(); return; }
    flockfile(fp);
}

void fhw_funlockfile(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        { fl_refuse(); return; }
    funlockfile(fp);
}

int fhw_fputc(int c, FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), -1;
    int result = fputc(c, fp);
    return result;
}

int fhw_ungetc(int c, FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), -1;
    int result = ungetc(c, fp);
    return result;
}

int fhw_putw(int c, FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), -1;
    int result = putw(c, fp);
    return result;
}

int fhw_fseek(FILE *fp, u64 fp_h, long offset, int whence)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), -1;
    int result = fseek(fp, offset, whence);
    return result;
}

int fhw_fseeko(FILE *fp, u64 fp_h, off_t offset, int whence)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), -1;
    int result = fseeko(fp, offset, whence);
    return result;
}

long fhw_ftell(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), -1;
    long result = ftell(fp);
    return result;
}

off_t fhw_ftello(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), -1;
    off_t result = ftello(fp);
    return result;
}

int fhw_fgetpos(FILE *fp, u64 fp_h, fpos_t *at, u64 at_h)
{
    if (!fl_stream(fp, fp_h) || !fl_out(at, at_h, sizeof *at))
        return fl_refuse(), -1;
    int result = fgetpos(fp, at);
    if (result >= 0) fl_wrote(at, sizeof *at);
    return result;
}

int fhw_fsetpos(FILE *fp, u64 fp_h, const fpos_t *at, u64 at_h)
{
    if (!fl_stream(fp, fp_h) || !fl_in(at, at_h, sizeof *at))
        return fl_refuse(), -1;
    int result = fsetpos(fp, at);
    return result;
}

void fhw_perror(const char *s, u64 s_h)
{
    const char *s_b = s;
    if ((s && !fl_string((const void **)&s_b, s_h, 1)))
        { fl_refuse(); return; }
    perror((char *)s_b);
}

wint_t fhw_fgetwc(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), WEOF;
    wint_t result = fgetwc(fp);
    return result;
}

wint_t fhw_fputwc(wchar_t c, FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), WEOF;
    wint_t result = fputwc(c, fp);
    return result;
}

wint_t fhw_ungetwc(wint_t c, FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), WEOF;
    wint_t result = ungetwc(c, fp);
    return result;
}

int fhw_fputws(const wchar_t *s, u64 s_h, FILE *fp, u64 fp_h)
{
    const wchar_t *s_b = s;
    if (!fl_string((const void **)&s_b, s_h, 4) || !fl_stream(fp, fp_h))
        return fl_refuse(), -1;
    int result = fputws((wchar_t *)s_b, fp);
    return result;
}

int fhw_fwide(FILE *fp, u64 fp_h, int mode)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), 0;
    int result = fwide(fp, mode);
    return result;
}

void fhw_openlog(const char *name, u64 name_h, int option, int facility)
{
    const char *name_b = name;
    if ((name && !fl_string((const void **)&name_b, name_h, 1)))
        { fl_refuse(); return; }
    openlog((char *)name_b, option, facility);
}

void fhw___fpurge(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        { fl_refuse(); return; }
    __fpurge(fp);
}

size_t fhw___fpending(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), 0;
    size_t result = __fpending(fp);
    return result;
}

int fhw___freading(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), 0;
    int result = __freading(fp);
    return result;
}

int fhw___fwriting(FILE *fp, u64 fp_h)
{
    if (!fl_stream(fp, fp_h))
        return fl_refuse(), 0;
    int result = __fwriting(fp);
    return result;
}

int fhw_atoi(const char *s, u64 s_h)
{
    const char *s_b = s;
    if (!fl_numeral((const void **)&s_b, s_h, 1))
        return fl_refuse(), 0;
    int result = atoi((char *)s_b);
    return result;
}

long fhw_atol(const char *s, u64 s_h)
{
    const char *s_b = s;
    if (!fl_numeral((const void **)&s_b, s_h, 1))
        return fl_refuse(), 0;
    long result = atol((char *)s_b);
    return result;
}

long long fhw_atoll(const char *s, u64 s_h)
{
    const char *s_b = s;
    if (!fl_numeral((const void **)&s_b, s_h, 1))
        return fl_refuse(), 0;
    long long result = atoll((char *)s_b);
    return result;
}

double fhw_atof(const char *s, u64 s_h)
{
    const char *s_b = s;
    if (!fl_numeral((const void **)&s_b, s_h, 1))
        return fl_refuse(), 0;
    double result = atof((char *)s_b);
    return result;
}

long fhw_strtol(const char *s, u64 s_h, char **end, u64 end_h, int base)
{
    const char *s_b = s;
    char* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 1) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), -1;
    long result = strtol((char *)s_b, end ? &end_v : 0, base);
    if (end && result >= 0) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (char*)s + (end_v - s_b), s_h);
    return result;
}

unsigned long fhw_strtoul(const char *s, u64 s_h, char **end, u64 end_h, int base)
{
    const char *s_b = s;
    char* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 1) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), 0;
    unsigned long result = strtoul((char *)s_b, end ? &end_v : 0, base);
    if (end) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (char*)s + (end_v - s_b), s_h);
    return result;
}

long long fhw_strtoll(const char *s, u64 s_h, char **end, u64 end_h, int base)
{
    const char *s_b = s;
    char* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 1) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), -1;
    long long result = strtoll((char *)s_b, end ? &end_v : 0, base);
    if (end && result >= 0) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (char*)s + (end_v - s_b), s_h);
    return result;
}

unsigned long long fhw_strtoull(const char *s, u64 s_h, char **end, u64 end_h, int base)
{
    const char *s_b = s;
    char* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 1) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), 0;
    unsigned long long result = strtoull((char *)s_b, end ? &end_v : 0, base);
    if (end) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (char*)s + (end_v - s_b), s_h);
    return result;
}

float fhw_strtof(const char *s, u64 s_h, char **end, u64 end_h)
{
    const char *s_b = s;
    char* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 1) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), 0;
    float result = strtof((char *)s_b, end ? &end_v : 0);
    if (end) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (char*)s + (end_v - s_b), s_h);
    return result;
}

double fhw_strtod(const char *s, u64 s_h, char **end, u64 end_h)
{
    const char *s_b = s;
    char* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 1) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), 0;
    double result = strtod((char *)s_b, end ? &end_v : 0);
    if (end) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (char*)s + (end_v - s_b), s_h);
    return result;
}

long double fhw_strtold(const char *s, u64 s_h, char **end, u64 end_h)
{
    const char *s_b = s;
    char* end_v = 0;
    if (!fl_numeral((const void **)&s_b, s_h, 1) || (end && !fl_out(end, end_h, sizeof *end)))
        return fl_refuse(), 0;
    long double result = strtold((char *)s_b, end ? &end_v : 0);
    if (end) fl_wrote(end, sizeof *end);
    if (end) fl_store(end, (char*)s + (end_v - s_b), s_h);
    return result;
}

int fhw_rand_r(unsigned int *seed, u64 seed_h)
{
    if (!fl_inout(seed, seed_h, sizeof *seed))
        return fl_refuse(), 0;
    int result = rand_r(seed);
    fl_wrote(seed, sizeof *seed);
    return result;
}

double fhw_erand48(unsigned short state[3], u64 state_h)
{
    if (!fl_inout(state, state_h, (u64)3 * sizeof *state))
        return fl_refuse(), 0;
    double result = erand48(state);
    fl_wrote(state, (u64)3 * sizeof *state);
    return result;
}

long fhw_nrand48(unsigned short state[3], u64 state_h)
{
    if (!fl_inout(state, state_h, (u64)3 * sizeof *state))
        return fl_refuse(), 0;
    long result = nrand48(state);
    fl_wrote(state, (u64)3 * sizeof *state);
    return result;
}

long fhw_jrand48(unsigned short state[3], u64 state_h)
{
    if (!fl_inout(state, state_h, (u64)3 * sizeof *state))
        return fl_refuse(), 0;
    long result = jrand48(state);
    fl_wrote(state, (u64)3 * sizeof *state);
    return result;
}

struct fh_ptr fhw_seed48(unsigned short seed[3], u64 seed_h)
{
    if (!fl_in(seed, seed_h, (u64)3 * sizeof *seed))
        return fl_refuse(), fl_ptr(0, FH_NULL_HANDLE);
    unsigned short *result = seed48(seed);
    return fl_own((void *)result, 6);
}

void fhw_lcong48(unsigned short parameters[7], u64 parameters_h)
{
    if (!fl_in(parameters, parameters_h, (u64)7 * sizeof *parameters))
        { fl_refuse(); return; }
    lcong48(parameters);
}

int fhw_rpmatch(const char *answer, u64 answer_h)
{
    const char *answer_b = answer;
    if (!fl_string((const void **)&answer_b, answer_h, 1))
        return fl_refuse(), 0;
    int result = rpmatch((char *)answer_b);
    return result;
}

struct fh_ptr fhw_ecvt(double x, int digits, int *point, u64 point_h, int *sign, u64 sign_h)
{
    if (!fl_out(point, point_h, sizeof *point) || !fl_out(sign, sign_h, sizeof *sign))
        return fl_refuse(), fl_ptr(0, FH_NULL_HANDLE);
    char *result = ecvt(x, digits, point, sign);
    if (result) fl_wrote(point, sizeof *point);
    if (result) fl_wrote(sign, sizeof *sign);
    return fl_own_text(result);
}

struct fh_ptr fhw_fcvt(double x, int digits, int *point, u64 point_h, int *sign, u64 sign_h)
{
    if (!fl_out(point, point_h, sizeof *point) || !fl_out(sign, sign_h, sizeof *sign))
        return fl_refuse(), fl_ptr(0, FH_NULL_HANDLE);
    char *result = fcvt(x, digits, point, sign);
    if (result) fl_wrote(point, sizeof *point);
    if (result) fl_wrote(sign, sizeof *sign);
    return fl_own_text(result);
}

struct fh_ptr fhw_l64a(long n)
{
    char *result = l64a(n);
    return fl_own_text(result);
}

long fhw_a64l(const char *s, u64 s_h)
{
    const char *s_b = s;
    if (!fl_string((const void **)&s_b, s_h, 1))
        return fl_refuse(), 0;
    long result = a64l((char *)s_b);
    return result;
}

int fhw_getloadavg(double *to, u64 to_h, int n)
{
    if (!fl_out(to, to_h, (u64)n * sizeof *to))
        return fl_refuse(), -1;
    int result = getloadavg(to, n);
    if (result >= 0) fl_wrote(to, (u64)n * sizeof *to);
    return result;
}

struct fh_ptr fhw_ptsname(int fd)
{
    char *result = ptsname(fd);
    return fl_own_text(result);
}

struct fh_ptr fhw_newlocale(int mask, const char *name, u64 name_h, locale_t base, u64 base_h)
{
    const char *name_b = name;
    if (!fl_string((const void **)&name_b, name_h, 1))
        return fl_refuse(), fl_ptr(0, FH_NULL_HANDLE);
    locale_t result = newlocale(mask, (char *)name_b, base);
    return fl_ptr((void *)result, FH_FOREIGN_HANDLE);
}

struct fh_ptr fhw_uselocale(locale_t locale, u64 locale_h)
{
    locale_t result = uselocale(locale);
    return fl_ptr((void *)result, FH_FOREIGN_HANDLE);
}

struct fh_ptr fhw_duplocale(locale_t locale, u64 locale_h)
{
    locale_t result = duplocale(locale);
    return fl_ptr((void *)result, FH_FOREIGN_HANDLE);
}

void fhw_freelocale(locale_t locale, u64 locale_h)
{
    freelocale(locale);
}

struct fh_ptr fhw_nl_langinfo(nl_item item)
{
    char *result = nl_langinfo(item);
    return fl_own_text(result);
}

int fhw_fnmatch(const char *pattern, u64 pattern_h, const char *s, u64 s_h, int flags)
{
    const char *pattern_b = pattern;
    const char *s_b = s;
    if (!fl_string((const void **)&pattern_b, pattern_h, 1) || !fl_string((const void **)&s_b, s_h, 1))
        return fl_refuse(), 0;
    int result = fnmatch((char *)pattern_b, (char *)s_b, flags);
    return result;
}

int fhw_regcomp(regex_t *to, u64 to_h, const char *pattern, u64 pattern_h, int flags)
{
    const char *pattern_b = pattern;
    if (!fl_out(to, to_h, sizeof *to) || !fl_string((const void **)&pattern_b, pattern_h, 1))
        return fl_refuse(), 14;
    int result = regcomp(to, (char *)pattern_b, flags);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_regexec(const regex_t *regex, u64 regex_h, const char *s, u64 s_h, size_t n, regmatch_t *to, u64 to_h, int flags)
{
    const char *s_b = s;
    if (!fl_in(regex, regex_h, sizeof *regex) || !fl_string((const void **)&s_b, s_h, 1) || (to && !fl_out(to, to_h, (u64)n * sizeof *to)))
        return fl_refuse(), 14;
    int result = regexec(regex, (char *)s_b, n, to, flags);
    if (to && !result) fl_wrote(to, (u64)n * sizeof *to);
    return result;
}

size_t fhw_regerror(int code, const regex_t *regex, u64 regex_h, char *to, u64 to_h, size_t n)
{
    char *to_b = to ? fl_bounce(to, to_h, (u64)n) : 0;
    if ((regex && !fl_in(regex, regex_h, sizeof *regex)))
        return fl_refuse(), 0;
    size_t result = regerror(code, regex, to_b, n);
    if (to) fl_arrived(to, to_h, to_b, (strlen(to_b) + 1) * 1);
    return result;
}

void fhw_regfree(regex_t *regex, u64 regex_h)
{
    if (!fl_inout(regex, regex_h, sizeof *regex))
        { fl_refuse(); return; }
    regfree(regex);
    fl_wrote(regex, sizeof *regex);
}

double fhw_nan(const char *tag, u64 tag_h)
{
    const char *tag_b = tag;
    if (!fl_string((const void **)&tag_b, tag_h, 1))
        return fl_refuse(), 0;
    double result = nan((char *)tag_b);
    return result;
}

double fhw_frexp(double x, int *e, u64 e_h)
{
    if (!fl_out(e, e_h, sizeof *e))
        return fl_refuse(), 0;
    double result = frexp(x, e);
    fl_wrote(e, sizeof *e);
    return result;
}

double fhw_modf(double x, double *whole, u64 whole_h)
{
    if (!fl_out(whole, whole_h, sizeof *whole))
        return fl_refuse(), 0;
    double result = modf(x, whole);
    fl_wrote(whole, sizeof *whole);
    return result;
}

double fhw_remquo(double x, double y, int *quotient, u64 quotient_h)
{
    if (!fl_out(quotient, quotient_h, sizeof *quotient))
        return fl_refuse(), 0;
    double result = remquo(x, y, quotient);
    fl_wrote(quotient, sizeof *quotient);
    return result;
}

double fhw_lgamma_r(double x, int *sign, u64 sign_h)
{
    if (!fl_out(sign, sign_h, sizeof *sign))
        return fl_refuse(), 0;
    double result = lgamma_r(x, sign);
    fl_wrote(sign, sizeof *sign);
    return result;
}

void fhw_sincos(double x, double *sine, u64 sine_h, double *cosine, u64 cosine_h)
{
    if (!fl_out(sine, sine_h, sizeof *sine) || !fl_out(cosine, cosine_h, sizeof *cosine))
        { fl_refuse(); return; }
    sincos(x, sine, cosine);
    fl_wrote(sine, sizeof *sine);
    fl_wrote(cosine, sizeof *cosine);
}

int fhw_canonicalize(double *to, u64 to_h, const double *from, u64 from_h)
{
    if (!fl_out(to, to_h, sizeof *to) || !fl_in(from, from_h, sizeof *from))
        return fl_refuse(), 14;
    int result = canonicalize(to, from);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

float fhw_nanf(const char *tag, u64 tag_h)
{
    const char *tag_b = tag;
    if (!fl_string((const void **)&tag_b, tag_h, 1))
        return fl_refuse(), 0;
    float result = nanf((char *)tag_b);
    return result;
}

float fhw_frexpf(float x, int *e, u64 e_h)
{
    if (!fl_out(e, e_h, sizeof *e))
        return fl_refuse(), 0;
    float result = frexpf(x, e);
    fl_wrote(e, sizeof *e);
    return result;
}

float fhw_modff(float x, float *whole, u64 whole_h)
{
    if (!fl_out(whole, whole_h, sizeof *whole))
        return fl_refuse(), 0;
    float result = modff(x, whole);
    fl_wrote(whole, sizeof *whole);
    return result;
}

float fhw_remquof(float x, float y, int *quotient, u64 quotient_h)
{
    if (!fl_out(quotient, quotient_h, sizeof *quotient))
        return fl_refuse(), 0;
    float result = remquof(x, y, quotient);
    fl_wrote(quotient, sizeof *quotient);
    return result;
}

float fhw_lgammaf_r(float x, int *sign, u64 sign_h)
{
    if (!fl_out(sign, sign_h, sizeof *sign))
        return fl_refuse(), 0;
    float result = lgammaf_r(x, sign);
    fl_wrote(sign, sizeof *sign);
    return result;
}

void fhw_sincosf(float x, float *sine, u64 sine_h, float *cosine, u64 cosine_h)
{
    if (!fl_out(sine, sine_h, sizeof *sine) || !fl_out(cosine, cosine_h, sizeof *cosine))
        { fl_refuse(); return; }
    sincosf(x, sine, cosine);
    fl_wrote(sine, sizeof *sine);
    fl_wrote(cosine, sizeof *cosine);
}

int fhw_canonicalizef(float *to, u64 to_h, const float *from, u64 from_h)
{
    if (!fl_out(to, to_h, sizeof *to) || !fl_in(from, from_h, sizeof *from))
        return fl_refuse(), 14;
    int result = canonicalizef(to, from);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

long double fhw_nanl(const char *tag, u64 tag_h)
{
    const char *tag_b = tag;
    if (!fl_string((const void **)&tag_b, tag_h, 1))
        return fl_refuse(), 0;
    long double result = nanl((char *)tag_b);
    return result;
}

long double fhw_frexpl(long double x, int *e, u64 e_h)
{
    if (!fl_out(e, e_h, sizeof *e))
        return fl_refuse(), 0;
    long double result = frexpl(x, e);
    fl_wrote(e, sizeof *e);
    return result;
}

long double fhw_modfl(long double x, long double *whole, u64 whole_h)
{
    if (!fl_out(whole, whole_h, sizeof *whole))
        return fl_refuse(), 0;
    long double result = modfl(x, whole);
    fl_wrote(whole, sizeof *whole);
    return result;
}

long double fhw_remquol(long double x, long double y, int *quotient, u64 quotient_h)
{
    if (!fl_out(quotient, quotient_h, sizeof *quotient))
        return fl_refuse(), 0;
    long double result = remquol(x, y, quotient);
    fl_wrote(quotient, sizeof *quotient);
    return result;
}

long double fhw_lgammal_r(long double x, int *sign, u64 sign_h)
{
    if (!fl_out(sign, sign_h, sizeof *sign))
        return fl_refuse(), 0;
    long double result = lgammal_r(x, sign);
    fl_wrote(sign, sizeof *sign);
    return result;
}

void fhw_sincosl(long double x, long double *sine, u64 sine_h, long double *cosine, u64 cosine_h)
{
    if (!fl_out(sine, sine_h, sizeof *sine) || !fl_out(cosine, cosine_h, sizeof *cosine))
        { fl_refuse(); return; }
    sincosl(x, sine, cosine);
    fl_wrote(sine, sizeof *sine);
    fl_wrote(cosine, sizeof *cosine);
}

int fhw_canonicalizel(long double *to, u64 to_h, const long double *from, u64 from_h)
{
    if (!fl_out(to, to_h, sizeof *to) || !fl_in(from, from_h, sizeof *from))
        return fl_refuse(), 14;
    int result = canonicalizel(to, from);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_fegetenv(fenv_t *env, u64 env_h)
{
    if (!fl_out(env, env_h, sizeof *env))
        return fl_refuse(), -1;
    int result = fegetenv(env);
    if (result >= 0) fl_wrote(env, sizeof *env);
    return result;
}

int fhw_feholdexcept(fenv_t *env, u64 env_h)
{
    if (!fl_out(env, env_h, sizeof *env))
        return fl_refuse(), -1;
    int result = feholdexcept(env);
    if (result >= 0) fl_wrote(env, sizeof *env);
    return result;
}

int fhw_fegetexceptflag(fexcept_t *flag, u64 flag_h, int e)
{
    if (!fl_out(flag, flag_h, sizeof *flag))
        return fl_refuse(), -1;
    int result = fegetexceptflag(flag, e);
    if (result >= 0) fl_wrote(flag, sizeof *flag);
    return result;
}

int fhw_fesetexceptflag(const fexcept_t *flag, u64 flag_h, int e)
{
    if (!fl_in(flag, flag_h, sizeof *flag))
        return fl_refuse(), -1;
    int result = fesetexceptflag(flag, e);
    return result;
}

time_t fhw_time(time_t *to, u64 to_h)
{
    if ((to && !fl_out(to, to_h, sizeof *to)))
        return fl_refuse(), 0;
    time_t result = time(to);
    if (to) fl_wrote(to, sizeof *to);
    return result;
}

struct fh_ptr fhw_getdate(const char *s, u64 s_h)
{
    const char *s_b = s;
    if (!fl_string((const void **)&s_b, s_h, 1))
        return fl_refuse(), fl_ptr(0, FH_NULL_HANDLE);
    struct tm *result = getdate((char *)s_b);
    return fl_own((void *)result, 56);
}

int fhw_clock_gettime(clockid_t clock, struct timespec *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    int result = clock_gettime(clock, to);
    if (result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_clock_settime(clockid_t clock, const struct timespec *time, u64 time_h)
{
    if (!fl_in(time, time_h, sizeof *time))
        return fl_refuse(), -1;
    int result = clock_settime(clock, time);
    return result;
}

int fhw_clock_getres(clockid_t clock, struct timespec *to, u64 to_h)
{
    if ((to && !fl_out(to, to_h, sizeof *to)))
        return fl_refuse(), -1;
    int result = clock_getres(clock, to);
    if (to && result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, u64 time_h, struct timespec *left, u64 left_h)
{
    if (!fl_in(time, time_h, sizeof *time) || (left && !fl_out(left, left_h, sizeof *left)))
        return fl_refuse(), 0;
    int result = clock_nanosleep(clock, flags, time, left);
    if (left) fl_wrote(left, sizeof *left);
    return result;
}

int fhw_timespec_get(struct timespec *to, u64 to_h, int base)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), 0;
    int result = timespec_get(to, base);
    if (result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_settimeofday(const struct timeval *time, u64 time_h, const struct timezone *zone, u64 zone_h)
{
    if ((time && !fl_in(time, time_h, sizeof *time)) || (zone && !fl_in(zone, zone_h, sizeof *zone)))
        return fl_refuse(), -1;
    int result = settimeofday(time, zone);
    return result;
}

int fhw_getitimer(int which, struct itimerval *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    int result = getitimer(which, to);
    if (result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_setitimer(int which, const struct itimerval *value, u64 value_h, struct itimerval *old, u64 old_h)
{
    if (!fl_in(value, value_h, sizeof *value) || (old && !fl_out(old, old_h, sizeof *old)))
        return fl_refuse(), -1;
    int result = setitimer(which, value, old);
    if (old && result >= 0) fl_wrote(old, sizeof *old);
    return result;
}

int fhw_utimes(const char *path, u64 path_h, const struct timeval *times, u64 times_h)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1) || (times && !fl_in(times, times_h, (u64)2 * sizeof *times)))
        return fl_refuse(), -1;
    int result = utimes((char *)path_b, times);
    return result;
}

int fhw_lutimes(const char *path, u64 path_h, const struct timeval *times, u64 times_h)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1) || (times && !fl_in(times, times_h, (u64)2 * sizeof *times)))
        return fl_refuse(), -1;
    int result = lutimes((char *)path_b, times);
    return result;
}

int fhw_futimes(int fd, const struct timeval *times, u64 times_h)
{
    if ((times && !fl_in(times, times_h, (u64)2 * sizeof *times)))
        return fl_refuse(), -1;
    int result = futimes(fd, times);
    return result;
}

int fhw_utime(const char *path, u64 path_h, const struct utimbuf *times, u64 times_h)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1) || (times && !fl_in(times, times_h, sizeof *times)))
        return fl_refuse(), -1;
    int result = utime((char *)path_b, times);
    return result;
}

clock_t fhw_times(struct tms *to, u64 to_h)
{
    if ((to && !fl_out(to, to_h, sizeof *to)))
        return fl_refuse(), 0;
    clock_t result = times(to);
    if (to) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_getrlimit(int resource, struct rlimit *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    int result = getrlimit(resource, to);
    if (result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_getrusage(int who, struct rusage *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    int result = getrusage(who, to);
    if (result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_sigemptyset(sigset_t *set, u64 set_h)
{
    if (!fl_out(set, set_h, sizeof *set))
        return fl_refuse(), -1;
    int result = sigemptyset(set);
    if (result >= 0) fl_wrote(set, sizeof *set);
    return result;
}

int fhw_sigfillset(sigset_t *set, u64 set_h)
{
    if (!fl_out(set, set_h, sizeof *set))
        return fl_refuse(), -1;
    int result = sigfillset(set);
    if (result >= 0) fl_wrote(set, sizeof *set);
    return result;
}

int fhw_sigaddset(sigset_t *set, u64 set_h, int signal)
{
    if (!fl_inout(set, set_h, sizeof *set))
        return fl_refuse(), -1;
    int result = sigaddset(set, signal);
    if (result >= 0) fl_wrote(set, sizeof *set);
    return result;
}

int fhw_sigdelset(sigset_t *set, u64 set_h, int signal)
{
    if (!fl_inout(set, set_h, sizeof *set))
        return fl_refuse(), -1;
    int result = sigdelset(set, signal);
    if (result >= 0) fl_wrote(set, sizeof *set);
    return result;
}

int fhw_sigismember(const sigset_t *set, u64 set_h, int signal)
{
    if (!fl_in(set, set_h, sizeof *set))
        return fl_refuse(), -1;
    int result = sigismember(set, signal);
    return result;
}

int fhw_sigisemptyset(const sigset_t *set, u64 set_h)
{
    if (!fl_in(set, set_h, sizeof *set))
        return fl_refuse(), -1;
    int result = sigisemptyset(set);
    return result;
}

int fhw_sigprocmask(int how, const sigset_t *set, u64 set_h, sigset_t *old, u64 old_h)
{
    if ((set && !fl_in(set, set_h, sizeof *set)) || (old && !fl_out(old, old_h, sizeof *old)))
        return fl_refuse(), -1;
    int result = sigprocmask(how, set, old);
    if (old && result >= 0) fl_wrote(old, sizeof *old);
    return result;
}

int fhw_pthread_sigmask(int how, const sigset_t *set, u64 set_h, sigset_t *old, u64 old_h)
{
    if ((set && !fl_in(set, set_h, sizeof *set)) || (old && !fl_out(old, old_h, sizeof *old)))
        return fl_refuse(), -1;
    int result = pthread_sigmask(how, set, old);
    if (old && result >= 0) fl_wrote(old, sizeof *old);
    return result;
}

int fhw_sigpending(sigset_t *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    int result = sigpending(to);
    if (result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_sigsuspend(const sigset_t *set, u64 set_h)
{
    if (!fl_in(set, set_h, sizeof *set))
        return fl_refuse(), -1;
    int result = sigsuspend(set);
    return result;
}

int fhw_sigwait(const sigset_t *set, u64 set_h, int *to, u64 to_h)
{
    if (!fl_in(set, set_h, sizeof *set) || !fl_out(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = sigwait(set, to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_sigwaitinfo(const sigset_t *set, u64 set_h, siginfo_t *to, u64 to_h)
{
    if (!fl_in(set, set_h, sizeof *set) || (to && !fl_out(to, to_h, sizeof *to)))
        return fl_refuse(), -1;
    int result = sigwaitinfo(set, to);
    if (to && result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_sigtimedwait(const sigset_t *set, u64 set_h, siginfo_t *to, u64 to_h, const struct timespec *time, u64 time_h)
{
    if (!fl_in(set, set_h, sizeof *set) || (to && !fl_out(to, to_h, sizeof *to)) || (time && !fl_in(time, time_h, sizeof *time)))
        return fl_refuse(), -1;
    int result = sigtimedwait(set, to, time);
    if (to && result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

void fhw_psignal(int signal, const char *s, u64 s_h)
{
    const char *s_b = s;
    if ((s && !fl_string((const void **)&s_b, s_h, 1)))
        { fl_refuse(); return; }
    psignal(signal, (char *)s_b);
}

pid_t fhw_wait(int *status, u64 status_h)
{
    if ((status && !fl_out(status, status_h, sizeof *status)))
        return fl_refuse(), -1;
    pid_t result = wait(status);
    if (status && result >= 0) fl_wrote(status, sizeof *status);
    return result;
}

pid_t fhw_waitpid(pid_t pid, int *status, u64 status_h, int options)
{
    if ((status && !fl_out(status, status_h, sizeof *status)))
        return fl_refuse(), -1;
    pid_t result = waitpid(pid, status, options);
    if (status && result >= 0) fl_wrote(status, sizeof *status);
    return result;
}

pid_t fhw_wait3(int *status, u64 status_h, int options, struct rusage *usage, u64 usage_h)
{
    if ((status && !fl_out(status, status_h, sizeof *status)) || (usage && !fl_out(usage, usage_h, sizeof *usage)))
        return fl_refuse(), -1;
    pid_t result = wait3(status, options, usage);
    if (status && result >= 0) fl_wrote(status, sizeof *status);
    if (usage && result >= 0) fl_wrote(usage, sizeof *usage);
    return result;
}

pid_t fhw_wait4(pid_t pid, int *status, u64 status_h, int options, struct rusage *usage, u64 usage_h)
{
    if ((status && !fl_out(status, status_h, sizeof *status)) || (usage && !fl_out(usage, usage_h, sizeof *usage)))
        return fl_refuse(), -1;
    pid_t result = wait4(pid, status, options, usage);
    if (status && result >= 0) fl_wrote(status, sizeof *status);
    if (usage && result >= 0) fl_wrote(usage, sizeof *usage);
    return result;
}

int fhw_waitid(int type, id_t id, siginfo_t *to, u64 to_h, int options)
{
    if ((to && !fl_out(to, to_h, sizeof *to)))
        return fl_refuse(), -1;
    int result = waitid(type, id, to, options);
    if (to && result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_access(const char *path, u64 path_h, int mode)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = access((char *)path_b, mode);
    return result;
}

int fhw_euidaccess(const char *path, u64 path_h, int mode)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = euidaccess((char *)path_b, mode);
    return result;
}

int fhw_faccessat(int fd, const char *path, u64 path_h, int mode, int flags)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = faccessat(fd, (char *)path_b, mode, flags);
    return result;
}

int fhw_unlink(const char *path, u64 path_h)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = unlink((char *)path_b);
    return result;
}

int fhw_unlinkat(int fd, const char *path, u64 path_h, int flags)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = unlinkat(fd, (char *)path_b, flags);
    return result;
}

int fhw_rmdir(const char *path, u64 path_h)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = rmdir((char *)path_b);
    return result;
}

int fhw_link(const char *from, u64 from_h, const char *to, u64 to_h)
{
    const char *from_b = from;
    const char *to_b = to;
    if (!fl_string((const void **)&from_b, from_h, 1) || !fl_string((const void **)&to_b, to_h, 1))
        return fl_refuse(), -1;
    int result = link((char *)from_b, (char *)to_b);
    return result;
}

int fhw_linkat(int fd, const char *from, u64 from_h, int at, const char *to, u64 to_h, int flags)
{
    const char *from_b = from;
    const char *to_b = to;
    if (!fl_string((const void **)&from_b, from_h, 1) || !fl_string((const void **)&to_b, to_h, 1))
        return fl_refuse(), -1;
    int result = linkat(fd, (char *)from_b, at, (char *)to_b, flags);
    return result;
}

int fhw_symlink(const char *from, u64 from_h, const char *to, u64 to_h)
{
    const char *from_b = from;
    const char *to_b = to;
    if (!fl_string((const void **)&from_b, from_h, 1) || !fl_string((const void **)&to_b, to_h, 1))
        return fl_refuse(), -1;
    int result = symlink((char *)from_b, (char *)to_b);
    return result;
}

int fhw_symlinkat(const char *from, u64 from_h, int fd, const char *to, u64 to_h)
{
    const char *from_b = from;
    const char *to_b = to;
    if (!fl_string((const void **)&from_b, from_h, 1) || !fl_string((const void **)&to_b, to_h, 1))
        return fl_refuse(), -1;
    int result = symlinkat((char *)from_b, fd, (char *)to_b);
    return result;
}

ssize_t fhw_readlink(const char *path, u64 path_h, char *to, u64 to_h, size_t n)
{
    const char *path_b = path;
    char *to_b = fl_bounce(to, to_h, (u64)n);
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    ssize_t result = readlink((char *)path_b, to_b, n);
    fl_arrived(to, to_h, to_b, result > 0 ? (u64)result : 0);
    return result;
}

ssize_t fhw_readlinkat(int fd, const char *path, u64 path_h, char *to, u64 to_h, size_t n)
{
    const char *path_b = path;
    char *to_b = fl_bounce(to, to_h, (u64)n);
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    ssize_t result = readlinkat(fd, (char *)path_b, to_b, n);
    fl_arrived(to, to_h, to_b, result > 0 ? (u64)result : 0);
    return result;
}

int fhw_chdir(const char *path, u64 path_h)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = chdir((char *)path_b);
    return result;
}

int fhw_chroot(const char *path, u64 path_h)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = chroot((char *)path_b);
    return result;
}

int fhw_chown(const char *path, u64 path_h, uid_t user, gid_t group)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = chown((char *)path_b, user, group);
    return result;
}

int fhw_lchown(const char *path, u64 path_h, uid_t user, gid_t group)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = lchown((char *)path_b, user, group);
    return result;
}

int fhw_fchownat(int fd, const char *path, u64 path_h, uid_t user, gid_t group, int flags)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = fchownat(fd, (char *)path_b, user, group, flags);
    return result;
}

int fhw_truncate(const char *path, u64 path_h, off_t size)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = truncate((char *)path_b, size);
    return result;
}

struct fh_ptr fhw_ttyname(int fd)
{
    char *result = ttyname(fd);
    return fl_own_text(result);
}

int fhw_ttyname_r(int fd, char *to, u64 to_h, size_t n)
{
    char *to_b = fl_bounce(to, to_h, (u64)n);
    int result = ttyname_r(fd, to_b, n);
    fl_arrived(to, to_h, to_b, !result ? (strlen(to_b) + 1) * 1 : 0);
    return result;
}

int fhw_getgroups(int n, gid_t *to, u64 to_h)
{
    if ((to && !fl_out(to, to_h, (u64)n * sizeof *to)))
        return fl_refuse(), -1;
    int result = getgroups(n, to);
    if (to && result >= 0) fl_wrote(to, (u64)n * sizeof *to);
    return result;
}

int fhw_getlogin_r(char *to, u64 to_h, size_t n)
{
    char *to_b = fl_bounce(to, to_h, (u64)n);
    int result = getlogin_r(to_b, n);
    fl_arrived(to, to_h, to_b, !result ? (strlen(to_b) + 1) * 1 : 0);
    return result;
}

struct fh_ptr fhw_getlogin(void)
{
    char *result = getlogin();
    return fl_own_text(result);
}

int fhw_gethostname(char *to, u64 to_h, size_t n)
{
    char *to_b = fl_bounce(to, to_h, (u64)n);
    int result = gethostname(to_b, n);
    fl_arrived(to, to_h, to_b, !result ? (strlen(to_b) + 1) * 1 : 0);
    return result;
}

int fhw_sethostname(const char *name, u64 name_h, size_t n)
{
    if (!fl_in(name, name_h, (u64)n))
        return fl_refuse(), -1;
    int result = sethostname(name, n);
    return result;
}

int fhw_getdomainname(char *to, u64 to_h, size_t n)
{
    char *to_b = fl_bounce(to, to_h, (u64)n);
    int result = getdomainname(to_b, n);
    fl_arrived(to, to_h, to_b, !result ? (strlen(to_b) + 1) * 1 : 0);
    return result;
}

long fhw_pathconf(const char *path, u64 path_h, int name)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    long result = pathconf((char *)path_b, name);
    return result;
}

struct fh_ptr fhw_getpass(const char *prompt, u64 prompt_h)
{
    const char *prompt_b = prompt;
    if (!fl_string((const void **)&prompt_b, prompt_h, 1))
        return fl_refuse(), fl_ptr(0, FH_NULL_HANDLE);
    char *result = getpass((char *)prompt_b);
    return fl_own_text(result);
}

int fhw_acct(const char *path, u64 path_h)
{
    const char *path_b = path;
    if ((path && !fl_string((const void **)&path_b, path_h, 1)))
        return fl_refuse(), -1;
    int result = acct((char *)path_b);
    return result;
}

int fhw_getentropy(void *to, u64 to_h, size_t n)
{
    if (!fl_out(to, to_h, (u64)n))
        return fl_refuse(), -1;
    int result = getentropy(to, n);
    if (result >= 0) fl_wrote(to, (u64)n);
    return result;
}

ssize_t fhw_copy_file_range(int from, off_t *at, u64 at_h, int to, off_t *into, u64 into_h, size_t n, unsigned int flags)
{
    if ((at && !fl_inout(at, at_h, sizeof *at)) || (into && !fl_inout(into, into_h, sizeof *into)))
        return fl_refuse(), -1;
    ssize_t result = copy_file_range(from, at, to, into, n, flags);
    if (at && result >= 0) fl_wrote(at, sizeof *at);
    if (into && result >= 0) fl_wrote(into, sizeof *into);
    return result;
}

int fhw_chmod(const char *path, u64 path_h, mode_t mode)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = chmod((char *)path_b, mode);
    return result;
}

int fhw_lchmod(const char *path, u64 path_h, mode_t mode)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = lchmod((char *)path_b, mode);
    return result;
}

int fhw_fchmodat(int fd, const char *path, u64 path_h, mode_t mode, int flags)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = fchmodat(fd, (char *)path_b, mode, flags);
    return result;
}

int fhw_mkdir(const char *path, u64 path_h, mode_t mode)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = mkdir((char *)path_b, mode);
    return result;
}

int fhw_mkdirat(int fd, const char *path, u64 path_h, mode_t mode)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = mkdirat(fd, (char *)path_b, mode);
    return result;
}

int fhw_mkfifo(const char *path, u64 path_h, mode_t mode)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = mkfifo((char *)path_b, mode);
    return result;
}

int fhw_mkfifoat(int fd, const char *path, u64 path_h, mode_t mode)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    int result = mkfifoat(fd, (char *)path_b, mode);
    return result;
}

int fhw_utimensat(int fd, const char *path, u64 path_h, const struct timespec *times, u64 times_h, int flags)
{
    const char *path_b = path;
    if ((path && !fl_string((const void **)&path_b, path_h, 1)) || (times && !fl_in(times, times_h, (u64)2 * sizeof *times)))
        return fl_refuse(), -1;
    int result = utimensat(fd, (char *)path_b, times, flags);
    return result;
}

int fhw_futimens(int fd, const struct timespec *times, u64 times_h)
{
    if ((times && !fl_in(times, times_h, (u64)2 * sizeof *times)))
        return fl_refuse(), -1;
    int result = futimens(fd, times);
    return result;
}

int fhw_statvfs(const char *path, u64 path_h, struct statvfs *to, u64 to_h)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1) || !fl_out(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    int result = statvfs((char *)path_b, to);
    if (result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_fstatvfs(int fd, struct statvfs *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    int result = fstatvfs(fd, to);
    if (result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

key_t fhw_ftok(const char *path, u64 path_h, int project)
{
    const char *path_b = path;
    if (!fl_string((const void **)&path_b, path_h, 1))
        return fl_refuse(), -1;
    key_t result = ftok((char *)path_b, project);
    return result;
}

int fhw_semop(int id, struct sembuf *operations, u64 operations_h, size_t n)
{
    if (!fl_in(operations, operations_h, (u64)n * sizeof *operations))
        return fl_refuse(), -1;
    int result = semop(id, operations, n);
    return result;
}

int fhw_semtimedop(int id, struct sembuf *operations, u64 operations_h, size_t n, const struct timespec *limit, u64 limit_h)
{
    if (!fl_in(operations, operations_h, (u64)n * sizeof *operations) || (limit && !fl_in(limit, limit_h, sizeof *limit)))
        return fl_refuse(), -1;
    int result = semtimedop(id, operations, n, limit);
    return result;
}

int fhw_uname(struct utsname *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    int result = uname(to);
    if (result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

ssize_t fhw_getrandom(void *to, u64 to_h, size_t n, unsigned int flags)
{
    void *to_b = fl_bounce(to, to_h, (u64)n);
    ssize_t result = getrandom(to_b, n, flags);
    fl_arrived(to, to_h, to_b, result > 0 ? (u64)result : 0);
    return result;
}

int fhw_sysinfo(struct sysinfo *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    int result = sysinfo(to);
    if (result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_select(int n, fd_set *readable, u64 readable_h, fd_set *writable, u64 writable_h, fd_set *exceptional, u64 exceptional_h, struct timeval *time, u64 time_h)
{
    if ((readable && !fl_inout(readable, readable_h, sizeof *readable)) || (writable && !fl_inout(writable, writable_h, sizeof *writable)) || (exceptional && !fl_inout(exceptional, exceptional_h, sizeof *exceptional)) || (time && !fl_inout(time, time_h, sizeof *time)))
        return fl_refuse(), -1;
    int result = select(n, readable, writable, exceptional, time);
    if (readable && result >= 0) fl_wrote(readable, sizeof *readable);
    if (writable && result >= 0) fl_wrote(writable, sizeof *writable);
    if (exceptional && result >= 0) fl_wrote(exceptional, sizeof *exceptional);
    if (time && result >= 0) fl_wrote(time, sizeof *time);
    return result;
}

int fhw_pselect(int n, fd_set *readable, u64 readable_h, fd_set *writable, u64 writable_h, fd_set *exceptional, u64 exceptional_h, const struct timespec *time, u64 time_h, const sigset_t *mask, u64 mask_h)
{
    if ((readable && !fl_inout(readable, readable_h, sizeof *readable)) || (writable && !fl_inout(writable, writable_h, sizeof *writable)) || (exceptional && !fl_inout(exceptional, exceptional_h, sizeof *exceptional)) || (time && !fl_in(time, time_h, sizeof *time)) || (mask && !fl_in(mask, mask_h, sizeof *mask)))
        return fl_refuse(), -1;
    int result = pselect(n, readable, writable, exceptional, time, mask);
    if (readable && result >= 0) fl_wrote(readable, sizeof *readable);
    if (writable && result >= 0) fl_wrote(writable, sizeof *writable);
    if (exceptional && result >= 0) fl_wrote(exceptional, sizeof *exceptional);
    return result;
}

int fhw_poll(struct pollfd *fds, u64 fds_h, nfds_t n, int timeout)
{
    if (!fl_out(fds, fds_h, (u64)n * sizeof *fds))
        return fl_refuse(), -1;
    int result = poll(fds, n, timeout);
    if (result >= 0) fl_wrote(fds, (u64)n * sizeof *fds);
    return result;
}

int fhw_ppoll(struct pollfd *fds, u64 fds_h, nfds_t n, const struct timespec *time, u64 time_h, const sigset_t *mask, u64 mask_h)
{
    if (!fl_out(fds, fds_h, (u64)n * sizeof *fds) || (time && !fl_in(time, time_h, sizeof *time)) || (mask && !fl_in(mask, mask_h, sizeof *mask)))
        return fl_refuse(), -1;
    int result = ppoll(fds, n, time, mask);
    if (result >= 0) fl_wrote(fds, (u64)n * sizeof *fds);
    return result;
}

int fhw_tcgetattr(int fd, struct termios *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    int result = tcgetattr(fd, to);
    if (result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_tcsetattr(int fd, int actions, const struct termios *from, u64 from_h)
{
    if (!fl_in(from, from_h, sizeof *from))
        return fl_refuse(), -1;
    int result = tcsetattr(fd, actions, from);
    return result;
}

void fhw_cfmakeraw(struct termios *to, u64 to_h)
{
    if (!fl_inout(to, to_h, sizeof *to))
        { fl_refuse(); return; }
    cfmakeraw(to);
    fl_wrote(to, sizeof *to);
}

unsigned int fhw_cfgetospeed(const struct termios *from, u64 from_h)
{
    if (!fl_in(from, from_h, sizeof *from))
        return fl_refuse(), 0;
    unsigned int result = cfgetospeed(from);
    return result;
}

unsigned int fhw_cfgetispeed(const struct termios *from, u64 from_h)
{
    if (!fl_in(from, from_h, sizeof *from))
        return fl_refuse(), 0;
    unsigned int result = cfgetispeed(from);
    return result;
}

int fhw_cfsetospeed(struct termios *to, u64 to_h, unsigned int speed)
{
    if (!fl_inout(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    int result = cfsetospeed(to, speed);
    if (result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_cfsetispeed(struct termios *to, u64 to_h, unsigned int speed)
{
    if (!fl_inout(to, to_h, sizeof *to))
        return fl_refuse(), -1;
    int result = cfsetispeed(to, speed);
    if (result >= 0) fl_wrote(to, sizeof *to);
    return result;
}

struct fh_ptr fhw_dlopen(const char *path, u64 path_h, int flags)
{
    const char *path_b = path;
    if ((path && !fl_string((const void **)&path_b, path_h, 1)))
        return fl_refuse(), fl_ptr(0, FH_NULL_HANDLE);
    void *result = dlopen((char *)path_b, flags);
    return fl_ptr((void *)result, FH_FOREIGN_HANDLE);
}

struct fh_ptr fhw_dlsym(void *library, u64 library_h, const char *name, u64 name_h)
{
    const char *name_b = name;
    if (!fl_string((const void **)&name_b, name_h, 1))
        return fl_refuse(), fl_ptr(0, FH_NULL_HANDLE);
    void *result = dlsym(library, (char *)name_b);
    return fl_ptr((void *)result, FH_FOREIGN_HANDLE);
}

int fhw_dlclose(void *library, u64 library_h)
{
    int result = dlclose(library);
    return result;
}

struct fh_ptr fhw_dlerror(void)
{
    char *result = dlerror();
    return fl_own_text(result);
}

int fhw_bind(int fd, const struct sockaddr *address, u64 address_h, socklen_t n)
{
    if (!fl_in(address, address_h, (u64)n))
        return fl_refuse(), -1;
    int result = bind(fd, address, n);
    return result;
}

int fhw_connect(int fd, const struct sockaddr *address, u64 address_h, socklen_t n)
{
    if (!fl_in(address, address_h, (u64)n))
        return fl_refuse(), -1;
    int result = connect(fd, address, n);
    return result;
}

ssize_t fhw_send(int fd, const void *from, u64 from_h, size_t n, int flags)
{
    if (!fl_in(from, from_h, (u64)n))
        return fl_refuse(), -1;
    ssize_t result = send(fd, from, n, flags);
    return result;
}

ssize_t fhw_recv(int fd, void *to, u64 to_h, size_t n, int flags)
{
    void *to_b = fl_bounce(to, to_h, (u64)n);
    ssize_t result = recv(fd, to_b, n, flags);
    fl_arrived(to, to_h, to_b, result > 0 ? (u64)result : 0);
    return result;
}

ssize_t fhw_sendto(int fd, const void *from, u64 from_h, size_t n, int flags, const struct sockaddr *address, u64 address_h, socklen_t m)
{
    if (!fl_in(from, from_h, (u64)n) || (address && !fl_in(address, address_h, (u64)m)))
        return fl_refuse(), -1;
    ssize_t result = sendto(fd, from, n, flags, address, m);
    return result;
}

int fhw_setsockopt(int fd, int level, int option, const void *from, u64 from_h, socklen_t n)
{
    if ((from && !fl_in(from, from_h, (u64)n)))
        return fl_refuse(), -1;
    int result = setsockopt(fd, level, option, from, n);
    return result;
}

in_addr_t fhw_inet_addr(const char *s, u64 s_h)
{
    const char *s_b = s;
    if (!fl_string((const void **)&s_b, s_h, 1))
        return fl_refuse(), 0;
    in_addr_t result = inet_addr((char *)s_b);
    return result;
}

int fhw_inet_aton(const char *s, u64 s_h, struct in_addr *to, u64 to_h)
{
    const char *s_b = s;
    if (!fl_string((const void **)&s_b, s_h, 1) || !fl_out(to, to_h, sizeof *to))
        return fl_refuse(), 0;
    int result = inet_aton((char *)s_b, to);
    if (result) fl_wrote(to, sizeof *to);
    return result;
}

struct fh_ptr fhw_gai_strerror(int code)
{
    const char *result = gai_strerror(code);
    return fl_own_text(result);
}

int fhw_pthread_mutexattr_init(pthread_mutexattr_t *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_mutexattr_init(to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_mutexattr_destroy(pthread_mutexattr_t *to, u64 to_h)
{
    if (!fl_inout(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_mutexattr_destroy(to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_mutexattr_settype(pthread_mutexattr_t *to, u64 to_h, int type)
{
    if (!fl_inout(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_mutexattr_settype(to, type);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_mutexattr_gettype(const pthread_mutexattr_t *from, u64 from_h, int *to, u64 to_h)
{
    if (!fl_in(from, from_h, sizeof *from) || !fl_out(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_mutexattr_gettype(from, to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_attr_init(pthread_attr_t *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_attr_init(to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_attr_destroy(pthread_attr_t *to, u64 to_h)
{
    if (!fl_inout(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_attr_destroy(to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_attr_setdetachstate(pthread_attr_t *to, u64 to_h, int state)
{
    if (!fl_inout(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_attr_setdetachstate(to, state);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_attr_setstacksize(pthread_attr_t *to, u64 to_h, size_t n)
{
    if (!fl_inout(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_attr_setstacksize(to, n);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_attr_getdetachstate(const pthread_attr_t *from, u64 from_h, int *to, u64 to_h)
{
    if (!fl_in(from, from_h, sizeof *from) || !fl_out(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_attr_getdetachstate(from, to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_attr_getstacksize(const pthread_attr_t *from, u64 from_h, size_t *to, u64 to_h)
{
    if (!fl_in(from, from_h, sizeof *from) || !fl_out(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_attr_getstacksize(from, to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_condattr_init(pthread_condattr_t *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_condattr_init(to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_condattr_destroy(pthread_condattr_t *to, u64 to_h)
{
    if (!fl_inout(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_condattr_destroy(to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_condattr_setclock(pthread_condattr_t *to, u64 to_h, clockid_t clock)
{
    if (!fl_inout(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_condattr_setclock(to, clock);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_condattr_getclock(const pthread_condattr_t *from, u64 from_h, clockid_t *to, u64 to_h)
{
    if (!fl_in(from, from_h, sizeof *from) || !fl_out(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_condattr_getclock(from, to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_rwlockattr_init(pthread_rwlockattr_t *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_rwlockattr_init(to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_rwlockattr_destroy(pthread_rwlockattr_t *to, u64 to_h)
{
    if (!fl_inout(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_rwlockattr_destroy(to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_barrierattr_init(pthread_barrierattr_t *to, u64 to_h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_barrierattr_init(to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_pthread_barrierattr_destroy(pthread_barrierattr_t *to, u64 to_h)
{
    if (!fl_inout(to, to_h, sizeof *to))
        return fl_refuse(), 14;
    int result = pthread_barrierattr_destroy(to);
    if (!result) fl_wrote(to, sizeof *to);
    return result;
}

int fhw_epoll_ctl(int fd, int operation, int target, struct epoll_event *event, u64 event_h)
{
    if ((event && !fl_in(event, event_h, sizeof *event)))
        return fl_refuse(), -1;
    int result = epoll_ctl(fd, operation, target, event);
    return result;
}

int fhw_epoll_wait(int fd, struct epoll_event *to, u64 to_h, int n, int timeout)
{
    if (!fl_out(to, to_h, (u64)n * sizeof *to))
        return fl_refuse(), -1;
    int result = epoll_wait(fd, to, n, timeout);
    if (result >= 0) fl_wrote(to, (u64)n * sizeof *to);
    return result;
}

int fhw___xpg_strerror_r(int code, char *to, u64 to_h, size_t n)
{
    char *to_b = fl_bounce(to, to_h, (u64)n);
    int result = __xpg_strerror_r(code, to_b, n);
    fl_arrived(to, to_h, to_b, (strlen(to_b) + 1) * 1);
    return result;
}
