#ifndef _FH_SYS_WAIT_H
#define _FH_SYS_WAIT_H

#include <bits/types.h>

#include <bits/waitflags.h>
typedef enum { P_ALL, P_PID, P_PGID } idtype_t;
#include <signal.h>
#include <sys/resource.h>
extern pid_t wait(int *__status);
extern pid_t waitpid(pid_t __pid, int *__status, int __options);
extern pid_t wait3(int *__status, int __options, struct rusage *__usage);
extern pid_t wait4(pid_t __pid, int *__status, int __options, struct rusage *__usage);
extern int waitid(int __type, id_t __id, siginfo_t *__to, int __options);
#define WAIT_ANY (-1)
#define WAIT_MYPGRP 0
#define W_OK 2
#define WCOREFLAG 128

#endif
