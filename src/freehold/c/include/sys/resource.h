#ifndef _FH_SYS_RESOURCE_H
#define _FH_SYS_RESOURCE_H

#include <bits/types.h>

struct rusage {
    struct timeval ru_utime, ru_stime;
    long ru_maxrss, ru_ixrss, ru_idrss, ru_isrss, ru_minflt, ru_majflt, ru_nswap, ru_inblock;
    long ru_oublock, ru_msgsnd, ru_msgrcv, ru_nsignals, ru_nvcsw, ru_nivcsw;
};

typedef unsigned long rlim_t;
struct rlimit { rlim_t rlim_cur, rlim_max; };
#define RLIM_INFINITY (~0UL)
#define RLIMIT_CPU 0
#define RLIMIT_FSIZE 1
#define RLIMIT_DATA 2
#define RLIMIT_STACK 3
#define RLIMIT_CORE 4
#define RLIMIT_RSS 5
#define RLIMIT_NPROC 6
#define RLIMIT_NOFILE 7
#define RLIMIT_MEMLOCK 8
#define RLIMIT_AS 9
#define RUSAGE_SELF 0
#define RUSAGE_CHILDREN (-1)
#define PRIO_PROCESS 0
#define PRIO_PGRP 1
#define PRIO_USER 2
extern int getrlimit(int __resource, struct rlimit *__to);
extern int setrlimit(int __resource, const struct rlimit *__limit);
extern int getrusage(int __who, struct rusage *__to);
extern int getpriority(int __which, id_t __who);
extern int setpriority(int __which, id_t __who, int __priority);
#define PRIO_MIN (-20)
#define RLIM64_INFINITY 0xfffffffffffffffful
#define RLIM_SAVED_CUR 0xfffffffffffffffful
#define RLIM_SAVED_MAX 0xfffffffffffffffful
#define RUSAGE_LWP 1
#define RUSAGE_THREAD 1
#define RLIMIT_OFILE 7
#define RLIMIT_LOCKS 10
#define RLIMIT_SIGPENDING 11
#define RLIMIT_MSGQUEUE 12
#define RLIMIT_NICE 13
#define RLIMIT_RTPRIO 14
#define RLIMIT_RTTIME 15
#define RLIMIT_NLIMITS 16
#define RLIM_NLIMITS 16
#define PRIO_MAX 20

#endif
