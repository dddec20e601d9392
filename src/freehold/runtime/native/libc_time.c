/* time.h, signal.h, locale.h, fenv.h, sys/resource.h: what the table alone cannot say. */
#define _GNU_SOURCE
#include <errno.h>
#include <fenv.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "libc_support.h"

/* --------------------------------------------------------------------------------------- time */

/* The zone's name in a struct tm is libc's. */
static void reveal_time(struct tm *time)
{
    struct fh_ptr zone;
    fl_wrote(time, sizeof *time);
    zone = fl_own_text(time->tm_zone);
    fl_store(&time->tm_zone, zone.p, zone.h);
}

static struct fh_ptr own_time(struct tm *time)
{
    struct fh_ptr result = fl_own(time, sizeof *time);
    if (time)
        reveal_time(time);
    return result;
}

struct fh_ptr fhw_gmtime(const time_t *time, u64 h)
{
    return fl_in(time, h, sizeof *time) ? own_time(gmtime(time)) : fl_ptr(0, 0);
}

struct fh_ptr fhw_localtime(const time_t *time, u64 h)
{
    return fl_in(time, h, sizeof *time) ? own_time(localtime(time)) : fl_ptr(0, 0);
}

struct fh_ptr fhw_gmtime_r(const time_t *time, u64 h, struct tm *to, u64 to_h)
{
    if (!fl_in(time, h, sizeof *time) || !fl_out(to, to_h, sizeof *to) || !gmtime_r(time, to))
        return fl_ptr(0, 0);
    reveal_time(to);
    return fl_ptr(to, to_h);
}

struct fh_ptr fhw_localtime_r(const time_t *time, u64 h, struct tm *to, u64 to_h)
{
    if (!fl_in(time, h, sizeof *time) || !fl_out(to, to_h, sizeof *to) || !localtime_r(time, to))
        return fl_ptr(0, 0);
    reveal_time(to);
    return fl_ptr(to, to_h);
}

/* mktime reads the calendar fields and tm_isdst, but neither tm_wday nor tm_yday. */
static int calendar(struct tm *time, u64 h)
{
    if (!fl_out(time, h, sizeof *time))
        return 0;
    fl_defined(time, h, offsetof(struct tm, tm_wday));
    fl_defined(&time->tm_isdst, h, sizeof time->tm_isdst);
    return 1;
}

time_t fhw_mktime(struct tm *time, u64 h)
{
    time_t result;
    if (!calendar(time, h))
        return -1;
    result = mktime(time);
    reveal_time(time);
    return result;
}

time_t fhw_timegm(struct tm *time, u64 h)
{
    time_t result;
    if (!calendar(time, h))
        return -1;
    result = timegm(time);
    reveal_time(time);
    return result;
}

/* asctime reads all but tm_yday and what follows. */
static char *spelt(const struct tm *time, u64 h, char *to)
{
    if (fl_readable(time, h, sizeof *time) < sizeof *time)
        return 0;
    fl_defined(time, h, offsetof(struct tm, tm_yday));
    return asctime_r(time, to);
}

static struct fh_ptr own_line(const char *line)
{
    static char own[32];
    if (!line)
        return fl_ptr(0, 0);
    fl_own(own, sizeof own);
    fh_shadow_clear(own, sizeof own);
    strcpy(own, line);
    return fl_own_text(own);
}

struct fh_ptr fhw_asctime(const struct tm *time, u64 h)
{
    char line[64];
    return own_line(spelt(time, h, line));
}

struct fh_ptr fhw_asctime_r(const struct tm *time, u64 h, char *to, u64 to_h)
{
    char line[64];
    if (!spelt(time, h, line))
        return fl_ptr(0, 0);
    fl_put(to, to_h, line, strlen(line), 1);
    return fl_ptr(to, to_h);
}

struct fh_ptr fhw_ctime(const time_t *time, u64 h)
{
    char line[64];
    return own_line(fl_in(time, h, sizeof *time) ? ctime_r(time, line) : 0);
}

struct fh_ptr fhw_ctime_r(const time_t *time, u64 h, char *to, u64 to_h)
{
    char line[64];
    if (!fl_in(time, h, sizeof *time) || !ctime_r(time, line))
        return fl_ptr(0, 0);
    fl_put(to, to_h, line, strlen(line), 1);
    return fl_ptr(to, to_h);
}

/* Which fields are read depends on the format: programs often fill in only those. */
u64 fhw_strftime(char *to, u64 to_h, u64 n, const char *format, u64 format_h, const struct tm *time,
                 u64 h)
{
    char *place;
    u64 result;
    if (!fl_string((const void **)&format, format_h, 1) ||
        fl_readable(time, h, sizeof *time) < sizeof *time)
        return 0;
    place = fl_bounce(to, to_h, n);
    result = strftime(place, n, format, time);
    fl_arrived(to, to_h, place, result || (n && !*place && !*format) ? result + 1 : 0);
    return result;
}

u64 fhw_strftime_l(char *to, u64 to_h, u64 n, const char *format, u64 format_h,
                   const struct tm *time, u64 h, locale_t locale, u64 locale_h)
{
    locale_t before = uselocale(locale);
    u64 result = fhw_strftime(to, to_h, n, format, format_h, time, h);
    (void)locale_h;
    uselocale(before);
    return result;
}

u64 fhw_wcsftime(wchar_t *to, u64 to_h, u64 n, const wchar_t *format, u64 format_h,
                 const struct tm *time, u64 h)
{
    wchar_t *place;
    u64 result;
    if (!fl_string((const void **)&format, format_h, sizeof *format) ||
        fl_readable(time, h, sizeof *time) < sizeof *time)
        return 0;
    place = fl_bounce(to, to_h, n * sizeof *to);
    result = wcsftime(place, n, format, time);
    fl_arrived(to, to_h, place, result ? (result + 1) * sizeof *to : 0);
    return result;
}

struct fh_ptr fhw_strptime(const char *s, u64 s_h, const char *format, u64 format_h, struct tm *to,
                           u64 to_h)
{
    const char *text = s, *end;
    if (!fl_string((const void **)&text, s_h, 1) ||
        !fl_string((const void **)&format, format_h, 1) || !fl_out(to, to_h, sizeof *to))
        return fl_ptr(0, 0);
    end = strptime(text, format, to);
    /* Which fields it set depends on the format. */
    fl_wrote(to, offsetof(struct tm, tm_zone));
    return fl_back(end, s, text, s_h);
}

int fhw_gettimeofday(struct timeval *to, u64 h, void *zone, u64 zone_h)
{
    int result;
    if ((to && !fl_out(to, h, sizeof *to)) || (zone && !fl_out(zone, zone_h, 8)))
        return fl_refuse(), -1;
    result = gettimeofday(to, zone);
    if (to)
        fl_wrote(to, sizeof *to);
    if (zone)
        fl_wrote(zone, 8);
    return result;
}

/* ------------------------------------------------------------------------------------- signals */

static struct fh_ptr handler_ptr(const void *handler)
{
    int known = (u64)handler > 2 && handler != (const void *)SIG_ERR;
    return fl_ptr(handler, known ? fh_resolve(handler) : FH_FOREIGN_HANDLE);
}

typedef void (*informed_handler)(int, siginfo_t *, void *);
static informed_handler informed[65]; /* by signal: what is told more than its number */

/* What the kernel tells lies on the stack, and is gone when the handler has returned. */
static void on_informed(int signal, siginfo_t *info, void *context)
{
    u64 info_h = fl_own(info, sizeof *info).h, context_h = fl_own(context, sizeof(ucontext_t)).h;
    informed[signal](signal, info, context);
    fh_unregister(context_h);
    fh_unregister(info_h);
}

static int is_informed(const struct sigaction *action)
{
    return action->sa_flags & SA_SIGINFO && action->sa_handler != SIG_DFL &&
           action->sa_handler != SIG_IGN;
}

static int change_action(int signal, const struct sigaction *action, struct sigaction *before)
{
    struct sigaction ours;
    informed_handler last = signal > 0 && signal < 65 ? informed[signal] : 0;
    int result;
    if (action && is_informed(action)) {
        ours = *action;
        ours.sa_sigaction = on_informed;
        if (signal > 0 && signal < 65)
            informed[signal] = action->sa_sigaction;
        action = &ours;
    }
    result = fh_sigaction(signal, action, before);
    if (result && last)
        informed[signal] = last;
    else if (!result && before->sa_sigaction == on_informed)
        before->sa_sigaction = last;
    return result;
}

static struct fh_ptr set_handler(int signal, void (*handler)(int), int flags)
{
    struct sigaction action, old;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    if (change_action(signal, &action, &old))
        return handler_ptr((const void *)SIG_ERR);
    return handler_ptr((const void *)old.sa_handler);
}

struct fh_ptr fhw_signal(int signal, void (*handler)(int), u64 h)
{
    (void)h;
    return set_handler(signal, handler, SA_RESTART);
}

struct fh_ptr fhw___sysv_signal(int signal, void (*handler)(int), u64 h)
{
    (void)h;
    return set_handler(signal, handler, (int)(SA_RESETHAND | SA_NODEFER));
}

int fhw_sigaction(int signal, const struct sigaction *action, u64 action_h, struct sigaction *old,
                  u64 old_h)
{
    struct sigaction before;
    struct fh_ptr handler;
    int result;
    if ((action && fl_readable(action, action_h, sizeof *action) < sizeof *action) ||
        (old && !fl_out(old, old_h, sizeof *old)))
        return fl_refuse(), -1;
    if (action) {
        fl_defined(action, action_h, offsetof(struct sigaction, sa_flags));
        fl_defined(&action->sa_flags, action_h, sizeof action->sa_flags);
    }
    result = change_action(signal, action, &before);
    if (!result && old) {
        *old = before;
        fl_wrote(old, sizeof *old);
        handler = handler_ptr((const void *)before.sa_handler);
        fl_store(&old->sa_handler, handler.p, handler.h);
    }
    return result;
}

/* The program may signal itself and its children, not what runs it. */
static int may_signal(pid_t pid, int signal)
{
    static pid_t runner;
    if (!runner)
        runner = getppid();
    if (pid != -1 && (pid != runner || !signal))
        return 1;
    errno = EPERM;
    return 0;
}

int fhw_kill(pid_t pid, int signal)
{
    return may_signal(pid, signal) ? kill(pid, signal) : -1;
}

/* The value comes by reference; libc takes it in a register, as it would a pointer. */
int fhw_sigqueue(pid_t pid, int signal, const union sigval *value)
{
    int (*queue)(pid_t, int, void *) = (int (*)(pid_t, int, void *))sigqueue;
    if (!may_signal(pid, signal))
        return -1;
    return queue(pid, signal, value->sival_ptr);
}

/* Our own alternative stack stays: the program's is only remembered. */
int fhw_sigaltstack(const stack_t *stack, u64 h, stack_t *old, u64 old_h)
{
    static stack_t current = {.ss_flags = SS_DISABLE};
    stack_t before = current;
    if (stack) {
        if (!fl_in(stack, h, sizeof *stack))
            return fl_refuse(), -1;
        current = *stack;
    }
    if (old) {
        if (!fl_out(old, old_h, sizeof *old))
            return fl_refuse(), -1;
        *old = before;
        fl_wrote(old, sizeof *old);
    }
    return 0;
}

/* ------------------------------------------------------------------------------------- locales */

struct fh_ptr fhw_setlocale(int category, const char *name, u64 h)
{
    if (name && !fl_string((const void **)&name, h, 1))
        return fl_ptr(0, 0);
    return fl_own_text(setlocale(category, name));
}

struct fh_ptr fhw_localeconv(void)
{
    struct lconv *found = localeconv();
    struct fh_ptr result = fl_own(found, sizeof *found);
    char **const strings[] = {
        &found->decimal_point,     &found->thousands_sep,     &found->grouping,
        &found->int_curr_symbol,   &found->currency_symbol,   &found->mon_decimal_point,
        &found->mon_thousands_sep, &found->mon_grouping,      &found->positive_sign,
        &found->negative_sign,
    };
    for (u64 i = 0; i < sizeof strings / sizeof *strings; i++) {
        struct fh_ptr one = fl_own_text(*strings[i]);
        fl_store(strings[i], one.p, one.h);
    }
    return result;
}

int fhw_fesetenv(const fenv_t *env, u64 h)
{
    if (env != FE_DFL_ENV && env != FE_NOMASK_ENV && !fl_in(env, h, sizeof *env))
        return -1;
    return fesetenv(env);
}

int fhw_feupdateenv(const fenv_t *env, u64 h)
{
    if (env != FE_DFL_ENV && env != FE_NOMASK_ENV && !fl_in(env, h, sizeof *env))
        return -1;
    return feupdateenv(env);
}

/* Our reservations count as address space: a limit on that would stop us, not the program. */
int fhw_setrlimit(int resource, const struct rlimit *limit, u64 h)
{
    if (!fl_in(limit, h, sizeof *limit))
        return fl_refuse(), -1;
    return resource == RLIMIT_AS ? 0 : setrlimit(resource, limit);
}
