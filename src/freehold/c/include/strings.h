#ifndef _FH_STRINGS_H
#define _FH_STRINGS_H

typedef unsigned long size_t;
typedef struct __locale_struct *locale_t;
extern int bcmp(const void *__a, const void *__b, size_t __n);
extern void bcopy(const void *__from, void *__to, size_t __n);
extern void bzero(void *__to, size_t __n);
extern char *index(const char *__s, int __c);
extern char *rindex(const char *__s, int __c);
extern int strcasecmp(const char *__a, const char *__b);
extern int strncasecmp(const char *__a, const char *__b, size_t __n);
extern int ffs(int __i);
extern int ffsl(long __i);
extern int ffsll(long long __i);

#endif
