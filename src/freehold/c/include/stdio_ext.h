#ifndef _FH_STDIO_EXT_H
#define _FH_STDIO_EXT_H

#include <stdio.h>
extern void __fpurge(FILE *__fp);
extern size_t __fpending(FILE *__fp);
extern int __freading(FILE *__fp);
extern int __fwriting(FILE *__fp);
#define FSETLOCKING_QUERY 0
#define FSETLOCKING_INTERNAL 1
#define FSETLOCKING_BYCALLER 2

#endif
