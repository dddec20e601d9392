#ifndef _FH_SIGNAL_H
#define _FH_SIGNAL_H

#include <bits/types.h>
#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGILL 4
#define SIGTRAP 5
#define SIGABRT 6
#define SIGBUS 7
#define SIGFPE 8
#define SIGKILL 9
#define SIGUSR1 10
#define SIGSEGV 11
#define SIGUSR2 12
#define SIGPIPE 13
#define SIGALRM 14
#define SIGTERM 15
#define SIGCHLD 17
#define SIGCONT 18
#define SIGSTOP 19
#define SIGTSTP 20
#define SIGTTIN 21
#define SIGTTOU 22
#define SIGURG 23
#define SIGXCPU 24
#define SIGXFSZ 25
#define SIGVTALRM 26
#define SIGPROF 27
#define SIGWINCH 28
#define SIGIO 29
#define SIGPWR 30
#define SIGSYS 31
#define SIGIOT SIGABRT
#define SIGPOLL SIGIO
#define SIGCLD SIGCHLD
#define SIGSTKFLT 16
#define NSIG 65
#define _NSIG 65
#define SIGRTMIN 34
#define SIGRTMAX 64
#define SIGSTKSZ 8192
#define MINSIGSTKSZ 2048
typedef int sig_atomic_t;
typedef void (*sighandler_t)(int);
typedef sighandler_t __sighandler_t;
#define SIG_DFL ((sighandler_t)0)
#define SIG_IGN ((sighandler_t)1)
#define SIG_ERR ((sighandler_t)-1)
union sigval { int sival_int; void *sival_ptr; };
typedef union sigval sigval_t;
typedef struct {
    int si_signo, si_errno, si_code, __pad0;
    union {
        int __pad[28];
        struct { pid_t si_pid; uid_t si_uid; union { sigval_t si_value; struct { int si_status; clock_t si_utime, si_stime; } __c; } __v; } __kill;
        struct { void *si_addr; } __fault;
    } __fields;
} siginfo_t;
#define si_pid __fields.__kill.si_pid
#define si_uid __fields.__kill.si_uid
#define si_value __fields.__kill.__v.si_value
#define si_status __fields.__kill.__v.__c.si_status
#define si_addr __fields.__fault.si_addr
struct sigaction {
    union { sighandler_t sa_handler; void (*sa_sigaction)(int, siginfo_t *, void *); } __handler;
    sigset_t sa_mask;
    int sa_flags;
    void (*sa_restorer)(void);
};
#define sa_handler __handler.sa_handler
#define sa_sigaction __handler.sa_sigaction
typedef struct { void *ss_sp; int ss_flags; size_t ss_size; } stack_t;
#define SA_NOCLDSTOP 1
#define SA_NOCLDWAIT 2
#define SA_SIGINFO 4
#define SA_ONSTACK 0x08000000
#define SA_RESTART 0x10000000
#define SA_NODEFER 0x40000000
#define SA_RESETHAND 0x80000000
#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2
#define SS_ONSTACK 1
#define SS_DISABLE 2
#define FPE_INTDIV 1
#define FPE_INTOVF 2
#define SEGV_MAPERR 1
#define SEGV_ACCERR 2
#define BUS_ADRALN 1
extern sighandler_t signal(int __signal, void (*__handler)(int));
extern int sigaction(int __signal, const struct sigaction *__action, struct sigaction *__old);
extern int raise(int __signal);
extern int kill(pid_t __pid, int __signal);
extern int killpg(pid_t __group, int __signal);
extern int sigemptyset(sigset_t *__set);
extern int sigfillset(sigset_t *__set);
extern int sigaddset(sigset_t *__set, int __signal);
extern int sigdelset(sigset_t *__set, int __signal);
extern int sigismember(const sigset_t *__set, int __signal);
extern int sigisemptyset(const sigset_t *__set);
extern int sigprocmask(int __how, const sigset_t *__set, sigset_t *__old);
extern int pthread_sigmask(int __how, const sigset_t *__set, sigset_t *__old);
extern int sigpending(sigset_t *__to);
extern int sigsuspend(const sigset_t *__set);
extern int sigwait(const sigset_t *__set, int *__to);
extern int sigwaitinfo(const sigset_t *__set, siginfo_t *__to);
extern int sigtimedwait(const sigset_t *__set, siginfo_t *__to, const struct timespec *__time);
extern int sigaltstack(const stack_t *__stack, stack_t *__old);
extern int siginterrupt(int __signal, int __flag);
extern int sigpause(int __mask);
extern int sighold(int __signal);
extern int sigrelse(int __signal);
extern int sigignore(int __signal);
extern void psignal(int __signal, const char *__s);

#endif
