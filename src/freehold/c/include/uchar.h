#ifndef _FH_UCHAR_H
#define _FH_UCHAR_H

#include <bits/mbstate.h>
typedef __mbstate_t mbstate_t;
typedef unsigned long size_t;
typedef unsigned short char16_t;
typedef unsigned int char32_t;
extern size_t mbrtoc16(char16_t *__to, const char *__s, size_t __n, mbstate_t *__state);
extern size_t mbrtoc32(char32_t *__to, const char *__s, size_t __n, mbstate_t *__state);
extern size_t c16rtomb(char *__to, char16_t __c, mbstate_t *__state);
extern size_t c32rtomb(char *__to, char32_t __c, mbstate_t *__state);

#endif
