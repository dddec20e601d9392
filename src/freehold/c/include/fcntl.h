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
#define AT_STATX_SYNC_AS_STAT 0
#define F_OK 0
#define F_ULOCK 0
#define SEEK_SET 0
#define DN_ACCESS 1
#define FALLOC_FL_KEEP_SIZE 1
#define F_LOCK 1
#define F_SEAL_SEAL 1
#define LOCK_SH 1
#define POSIX_FADV_RANDOM 1
#define SEEK_CUR 1
#define SPLICE_F_MOVE 1
#define X_OK 1
#define DN_MODIFY 2
#define FALLOC_FL_PUNCH_HOLE 2
#define F_SEAL_SHRINK 2
#define F_TLOCK 2
#define LOCK_EX 2
#define SEEK_END 2
#define SPLICE_F_NONBLOCK 2
#define W_OK 2
#define F_TEST 3
#define POSIX_FADV_WILLNEED 3
#define DN_CREATE 4
#define FALLOC_FL_NO_HIDE_STALE 4
#define F_EXLCK 4
#define F_SEAL_GROW 4
#define LOCK_NB 4
#define POSIX_FADV_DONTNEED 4
#define R_OK 4
#define SPLICE_F_MORE 4
#define F_GETLK64 5
#define POSIX_FADV_NOREUSE 5
#define F_SETLK64 6
#define F_SETLKW64 7
#define DN_DELETE 8
#define FALLOC_FL_COLLAPSE_RANGE 8
#define F_SEAL_WRITE 8
#define F_SHLCK 8
#define LOCK_UN 8
#define SPLICE_F_GIFT 8
#define F_SETSIG 10
#define F_GETSIG 11
#define F_SETOWN_EX 15
#define DN_RENAME 16
#define FALLOC_FL_ZERO_RANGE 16
#define F_GETOWN_EX 16
#define F_SEAL_FUTURE_WRITE 16
#define DN_ATTRIB 32
#define FALLOC_FL_INSERT_RANGE 32
#define LOCK_MAND 32
#define F_OFD_GETLK 36
#define F_OFD_SETLK 37
#define F_OFD_SETLKW 38
#define FALLOC_FL_UNSHARE_RANGE 64
#define LOCK_READ 64
#define LOCK_WRITE 128
#define LOCK_RW 192
#define AT_SYMLINK_FOLLOW 0x400
#define FAPPEND 0x400
#define F_SETLEASE 0x400
#define F_GETLEASE 0x401
#define F_NOTIFY 0x402
#define F_SETPIPE_SZ 0x407
#define F_GETPIPE_SZ 0x408
#define F_ADD_SEALS 0x409
#define F_GET_SEALS 0x40a
#define F_GET_RW_HINT 0x40b
#define F_SET_RW_HINT 0x40c
#define F_GET_FILE_RW_HINT 0x40d
#define F_SET_FILE_RW_HINT 0x40e
#define AT_NO_AUTOMOUNT 0x800
#define FNDELAY 0x800
#define FNONBLOCK 0x800
#define AT_EMPTY_PATH 0x1000
#define AT_STATX_FORCE_SYNC 0x2000
#define FASYNC 0x2000
#define AT_STATX_DONT_SYNC 0x4000
#define AT_STATX_SYNC_TYPE 0x6000
#define AT_RECURSIVE 0x8000
#define O_FSYNC 0x101000
#define O_RSYNC 0x101000
#define O_TMPFILE 0x410000
#define DN_MULTISHOT 0x80000000u

#endif
