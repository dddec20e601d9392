#ifndef _FH_SYS_TIME_H
#define _FH_SYS_TIME_H

#include <bits/types.h>

struct timezone { int tz_minuteswest, tz_dsttime; };
struct itimerval { struct timeval it_interval, it_value; };
#define ITIMER_REAL 0
#define ITIMER_VIRTUAL 1
#define ITIMER_PROF 2
#define timerisset(t) ((t)->tv_sec || (t)->tv_usec)
#define timerclear(t) ((t)->tv_sec = (t)->tv_usec = 0)
#include <sys/select.h>
extern int gettimeofday(struct timeval *__to, void *__zone);
extern int settimeofday(const struct timeval *__time, const struct timezone *__zone);
extern int getitimer(int __which, struct itimerval *__to);
extern int setitimer(int __which, const struct itimerval *__value, struct itimerval *__old);
extern int utimes(const char *__path, const struct timeval *__times);
extern int lutimes(const char *__path, const struct timeval *__times);
extern int futimes(int __fd, const struct timeval *__times);
#define timercmp(a, b, op) \
    ((a)->tv_sec == (b)->tv_sec ? (a)->tv_usec op (b)->tv_usec : (a)->tv_sec op (b)->tv_sec)
#define timeradd(a, b, to) \
    do { \
        (to)->tv_sec = (a)->tv_sec + (b)->tv_sec; \
        (to)->tv_usec = (a)->tv_usec + (b)->tv_usec; \
        if ((to)->tv_usec >= 1000000) { \
            ++(to)->tv_sec; \
            (to)->tv_usec -= 1000000; \
        } \
    } while (0)
#define timersub(a, b, to) \
    do { \
        (to)->tv_sec = (a)->tv_sec - (b)->tv_sec; \
        (to)->tv_usec = (a)->tv_usec - (b)->tv_usec; \
        if ((to)->tv_usec < 0) { \
            --(to)->tv_sec; \
            (to)->tv_usec += 1000000; \
        } \
    } while (0)
#define TIMEVAL_TO_TIMESPEC(v, s) ((s)->tv_sec = (v)->tv_sec, (void)((s)->tv_nsec = (v)->tv_usec * 1000))
#define TIMESPEC_TO_TIMEVAL(v, s) ((v)->tv_sec = (s)->tv_sec, (void)((v)->tv_usec = (s)->tv_nsec / 1000))

#endif
