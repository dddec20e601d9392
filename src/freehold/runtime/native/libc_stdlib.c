/* stdlib.h and malloc.h, without sorting (libc_sort.c) and multibyte functions (libc_wchar.c). */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "libc_support.h"

/* ---------------------------------------------------------------------------------- allocation */

struct fh_ptr fhw_malloc(u64 n)
{
    return fh_malloc(n);
}

struct fh_ptr fhw_calloc(u64 n, u64 size)
{
    return fh_calloc(n, size);
}

struct fh_ptr fhw_realloc(void *p, u64 h, u64 n)
{
    return fh_realloc(p, h, n);
}

struct fh_ptr fhw_reallocarray(void *p, u64 h, u64 n, u64 size)
{
    u64 bytes;
    if (__builtin_mul_overflow(n, size, &bytes)) {
        errno = ENOMEM;
        return fl_ptr(0, 0);
    }
    return fh_realloc(p, h, bytes);
}

void fhw_free(void *p, u64 h)
{
    fh_free(p, h);
}

static int power_of_two(u64 n)
{
    return n && !(n & (n - 1));
}

/* glibc rounds other alignments up to a power of two. */
static u64 round_alignment(u64 align)
{
    u64 power = 16;
    while (power < align && power < 1ul << 40)
        power *= 2;
    return power;
}

struct fh_ptr fhw_memalign(u64 align, u64 n)
{
    return fh_aligned(round_alignment(align), n);
}

struct fh_ptr fhw_aligned_alloc(u64 align, u64 n)
{
    if (!power_of_two(align))
        fl_report(605, FL_NAME, "an alignment of %lu, which is not a power of two", align);
    return fh_aligned(round_alignment(align), n);
}

int fhw_posix_memalign(void **to, u64 to_h, u64 align, u64 n)
{
    struct fh_ptr block;
    if (!fl_out(to, to_h, sizeof *to) || !power_of_two(align) || align % sizeof(void *))
        return EINVAL;
    block = fh_aligned(align, n);
    if (!block.p)
        return ENOMEM;
    fl_store(to, block.p, block.h);
    return 0;
}

struct fh_ptr fhw_valloc(u64 n)
{
    return fh_aligned(4096, n);
}

struct fh_ptr fhw_pvalloc(u64 n)
{
    return fh_aligned(4096, (n + 4095) & ~4095ul);
}

u64 fhw_malloc_usable_size(void *p, u64 h)
{
    return p ? fh_usable(p, h) : 0;
}

/* ----------------------------------------------------------------------------------- the end */

int fhw_atexit(void (*handler)(void), u64 h)
{
    (void)h;
    return fh_at_exit(handler);
}

int fhw_on_exit(void (*handler)(int, void *), u64 h, void *argument, u64 argument_h)
{
    (void)h, (void)argument_h;
    return fh_on_exit(handler, argument);
}

int fhw_at_quick_exit(void (*handler)(void), u64 h)
{
    (void)h;
    return fh_at_quick_exit(handler);
}

void fhw_exit(int status)
{
    fh_exit(status);
}

void fhw__Exit(int status)
{
    fh_exit_now(status);
}

void fhw__exit(int status)
{
    fh_exit_now(status);
}

void fhw_quick_exit(int status)
{
    fh_quick_exit(status);
}

void fhw_abort(void)
{
    fh_abort();
}

/* The line that glibc prints, and the end. */
static void assertion(const char *file, unsigned line, const char *function, const char *words)
{
    char text[512];
    fprintf(stderr, "%s%s%s:%u: %s%s%s.\n", program_invocation_short_name,
            program_invocation_short_name[0] ? ": " : "", file, line, function ? function : "",
            function ? ": " : "", words);
    fflush(stderr);
    snprintf(text, sizeof text, "%s", words);
    fh_ending_text(text);
    fh_abort();
}

void fhw___assert_fail(const char *expression, u64 expression_h, const char *file, u64 file_h,
                       unsigned line, const char *function, u64 function_h)
{
    char words[480];
    (void)expression_h, (void)file_h, (void)function_h;
    snprintf(words, sizeof words, "Assertion `%s' failed", expression);
    assertion(file, line, function, words);
}

void fhw___assert(const char *expression, u64 expression_h, const char *file, u64 file_h, int line)
{
    fhw___assert_fail(expression, expression_h, file, file_h, (unsigned)line, 0, 0);
}

void fhw___assert_perror_fail(int code, const char *file, u64 file_h, unsigned line,
                              const char *function, u64 function_h)
{
    char words[480];
    (void)file_h, (void)function_h;
    snprintf(words, sizeof words, "Unexpected error: %s", strerror(code));
    assertion(file, line, function, words);
}

/* ------------------------------------------------------------------------------- environment */

extern char **environ;

/* libc may have moved environ and its strings: give them handles again. */
void fl_sync_environment(void)
{
    u64 n = 0;
    struct fh_ptr array;
    if (!environ) {
        fl_store(&environ, 0, 0);
        return;
    }
    while (environ[n])
        n++;
    array = fl_own(environ, (n + 1) * sizeof *environ);
    fl_store(&environ, array.p, array.h);
    for (u64 i = 0; i < n; i++) {
        struct fh_ptr entry = fl_own_text(environ[i]);
        fl_store(&environ[i], entry.p, entry.h);
    }
    fl_store(&environ[n], 0, 0);
}

struct fh_ptr fhw_getenv(const char *name, u64 h)
{
    return fl_string((const void **)&name, h, 1) ? fl_own_text(getenv(name)) : fl_ptr(0, 0);
}

struct fh_ptr fhw_secure_getenv(const char *name, u64 h)
{
    return fhw_getenv(name, h);
}

int fhw_setenv(const char *name, u64 name_h, const char *value, u64 value_h, int replace)
{
    int result;
    if (!fl_string((const void **)&name, name_h, 1) ||
        !fl_string((const void **)&value, value_h, 1))
        return fl_refuse(), -1;
    result = setenv(name, value, replace);
    fl_sync_environment();
    return result;
}

int fhw_unsetenv(const char *name, u64 h)
{
    int result;
    if (!fl_string((const void **)&name, h, 1))
        return fl_refuse(), -1;
    result = unsetenv(name);
    fl_sync_environment();
    return result;
}

int fhw_putenv(char *entry, u64 h)
{
    int result;
    if (!fl_string((const void **)&entry, h, 1))
        return fl_refuse(), -1;
    result = putenv(entry);
    fh_keep(entry);
    fl_sync_environment();
    return result;
}

int fhw_clearenv(void)
{
    int result = clearenv();
    fl_sync_environment();
    return result;
}

int fhw_system(const char *command, u64 h)
{
    if (!command)
        return system(0);
    return fl_string((const void **)&command, h, 1) ? system(command) : (fl_refuse(), -1);
}

/* ----------------------------------------------------------------------------------- numbers */

/* The quotient functions return a struct: the caller passes where it goes. */
void fhw_div(div_t *to, int n, int d)
{
    if (!d)
        fh_fault_arithmetic(FH_DIVIDE_BY_ZERO, n, d, 0);
    if (n == -2147483647 - 1 && d == -1)
        fh_fault_arithmetic(FH_DIVIDE_OVERFLOW, n, d, 0);
    to->quot = n / d;
    to->rem = n % d;
    fl_wrote(to, sizeof *to);
}

void fhw_ldiv(ldiv_t *to, long n, long d)
{
    if (!d)
        fh_fault_arithmetic(FH_DIVIDE_BY_ZERO, n, d, 0);
    if (n == -0x7fffffffffffffffl - 1 && d == -1)
        fh_fault_arithmetic(FH_DIVIDE_OVERFLOW, n, d, 0);
    to->quot = n / d;
    to->rem = n % d;
    fl_wrote(to, sizeof *to);
}

void fhw_lldiv(ldiv_t *to, long n, long d)
{
    fhw_ldiv(to, n, d);
}

void fhw_imaxdiv(ldiv_t *to, long n, long d)
{
    fhw_ldiv(to, n, d);
}

struct fh_ptr fhw_gcvt(double x, int digits, char *to, u64 to_h)
{
    char *place = fl_bounce(to, to_h, digits > 0 ? (u64)digits + 32 : 32);
    gcvt(x, digits, place);
    fl_arrived(to, to_h, place, strlen(place) + 1);
    return fl_ptr(to, to_h);
}

u32 fhw_arc4random(void)
{
    u32 n = 0;
    return getrandom(&n, sizeof n, 0) == sizeof n ? n : 4;
}

u32 fhw_arc4random_uniform(u32 bound)
{
    u32 least = bound > 1 ? -bound % bound : 0, n;
    if (bound < 2)
        return 0;
    do
        n = fhw_arc4random();
    while (n < least);
    return n % bound;
}

void fhw_arc4random_buf(void *to, u64 h, u64 n)
{
    u64 fits = fl_size(FL_NAME, n) ? fl_writable(to, h, n) : 0, done = 0;
    while (done < fits) {
        ssize_t more = getrandom((char *)to + done, fits - done, 0);
        if (more <= 0)
            break;
        done += (u64)more;
    }
    fl_wrote(to, fits);
}

struct fh_ptr fhw_initstate(unsigned seed, char *state, u64 h, u64 n)
{
    char *old;
    if (!fl_out(state, h, n))
        return fl_refuse(), fl_ptr(0, 0);
    old = initstate(seed, state, n);
    if (old)
        fl_wrote(state, n);
    return fl_ptr(old, old ? fh_resolve(old) : 0);
}

struct fh_ptr fhw_setstate(char *state, u64 h)
{
    char *old;
    if (!fl_in(state, h, 8))
        return fl_refuse(), fl_ptr(0, 0);
    old = setstate(state);
    return fl_ptr(old, old ? fh_resolve(old) : 0);
}

/* ------------------------------------------------------------------------------------- files */

/* A file name template, which libc changes in place; 0 after a report that it cannot. */
static char *template_of(char *path, u64 h)
{
    const void *text = path;
    u64 n = fl_length(&text, h, 1, FL_NO_LIMIT);
    return text == path && fl_writable(path, h, n) == n ? path : 0;
}

static int opened(int fd, const char *path)
{
    if (fd >= 0)
        fh_fd_open(fd, path);
    return fd;
}

int fhw_mkstemp(char *path, u64 h)
{
    return template_of(path, h) ? opened(mkstemp(path), path) : (fl_refuse(), -1);
}

int fhw_mkostemp(char *path, u64 h, int flags)
{
    return template_of(path, h) ? opened(mkostemp(path, flags), path) : (fl_refuse(), -1);
}

int fhw_mkstemps(char *path, u64 h, int tail)
{
    return template_of(path, h) ? opened(mkstemps(path, tail), path) : (fl_refuse(), -1);
}

struct fh_ptr fhw_mkdtemp(char *path, u64 h)
{
    return template_of(path, h) ? fl_ptr(mkdtemp(path), h) : (fl_refuse(), fl_ptr(0, 0));
}

struct fh_ptr fhw_mktemp(char *path, u64 h)
{
    u64 n;
    if (!template_of(path, h))
        return fl_refuse(), fl_ptr(0, 0);
    n = strlen(path);
    /* As mkstemp does, without leaving a file; failure makes the name empty. */
    for (int tries = 0; n >= 6 && tries < 100; tries++) {
        static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
        for (u64 i = n - 6; i < n; i++)
            path[i] = letters[fhw_arc4random_uniform(36)];
        if (access(path, F_OK))
            return fl_ptr(path, h);
    }
    path[0] = 0;
    return fl_ptr(path, h);
}

struct fh_ptr fhw_realpath(const char *path, u64 h, char *to, u64 to_h)
{
    char *found;
    u64 n;
    if (!fl_string((const void **)&path, h, 1))
        return fl_refuse(), fl_ptr(0, 0);
    found = realpath(path, 0);
    if (!found || !to)
        return fl_adopt_text(found);
    n = strlen(found);
    fl_put(to, to_h, found, n, 1);
    free(found);
    return fl_ptr(to, to_h);
}

/* *option is a list a,b=c: cuts its first entry off, and finds it among the tokens. */
int fhw_getsubopt(char **option, u64 option_h, char *const *tokens, u64 tokens_h, char **value,
                  u64 value_h)
{
    struct fh_ptr at;
    const void *text;
    char *start, *end, *equals;
    if (!fl_inout(option, option_h, sizeof *option) || !fl_out(value, value_h, sizeof *value))
        return fl_refuse(), -1;
    at = fl_load(option);
    text = at.p;
    fl_length(&text, at.h, 1, FL_NO_LIMIT);
    start = at.p;
    if (text != start || !*start)
        return -1;
    end = strchrnul(start, ',');
    equals = memchr(start, '=', (u64)(end - start));
    fl_store(value, equals ? equals + 1 : 0, at.h);
    fl_store(option, *end ? end + 1 : end, at.h);
    if (*end && fl_out(end, at.h, 1))
        *end = 0;
    for (int i = 0; fl_in(tokens + i, tokens_h, sizeof *tokens); i++) {
        struct fh_ptr token = fl_load(tokens + i);
        u64 n = equals ? (u64)(equals - start) : strlen(start);
        const void *name = token.p;
        if (!token.p)
            break;
        fl_length(&name, token.h, 1, FL_NO_LIMIT);
        if (!strncmp(name, start, n) && !((const char *)name)[n])
            return i;
    }
    fl_store(value, start, at.h);
    return -1;
}

/* --------------------------------------------------------------------------------- libc's own */

struct fh_ptr fhw___errno_location(void)
{
    return fl_ptr(&errno, FH_FOREIGN_HANDLE);
}
