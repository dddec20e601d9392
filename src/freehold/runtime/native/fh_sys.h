/* The part of Linux x86-64 and glibc that the core uses, declared here: it includes no header. */
#ifndef FH_SYS_H
#define FH_SYS_H

#include "fh.h"

#define SYS_PROT_NONE 0
#define SYS_PROT_READ 1
#define SYS_PROT_RW 3
#define SYS_MAP_PRIVATE 0x02
#define SYS_MAP_FIXED 0x10
#define SYS_MAP_ANONYMOUS 0x20
#define SYS_MAP_NORESERVE 0x4000
#define SYS_MAP_FIXED_NOREPLACE 0x100000
#define SYS_MAP_FAILED ((void *)-1l)
#define SYS_DONTNEED 4
#define SYS_HUGEPAGE 14
#define SYS_NOHUGEPAGE 15

void *mmap(void *at, unsigned long n, int protection, int flags, int fd, long offset);
int munmap(void *at, unsigned long n);
int mprotect(void *at, unsigned long n, int protection);
int madvise(void *at, unsigned long n, int advice);
int mincore(void *at, unsigned long n, unsigned char *residency);

void *memcpy(void *to, const void *from, unsigned long n);
void *memmove(void *to, const void *from, unsigned long n);
void *memset(void *to, int byte, unsigned long n);
unsigned long strlen(const char *text);

int *__errno_location(void);
#define SYS_EINTR 4
#define SYS_EAGAIN 11
#define SYS_ENOMEM 12
#define SYS_EINVAL 22

void _exit(int status) __attribute__((noreturn));
int getpid(void);
int fork(void);
int kill(int pid, int signal);
int fcntl(int fd, int command, ...);
int close(int fd);
long read(int fd, void *to, unsigned long n);
long write(int fd, const void *from, unsigned long n);
struct _IO_FILE;
extern struct _IO_FILE *stdin, *stdout;
long ftell(struct _IO_FILE *stream);
int fflush(struct _IO_FILE *stream);
int setvbuf(struct _IO_FILE *stream, char *buffer, int mode, unsigned long n);
int isatty(int fd);
#define SYS_FULLY_BUFFERED 0
#define SYS_LINE_BUFFERED 1
char *setlocale(int category, const char *name);
int prctl(int option, ...);
void free(void *p);
extern char **environ;

struct sys_rlimit {
    u64 soft;
    u64 hard;
};
int setrlimit(int resource, const struct sys_rlimit *limit);
#define SYS_RLIMIT_FSIZE 1
#define SYS_RLIMIT_CORE 4

/* ------------------------------------------------------------------------------ sockets */

struct sys_iovec {
    void *base;
    u64 n;
};
struct sys_msghdr {
    void *name;
    u32 name_n;
    u32 pad;
    struct sys_iovec *vector;
    u64 vector_n;
    void *control;
    u64 control_n;
    i32 flags;
    i32 pad2;
};
struct sys_rights { /* a control message that carries one descriptor */
    u64 n;
    i32 level;
    i32 type;
    i32 fd;
    i32 pad;
};
#define SYS_AF_UNIX 1
#define SYS_SOCK_SEQPACKET 5
#define SYS_SOCK_CLOEXEC 02000000
#define SYS_SOL_SOCKET 1
#define SYS_SCM_RIGHTS 1
#define SYS_MSG_NOSIGNAL 0x4000
#define SYS_F_DUPFD_CLOEXEC 1030
int socketpair(int domain, int type, int protocol, int *fds);
long send(int fd, const void *from, unsigned long n, int flags);
long recv(int fd, void *to, unsigned long n, int flags);
long sendmsg(int fd, const void *message, int flags);

/* ------------------------------------------------------------------------------ signals */

struct sys_sigset {
    u64 word[16];
};
struct sys_sigaction {
    void *handler;
    struct sys_sigset mask;
    i32 flags;
    i32 pad;
    void *restorer;
};
struct sys_siginfo {
    i32 signal;
    i32 error;
    i32 code;
    i32 pad;
    u64 address; /* or the sender's pid and uid */
    u64 rest[13];
};
struct sys_altstack {
    void *low;
    i32 flags;
    i32 pad;
    u64 n;
};
struct sys_context { /* ucontext_t */
    u64 flags;
    struct sys_context *link;
    struct sys_altstack stack;
    u64 registers[23];
    u64 rest[96];
};
#define SYS_REG_RBP 10
#define SYS_REG_RSP 15
#define SYS_REG_RIP 16
#define SYS_REG_FLAGS 17
#define SYS_REG_ERROR 19
#define SYS_REGISTERS 17 /* r8 .. rip: those that may hold pointers */

#define SYS_SA_SIGINFO 4
#define SYS_SA_ONSTACK 0x08000000
#define SYS_SA_NODEFER 0x40000000
#define SYS_SIG_SETMASK 2
#define SYS_SIG_UNBLOCK 1
#define SYS_SIGINT 2
#define SYS_SIGQUIT 3
#define SYS_SIGILL 4
#define SYS_SIGTRAP 5
#define SYS_SIGABRT 6
#define SYS_SIGBUS 7
#define SYS_SIGFPE 8
#define SYS_SIGKILL 9
#define SYS_SIGSEGV 11
#define SYS_SIGTERM 15

int sigaction(int signal, const void *action, void *old);
struct sys_time {
    i64 seconds;
    i64 nanoseconds;
};
long syscall(long number, ...);
#define SYS_NANOSLEEP 35
#define SYS_CLOCK_GETTIME 228
#define SYS_CLOCK_MONOTONIC 1

int sigprocmask(int how, const void *set, void *old);
int sigaltstack(const void *stack, void *old);
int getcontext(struct sys_context *context);
void makecontext(struct sys_context *context, void (*entry)(void), int argc, ...);
int swapcontext(struct sys_context *from, const struct sys_context *to);
int setcontext(const struct sys_context *context);
int _setjmp(void *buffer) __attribute__((returns_twice));
void _longjmp(void *buffer, int value) __attribute__((noreturn));
void siglongjmp(void *buffer, int value) __attribute__((noreturn));

#endif
