#ifndef _FH_SYS_WAIT_H
#define _FH_SYS_WAIT_H

#include <bits/types.h>

#define WNOHANG 1
#define WUNTRACED 2
#define WCONTINUED 8
#define WEXITSTATUS(s) (((s) & 0xff00) >> 8)
#define WTERMSIG(s) ((s) & 0x7f)
#define WSTOPSIG(s) WEXITSTATUS(s)
#define WIFEXITED(s) (WTERMSIG(s) == 0)
#define WIFSIGNALED(s) (((signed char)(((s) & 0x7f) + 1) >> 1) > 0)
#define WIFSTOPPED(s) (((s) & 0xff) == 0x7f)
#define WIFCONTINUED(s) ((s) == 0xffff)
#define WCOREDUMP(s) ((s) & 0x80)
typedef enum { P_ALL, P_PID, P_PGID } idtype_t;
#include <signal.h>
#include <sys/resource.h>
extern pid_t wait(int *__status);
extern pid_t waitpid(pid_t __pid, int *__status, int __options);
extern pid_t wait3(int *__status, int __options, struct rusage *__usage);
extern pid_t wait4(pid_t __pid, int *__status, int __options, struct rusage *__usage);
extern int waitid(int __type, id_t __id, siginfo_t *__to, int __options);

#endif
