#ifndef _FH_FTW_H
#define _FH_FTW_H

#include <bits/types.h>
#include <sys/stat.h>
struct FTW { int base, level; };
#define FTW_F 0
#define FTW_D 1
extern int ftw(const char *__path, int (*__visit)(const char *, const struct stat *, int), int __depth);
extern int nftw(const char *__path, int (*__visit)(const char *, const struct stat *, int, struct FTW *), int __depth, int __flags);

#endif
