#ifndef _FH_SYS_SELECT_H
#define _FH_SYS_SELECT_H

#include <bits/sigset.h>
#include <bits/timespec.h>
#include <bits/timeval.h>
typedef long time_t;
typedef long suseconds_t;

#define FD_SETSIZE 1024
#define NFDBITS 64
typedef long fd_mask;
typedef struct { long fds_bits[16]; } fd_set;
#define FD_ZERO(s) \
    do { \
        for (int __i = 0; __i < 16; __i++) \
            (s)->fds_bits[__i] = 0; \
    } while (0)
#define FD_SET(d, s) ((void)((s)->fds_bits[(d) / 64] |= (long)(1UL << ((d) % 64))))
#define FD_CLR(d, s) ((void)((s)->fds_bits[(d) / 64] &= ~(long)(1UL << ((d) % 64))))
#define FD_ISSET(d, s) (((s)->fds_bits[(d) / 64] & (long)(1UL << ((d) % 64))) != 0)
extern int select(int __n, fd_set *__readable, fd_set *__writable, fd_set *__exceptional, struct timeval *__time);
extern int pselect(int __n, fd_set *__readable, fd_set *__writable, fd_set *__exceptional, const struct timespec *__time, const sigset_t *__mask);

#endif
