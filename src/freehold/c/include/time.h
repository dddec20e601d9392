#ifndef _FH_TIME_H
#define _FH_TIME_H

#include <bits/timespec.h>
typedef unsigned long size_t;
typedef long time_t;
typedef long clock_t;
typedef int clockid_t;
typedef void *timer_t;
typedef int pid_t;
typedef struct __locale_struct *locale_t;
#undef NULL
#define NULL ((void *)0)

struct tm {
    int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst;
    long tm_gmtoff;
    const char *tm_zone;
};
struct itimerspec { struct timespec it_interval; struct timespec it_value; };
#include <bits/sigevent.h>
#define CLOCKS_PER_SEC ((clock_t)1000000)
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID 3
#define CLOCK_MONOTONIC_RAW 4
#define CLOCK_BOOTTIME 7
#define TIMER_ABSTIME 1
#define TIME_UTC 1
extern char *tzname[2];
extern int daylight;
extern long timezone;
extern time_t time(time_t *__to);
extern clock_t clock(void);
extern double difftime(time_t __later, time_t __earlier);
extern time_t mktime(struct tm *__time);
extern time_t timegm(struct tm *__time);
extern time_t timelocal(struct tm *__time);
extern struct tm *gmtime(const time_t *__time);
extern struct tm *localtime(const time_t *__time);
extern struct tm *gmtime_r(const time_t *__time, struct tm *__to);
extern struct tm *localtime_r(const time_t *__time, struct tm *__to);
extern char *asctime(const struct tm *__time);
extern char *asctime_r(const struct tm *__time, char *__to);
extern char *ctime(const time_t *__time);
extern char *ctime_r(const time_t *__time, char *__to);
extern size_t strftime(char *__to, size_t __n, const char *__format, const struct tm *__time);
extern size_t strftime_l(char *__to, size_t __n, const char *__format, const struct tm *__time, locale_t __locale);
extern char *strptime(const char *__s, const char *__format, struct tm *__to);
extern struct tm *getdate(const char *__s);
extern void tzset(void);
extern int nanosleep(const struct timespec *__time, struct timespec *__left);
extern int clock_gettime(clockid_t __clock, struct timespec *__to);
extern int clock_settime(clockid_t __clock, const struct timespec *__time);
extern int clock_getres(clockid_t __clock, struct timespec *__to);
extern int clock_nanosleep(clockid_t __clock, int __flags, const struct timespec *__time, struct timespec *__left);
extern int timespec_get(struct timespec *__to, int __base);
extern int timer_create(clockid_t __clock, struct sigevent *__event, timer_t *__to);
extern int timer_settime(timer_t __timer, int __flags, const struct itimerspec *__value, struct itimerspec *__old);
extern int timer_gettime(timer_t __timer, struct itimerspec *__to);
extern int timer_getoverrun(timer_t __timer);
extern int timer_delete(timer_t __timer);
#define CLOCK_REALTIME_COARSE 5
#define CLOCK_MONOTONIC_COARSE 6
#define CLOCK_REALTIME_ALARM 8
#define CLOCK_BOOTTIME_ALARM 9
#define CLOCK_TAI 11

#endif
