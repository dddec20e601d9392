#ifndef _FH_STRING_H
#define _FH_STRING_H

typedef unsigned long size_t;
typedef struct __locale_struct *locale_t;
#undef NULL
#define NULL ((void *)0)
#include <strings.h>
extern void *memcpy(void *__to, const void *__from, size_t __n);
extern void *mempcpy(void *__to, const void *__from, size_t __n);
extern void *memmove(void *__to, const void *__from, size_t __n);
extern void *memccpy(void *__to, const void *__from, int __c, size_t __n);
extern void *memset(void *__to, int __c, size_t __n);
extern void explicit_bzero(void *__to, size_t __n);
extern int memcmp(const void *__a, const void *__b, size_t __n);
extern void *memchr(const void *__s, int __c, size_t __n);
extern void *memrchr(const void *__s, int __c, size_t __n);
extern void *rawmemchr(const void *__s, int __c);
extern void *memmem(const void *__s, size_t __n, const void *__part, size_t __m);
extern void *memfrob(void *__s, size_t __n);
extern size_t strlen(const char *__s);
extern size_t strnlen(const char *__s, size_t __n);
extern char *strcpy(char *__to, const char *__from);
extern char *stpcpy(char *__to, const char *__from);
extern char *strncpy(char *__to, const char *__from, size_t __n);
extern char *stpncpy(char *__to, const char *__from, size_t __n);
extern char *strcat(char *__to, const char *__from);
extern char *strncat(char *__to, const char *__from, size_t __n);
extern size_t strlcpy(char *__to, const char *__from, size_t __n);
extern size_t strlcat(char *__to, const char *__from, size_t __n);
extern int strcmp(const char *__a, const char *__b);
extern int strncmp(const char *__a, const char *__b, size_t __n);
extern int strcoll(const char *__a, const char *__b);
extern size_t strxfrm(char *__to, const char *__from, size_t __n);
extern int strverscmp(const char *__a, const char *__b);
extern char *strchr(const char *__s, int __c);
extern char *strrchr(const char *__s, int __c);
extern char *strchrnul(const char *__s, int __c);
extern size_t strspn(const char *__s, const char *__set);
extern size_t strcspn(const char *__s, const char *__set);
extern char *strpbrk(const char *__s, const char *__set);
extern char *strstr(const char *__s, const char *__part);
extern char *strcasestr(const char *__s, const char *__part);
extern char *strtok(char *__s, const char *__set);
extern char *strtok_r(char *__s, const char *__set, char **__save);
extern char *strsep(char **__s, const char *__set);
extern char *strdup(const char *__s);
extern char *strndup(const char *__s, size_t __n);
extern char *strerror(int __code);
extern char *strerror_r(int __code, char *__to, size_t __n);
extern char *strsignal(int __signal);
#ifndef basename
extern char *basename(const char *__path);
#endif
extern char *strfry(char *__s);
#define strdupa(s) \
    (__extension__({ \
        const char *__old = (s); \
        size_t __n = strlen(__old) + 1; \
        (char *)memcpy(__builtin_alloca(__n), __old, __n); \
    }))
#define strndupa(s, n) \
    (__extension__({ \
        const char *__old = (s); \
        size_t __n = strnlen(__old, (n)); \
        char *__new = (char *)__builtin_alloca(__n + 1); \
        __new[__n] = 0; \
        (char *)memcpy(__new, __old, __n); \
    }))

#endif
