#ifndef _FH_STDDEF_H
#define _FH_STDDEF_H

typedef unsigned long size_t;
typedef long ptrdiff_t;
typedef int wchar_t;
typedef struct {
    long long __long_long __attribute__((__aligned__(8)));
    long double __long_double __attribute__((__aligned__(16)));
} max_align_t;
#undef NULL
#define NULL ((void *)0)
#define offsetof(type, member) __builtin_offsetof(type, member)

#endif
