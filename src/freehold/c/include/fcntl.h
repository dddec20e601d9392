#ifndef _FH_FCNTL_H
#define _FH_FCNTL_H

#include <bits/types.h>

#define O_RDONLY 0
#define O_WRONLY 1
#define O_RDWR 2
#define O_ACCMODE 3
#define O_CREAT 0100
#define O_EXCL 0200
#define O_NOCTTY 0400
#define O_TRUNC 01000
#define O_APPEND 02000
#define O_NONBLOCK 04000
#define O_NDELAY O_NONBLOCK
#define O_DSYNC 010000
#define O_ASYNC 020000
#define O_DIRECT 040000
#define O_LARGEFILE 0
#define O_DIRECTORY 0200000
#define O_NOFOLLOW 0400000
#define O_NOATIME 01000000
#define O_CLOEXEC 02000000
#define O_SYNC 04010000
#define O_PATH 010000000
#define F_DUPFD 0
#define F_GETFD 1
#define F_SETFD 2
#define F_GETFL 3
#define F_SETFL 4
#define F_GETLK 5
#define F_SETLK 6
#define F_SETLKW 7
#define F_SETOWN 8
#define F_GETOWN 9
#define F_DUPFD_CLOEXEC 1030
#define FD_CLOEXEC 1
#define F_RDLCK 0
#define F_WRLCK 1
#define F_UNLCK 2
#define AT_FDCWD (-100)
#define AT_SYMLINK_NOFOLLOW 0x100
#define AT_REMOVEDIR 0x200
#define AT_EACCESS 0x200
#define POSIX_FADV_NORMAL 0
#define POSIX_FADV_SEQUENTIAL 2
struct flock { short l_type, l_whence; off_t l_start, l_len; pid_t l_pid; };
#include <sys/stat.h>
extern int open(const char *__path, int __flags, ...);
extern int open64(const char *__path, int __flags, ...);
extern int openat(int __fd, const char *__path, int __flags, ...);
extern int creat(const char *__path, mode_t __mode);
extern int fcntl(int __fd, int __command, ...);
extern int fcntl64(int __fd, int __command, ...);
extern int posix_fadvise(int __fd, off_t __offset, off_t __n, int __advice);
extern int posix_fallocate(int __fd, off_t __offset, off_t __n);
extern int fallocate(int __fd, int __mode, off_t __offset, off_t __n);

#endif
