#ifndef _FH_SYS_STATVFS_H
#define _FH_SYS_STATVFS_H

#include <bits/types.h>

struct statvfs {
    unsigned long f_bsize, f_frsize;
    fsblkcnt_t f_blocks, f_bfree, f_bavail;
    fsfilcnt_t f_files, f_ffree, f_favail;
    unsigned long f_fsid, f_flag, f_namemax;
    int __spare[6];
};
extern int statvfs(const char *__path, struct statvfs *__to);
extern int fstatvfs(int __fd, struct statvfs *__to);

#endif
