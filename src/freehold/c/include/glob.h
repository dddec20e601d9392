#ifndef _FH_GLOB_H
#define _FH_GLOB_H

#include <bits/types.h>
typedef struct { size_t gl_pathc; char **gl_pathv; size_t gl_offs; int gl_flags; void *__hooks[5]; } glob_t;
#define GLOB_ERR 1
#define GLOB_MARK 2
#define GLOB_NOSORT 4
#define GLOB_NOCHECK 16
#define GLOB_APPEND 32
#define GLOB_NOSPACE 1
#define GLOB_ABORTED 2
#define GLOB_NOMATCH 3
extern int glob(const char *__pattern, int __flags, int (*__failed)(const char *, int), glob_t *__to);
extern void globfree(glob_t *__from);

#endif
