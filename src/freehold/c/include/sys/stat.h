#ifndef _FH_SYS_STAT_H
#define _FH_SYS_STAT_H

#include <bits/types.h>

struct stat {
    dev_t st_dev;
    ino_t st_ino;
    nlink_t st_nlink;
    mode_t st_mode;
    uid_t st_uid;
    gid_t st_gid;
    int __pad0;
    dev_t st_rdev;
    off_t st_size;
    blksize_t st_blksize;
    blkcnt_t st_blocks;
    struct timespec st_atim, st_mtim, st_ctim;
    long __reserved[3];
};
#define stat64 stat
#define st_atime st_atim.tv_sec
#define st_mtime st_mtim.tv_sec
#define st_ctime st_ctim.tv_sec
#define S_IFMT 0170000
#define S_IFSOCK 0140000
#define S_IFLNK 0120000
#define S_IFREG 0100000
#define S_IFBLK 0060000
#define S_IFDIR 0040000
#define S_IFCHR 0020000
#define S_IFIFO 0010000
#define S_ISUID 04000
#define S_ISGID 02000
#define S_ISVTX 01000
#define S_IRWXU 0700
#define S_IRUSR 0400
#define S_IWUSR 0200
#define S_IXUSR 0100
#define S_IRWXG 0070
#define S_IRGRP 0040
#define S_IWGRP 0020
#define S_IXGRP 0010
#define S_IRWXO 0007
#define S_IROTH 0004
#define S_IWOTH 0002
#define S_IXOTH 0001
#define S_IREAD S_IRUSR
#define S_IWRITE S_IWUSR
#define S_IEXEC S_IXUSR
#define S_ISREG(m) (((m) & S_IFMT) == S_IFREG)
#define S_ISDIR(m) (((m) & S_IFMT) == S_IFDIR)
#define S_ISLNK(m) (((m) & S_IFMT) == S_IFLNK)
#define S_ISCHR(m) (((m) & S_IFMT) == S_IFCHR)
#define S_ISBLK(m) (((m) & S_IFMT) == S_IFBLK)
#define S_ISFIFO(m) (((m) & S_IFMT) == S_IFIFO)
#define S_ISSOCK(m) (((m) & S_IFMT) == S_IFSOCK)
#define UTIME_NOW 0x3fffffffL
#define UTIME_OMIT 0x3ffffffeL
extern int stat(const char *__path, struct stat *__to);
extern int lstat(const char *__path, struct stat *__to);
extern int fstat(int __fd, struct stat *__to);
extern int fstatat(int __fd, const char *__path, struct stat *__to, int __flags);
extern int chmod(const char *__path, mode_t __mode);
extern int lchmod(const char *__path, mode_t __mode);
extern int fchmod(int __fd, mode_t __mode);
extern int fchmodat(int __fd, const char *__path, mode_t __mode, int __flags);
extern mode_t umask(mode_t __mask);
extern int mkdir(const char *__path, mode_t __mode);
extern int mkdirat(int __fd, const char *__path, mode_t __mode);
extern int mkfifo(const char *__path, mode_t __mode);
extern int mkfifoat(int __fd, const char *__path, mode_t __mode);
extern int mknod(const char *__path, mode_t __mode, dev_t __device);
extern int mknodat(int __fd, const char *__path, mode_t __mode, dev_t __device);
extern int utimensat(int __fd, const char *__path, const struct timespec *__times, int __flags);
extern int futimens(int __fd, const struct timespec *__times);
#define STATX_TYPE 1u
#define STATX_MODE 2u
#define STATX_ATTR_COMPRESSED 4
#define STATX_NLINK 4u
#define STATX_UID 8u
#define STATX_ATTR_IMMUTABLE 16
#define STATX_GID 16u
#define STATX_ATIME 32u
#define STATX_ATTR_APPEND 32
#define STATX_ATTR_NODUMP 64
#define STATX_MTIME 64u
#define STATX_CTIME 128u
#define STATX_INO 256u
#define DEFFILEMODE 438
#define ACCESSPERMS 511
#define STATX_SIZE 512u
#define S_BLKSIZE 512
#define STATX_BLOCKS 0x400u
#define STATX_BASIC_STATS 0x7ffu
#define STATX_ATTR_ENCRYPTED 0x800
#define STATX_BTIME 0x800u
#define ALLPERMS 0xfff
#define STATX_ALL 0xfffu
#define STATX_ATTR_AUTOMOUNT 0x1000
#define STATX_MNT_ID 0x1000u
#define STATX_ATTR_MOUNT_ROOT 0x2000
#define STATX_DIOALIGN 0x2000u
#define STATX_ATTR_VERITY 0x100000
#define STATX_ATTR_DAX 0x200000
#define STATX__RESERVED 0x80000000u
#define S_TYPEISMQ(s) ((s)->st_mode - (s)->st_mode)
#define S_TYPEISSEM(s) ((s)->st_mode - (s)->st_mode)
#define S_TYPEISSHM(s) ((s)->st_mode - (s)->st_mode)

#endif
