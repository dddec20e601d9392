#ifndef _FH_FTW_H
#define _FH_FTW_H

#include <sys/types.h>
#include <sys/stat.h>
struct FTW { int base, level; };
#define FTW_F 0
#define FTW_D 1
extern int ftw(const char *__path, int (*__visit)(const char *, const struct stat *, int), int __depth);
extern int nftw(const char *__path, int (*__visit)(const char *, const struct stat *, int, struct FTW *), int __depth, int __flags);
#define FTW_CONTINUE 0
#define FTW_PHYS 1
#define FTW_STOP 1
#define FTW_DNR 2
#define FTW_MOUNT 2
#define FTW_SKIP_SUBTREE 2
#define FTW_NS 3
#define FTW_SKIP_SIBLINGS 3
#define FTW_CHDIR 4
#define FTW_SL 4
#define FTW_DP 5
#define FTW_SLN 6
#define FTW_DEPTH 8
#define FTW_ACTIONRETVAL 16

#endif
