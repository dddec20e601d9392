#ifndef _FH_REGEX_H
#define _FH_REGEX_H

#include <bits/types.h>

typedef int regoff_t;
typedef struct { regoff_t rm_so, rm_eo; } regmatch_t;
typedef struct { void *__buffer; unsigned long __allocated, __used, __syntax; char *__fastmap; unsigned char *__translate; size_t re_nsub; unsigned int __flags; } regex_t;
#define REG_EXTENDED 1
#define REG_ICASE 2
#define REG_NEWLINE 4
#define REG_NOSUB 8
#define REG_NOTBOL 1
#define REG_NOTEOL 2
#define REG_NOMATCH 1
extern int regcomp(regex_t *__to, const char *__pattern, int __flags);
extern int regexec(const regex_t *__regex, const char *__s, size_t __n, regmatch_t *__to, int __flags);
extern size_t regerror(int __code, const regex_t *__regex, char *__to, size_t __n);
extern void regfree(regex_t *__regex);

#endif
