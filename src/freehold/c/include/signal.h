#ifndef _FH_SIGNAL_H
#define _FH_SIGNAL_H

#include <bits/sigset.h>
#include <bits/timespec.h>
typedef unsigned long size_t;
typedef int pid_t;
typedef unsigned int uid_t;
typedef long clock_t;
typedef unsigned long pthread_t;
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
#include <bits/sigevent.h>
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
extern int sigqueue(pid_t __pid, int __signal, union sigval __value);
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
#define SI_ASYNCNL (-60)
#define SI_DETHREAD (-7)
#define SI_TKILL (-6)
#define SI_SIGIO (-5)
#define SI_ASYNCIO (-4)
#define SI_MESGQ (-3)
#define SI_TIMER (-2)
#define SI_QUEUE (-1)
#define REG_R8 0
#define SIGEV_SIGNAL 0
#define SI_USER 0
#define CLD_EXITED 1
#define ILL_ILLOPC 1
#define POLL_IN 1
#define REG_R9 1
#define SIGEV_NONE 1
#define TRAP_BRKPT 1
#define BUS_ADRERR 2
#define CLD_KILLED 2
#define ILL_ILLOPN 2
#define POLL_OUT 2
#define REG_R10 2
#define SIGEV_THREAD 2
#define TRAP_TRACE 2
#define BUS_OBJERR 3
#define CLD_DUMPED 3
#define FPE_FLTDIV 3
#define ILL_ILLADR 3
#define POLL_MSG 3
#define REG_R11 3
#define SEGV_BNDERR 3
#define TRAP_BRANCH 3
#define BUS_MCEERR_AR 4
#define CLD_TRAPPED 4
#define FPE_FLTOVF 4
#define ILL_ILLTRP 4
#define POLL_ERR 4
#define REG_R12 4
#define SEGV_PKUERR 4
#define SIGEV_THREAD_ID 4
#define TRAP_HWBKPT 4
#define BUS_MCEERR_AO 5
#define CLD_STOPPED 5
#define FPE_FLTUND 5
#define ILL_PRVOPC 5
#define POLL_PRI 5
#define REG_R13 5
#define SEGV_ACCADI 5
#define TRAP_UNK 5
#define CLD_CONTINUED 6
#define FPE_FLTRES 6
#define ILL_PRVREG 6
#define POLL_HUP 6
#define REG_R14 6
#define SEGV_ADIDERR 6
#define FPE_FLTINV 7
#define ILL_COPROC 7
#define REG_R15 7
#define SEGV_ADIPERR 7
#define FPE_FLTSUB 8
#define ILL_BADSTK 8
#define REG_RDI 8
#define SEGV_MTEAERR 8
#define ILL_BADIADDR 9
#define REG_RSI 9
#define SEGV_MTESERR 9
#define REG_RBP 10
#define REG_RBX 11
#define REG_RDX 12
#define REG_RAX 13
#define FPE_FLTUNK 14
#define REG_RCX 14
#define FPE_CONDTRAP 15
#define REG_RSP 15
#define REG_RIP 16
#define REG_EFL 17
#define REG_CSGSFS 18
#define REG_ERR 19
#define REG_TRAPNO 20
#define REG_OLDMASK 21
#define REG_CR2 22
#define SI_KERNEL 128
#define SA_STACK 0x8000000
#define SA_INTERRUPT 0x20000000
#define SA_NOMASK 0x40000000
#define SA_ONESHOT 0x80000000u

#include <bits/ucontext.h>

#endif
