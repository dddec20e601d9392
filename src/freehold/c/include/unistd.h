#ifndef _FH_UNISTD_H
#define _FH_UNISTD_H

#include <bits/types.h>
#undef NULL
#define NULL ((void *)0)

#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#define R_OK 4
#define W_OK 2
#define X_OK 1
#define F_OK 0
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define F_LOCK 1
#define F_TLOCK 2
#define F_TEST 3
#define F_ULOCK 0
#define _SC_ARG_MAX 0
#define _SC_CHILD_MAX 1
#define _SC_CLK_TCK 2
#define _SC_NGROUPS_MAX 3
#define _SC_OPEN_MAX 4
#define _SC_PAGESIZE 30
#define _SC_PAGE_SIZE 30
#define _SC_IOV_MAX 60
#define _SC_GETPW_R_SIZE_MAX 70
#define _SC_NPROCESSORS_CONF 83
#define _SC_NPROCESSORS_ONLN 84
#define _SC_PHYS_PAGES 85
#define _SC_AVPHYS_PAGES 86
#define _SC_HOST_NAME_MAX 180
#define _PC_LINK_MAX 0
#define _PC_NAME_MAX 3
#define _PC_PATH_MAX 4
#define _PC_PIPE_BUF 5
#define _POSIX_VERSION 200809L
#define _XOPEN_VERSION 700
extern char **environ;
extern char *optarg;
extern int optind, opterr, optopt;
extern ssize_t read(int __fd, void *__to, size_t __n);
extern ssize_t write(int __fd, const void *__from, size_t __n);
extern ssize_t pread(int __fd, void *__to, size_t __n, off_t __offset);
extern ssize_t pwrite(int __fd, const void *__from, size_t __n, off_t __offset);
extern int close(int __fd);
extern int dup(int __fd);
extern int dup2(int __fd, int __to);
extern int dup3(int __fd, int __to, int __flags);
extern int pipe(int *__to);
extern int pipe2(int *__to, int __flags);
extern off_t lseek(int __fd, off_t __offset, int __whence);
extern int access(const char *__path, int __mode);
extern int euidaccess(const char *__path, int __mode);
extern int eaccess(const char *__path, int __mode);
extern int faccessat(int __fd, const char *__path, int __mode, int __flags);
extern int unlink(const char *__path);
extern int unlinkat(int __fd, const char *__path, int __flags);
extern int rmdir(const char *__path);
extern int link(const char *__from, const char *__to);
extern int linkat(int __fd, const char *__from, int __at, const char *__to, int __flags);
extern int symlink(const char *__from, const char *__to);
extern int symlinkat(const char *__from, int __fd, const char *__to);
extern ssize_t readlink(const char *__path, char *__to, size_t __n);
extern ssize_t readlinkat(int __fd, const char *__path, char *__to, size_t __n);
extern int chdir(const char *__path);
extern int fchdir(int __fd);
extern int chroot(const char *__path);
extern int chown(const char *__path, uid_t __user, gid_t __group);
extern int lchown(const char *__path, uid_t __user, gid_t __group);
extern int fchown(int __fd, uid_t __user, gid_t __group);
extern int fchownat(int __fd, const char *__path, uid_t __user, gid_t __group, int __flags);
extern int truncate(const char *__path, off_t __size);
extern int ftruncate(int __fd, off_t __size);
extern int fsync(int __fd);
extern int fdatasync(int __fd);
extern void sync(void);
extern int syncfs(int __fd);
extern char *getcwd(char *__to, size_t __n);
extern char *get_current_dir_name(void);
extern char *getwd(char *__to);
extern int isatty(int __fd);
extern char *ttyname(int __fd);
extern int ttyname_r(int __fd, char *__to, size_t __n);
extern unsigned int sleep(unsigned int __seconds);
extern int usleep(useconds_t __time);
extern unsigned int alarm(unsigned int __seconds);
extern useconds_t ualarm(useconds_t __time, useconds_t __interval);
extern int pause(void);
extern pid_t fork(void);
extern pid_t vfork(void);
extern void _exit(int __status) __attribute__((__noreturn__));
extern int execv(const char *__path, char *const *__argv);
extern int execve(const char *__path, char *const *__argv, char *const *__env);
extern int execvp(const char *__path, char *const *__argv);
extern int execvpe(const char *__path, char *const *__argv, char *const *__env);
extern int fexecve(int __fd, char *const *__argv, char *const *__env);
extern int execl(const char *__path, const char *__argument, ...);
extern int execlp(const char *__path, const char *__argument, ...);
extern int execle(const char *__path, const char *__argument, ...);
extern pid_t getpid(void);
extern pid_t getppid(void);
extern pid_t getpgrp(void);
extern pid_t getpgid(pid_t __pid);
extern int setpgid(pid_t __pid, pid_t __group);
extern int setpgrp(void);
extern pid_t setsid(void);
extern pid_t getsid(pid_t __pid);
extern pid_t gettid(void);
extern pid_t tcgetpgrp(int __fd);
extern int tcsetpgrp(int __fd, pid_t __group);
extern uid_t getuid(void);
extern uid_t geteuid(void);
extern gid_t getgid(void);
extern gid_t getegid(void);
extern int setuid(uid_t __user);
extern int seteuid(uid_t __user);
extern int setgid(gid_t __group);
extern int setegid(gid_t __group);
extern int setreuid(uid_t __real_, uid_t __effective);
extern int setregid(gid_t __real_, gid_t __effective);
extern int getgroups(int __n, gid_t *__to);
extern int getlogin_r(char *__to, size_t __n);
extern char *getlogin(void);
extern int gethostname(char *__to, size_t __n);
extern int sethostname(const char *__name, size_t __n);
extern int getdomainname(char *__to, size_t __n);
extern long gethostid(void);
extern long sysconf(int __name);
extern long pathconf(const char *__path, int __name);
extern long fpathconf(int __fd, int __name);
extern size_t confstr(int __name, char *__to, size_t __n);
extern int getpagesize(void);
extern int getdtablesize(void);
extern int nice(int __increment);
extern int lockf(int __fd, int __command, off_t __size);
extern void swab(const void *__from, void *__to, ssize_t __n);
extern char *getpass(const char *__prompt);
extern int brk(void *__end);
extern void *sbrk(intptr_t __increment);
extern long syscall(long __number, ...);
extern int acct(const char *__path);
extern int daemon(int __nochdir, int __noclose);
extern int vhangup(void);
extern int getentropy(void *__to, size_t __n);
extern ssize_t copy_file_range(int __from, off_t *__at, int __to, off_t *__into, size_t __n, unsigned int __flags);

#endif
