#ifndef _FH_WCHAR_H
#define _FH_WCHAR_H

#include <bits/mbstate.h>
typedef __mbstate_t mbstate_t;
typedef unsigned long size_t;
typedef int wchar_t;
typedef unsigned int wint_t;
typedef struct _IO_FILE FILE;
typedef struct _IO_FILE __FILE;
typedef struct __locale_struct *locale_t;
#undef NULL
#define NULL ((void *)0)
typedef __builtin_va_list va_list;
#define WEOF 0xffffffffu
#define WCHAR_MIN (-2147483647 - 1)
#define WCHAR_MAX 2147483647
typedef unsigned long wctype_t;
struct tm;
extern int wprintf(const wchar_t *__format, ...);
extern int vwprintf(const wchar_t *__format, va_list __ap);
extern int fwprintf(FILE *__fp, const wchar_t *__format, ...);
extern int vfwprintf(FILE *__fp, const wchar_t *__format, va_list __ap);
extern int swprintf(wchar_t *__to, size_t __n, const wchar_t *__format, ...);
extern int vswprintf(wchar_t *__to, size_t __n, const wchar_t *__format, va_list __ap);
extern int wscanf(const wchar_t *__format, ...);
extern int vwscanf(const wchar_t *__format, va_list __ap);
extern int fwscanf(FILE *__fp, const wchar_t *__format, ...);
extern int vfwscanf(FILE *__fp, const wchar_t *__format, va_list __ap);
extern int swscanf(const wchar_t *__s, const wchar_t *__format, ...);
extern int vswscanf(const wchar_t *__s, const wchar_t *__format, va_list __ap);
extern wint_t fgetwc(FILE *__fp);
extern wint_t getwc(FILE *__fp);
extern wint_t fgetwc_unlocked(FILE *__fp);
extern wint_t getwc_unlocked(FILE *__fp);
extern wint_t fputwc(wchar_t __c, FILE *__fp);
extern wint_t putwc(wchar_t __c, FILE *__fp);
extern wint_t fputwc_unlocked(wchar_t __c, FILE *__fp);
extern wint_t putwc_unlocked(wchar_t __c, FILE *__fp);
extern wint_t ungetwc(wint_t __c, FILE *__fp);
extern wint_t getwchar(void);
extern wint_t putwchar(wchar_t __c);
extern wchar_t *fgetws(wchar_t *__to, int __n, FILE *__fp);
extern int fputws(const wchar_t *__s, FILE *__fp);
extern int fwide(FILE *__fp, int __mode);
extern FILE *open_wmemstream(wchar_t **__to, size_t *__n);
extern wchar_t *wmemcpy(wchar_t *__to, const wchar_t *__from, size_t __n);
extern wchar_t *wmempcpy(wchar_t *__to, const wchar_t *__from, size_t __n);
extern wchar_t *wmemmove(wchar_t *__to, const wchar_t *__from, size_t __n);
extern wchar_t *wmemset(wchar_t *__to, wchar_t __c, size_t __n);
extern int wmemcmp(const wchar_t *__a, const wchar_t *__b, size_t __n);
extern wchar_t *wmemchr(const wchar_t *__s, wchar_t __c, size_t __n);
extern size_t wcslen(const wchar_t *__s);
extern size_t wcsnlen(const wchar_t *__s, size_t __n);
extern wchar_t *wcscpy(wchar_t *__to, const wchar_t *__from);
extern wchar_t *wcpcpy(wchar_t *__to, const wchar_t *__from);
extern wchar_t *wcsncpy(wchar_t *__to, const wchar_t *__from, size_t __n);
extern wchar_t *wcpncpy(wchar_t *__to, const wchar_t *__from, size_t __n);
extern wchar_t *wcscat(wchar_t *__to, const wchar_t *__from);
extern wchar_t *wcsncat(wchar_t *__to, const wchar_t *__from, size_t __n);
extern int wcscmp(const wchar_t *__a, const wchar_t *__b);
extern int wcsncmp(const wchar_t *__a, const wchar_t *__b, size_t __n);
extern int wcscasecmp(const wchar_t *__a, const wchar_t *__b);
extern int wcsncasecmp(const wchar_t *__a, const wchar_t *__b, size_t __n);
extern int wcscoll(const wchar_t *__a, const wchar_t *__b);
extern size_t wcsxfrm(wchar_t *__to, const wchar_t *__from, size_t __n);
extern wchar_t *wcschr(const wchar_t *__s, wchar_t __c);
extern wchar_t *wcsrchr(const wchar_t *__s, wchar_t __c);
extern wchar_t *wcschrnul(const wchar_t *__s, wchar_t __c);
extern size_t wcsspn(const wchar_t *__s, const wchar_t *__set);
extern size_t wcscspn(const wchar_t *__s, const wchar_t *__set);
extern wchar_t *wcspbrk(const wchar_t *__s, const wchar_t *__set);
extern wchar_t *wcsstr(const wchar_t *__s, const wchar_t *__part);
extern wchar_t *wcswcs(const wchar_t *__s, const wchar_t *__part);
extern wchar_t *wcstok(wchar_t *__s, const wchar_t *__set, wchar_t **__save);
extern wchar_t *wcsdup(const wchar_t *__s);
extern long wcstol(const wchar_t *__s, wchar_t **__end, int __base);
extern unsigned long wcstoul(const wchar_t *__s, wchar_t **__end, int __base);
extern long long wcstoll(const wchar_t *__s, wchar_t **__end, int __base);
extern unsigned long long wcstoull(const wchar_t *__s, wchar_t **__end, int __base);
extern float wcstof(const wchar_t *__s, wchar_t **__end);
extern double wcstod(const wchar_t *__s, wchar_t **__end);
extern long double wcstold(const wchar_t *__s, wchar_t **__end);
extern size_t mbrtowc(wchar_t *__to, const char *__s, size_t __n, mbstate_t *__state);
extern size_t mbrlen(const char *__s, size_t __n, mbstate_t *__state);
extern size_t wcrtomb(char *__to, wchar_t __c, mbstate_t *__state);
extern size_t mbsrtowcs(wchar_t *__to, const char **__from, size_t __n, mbstate_t *__state);
extern size_t mbsnrtowcs(wchar_t *__to, const char **__from, size_t __m, size_t __n, mbstate_t *__state);
extern size_t wcsrtombs(char *__to, const wchar_t **__from, size_t __n, mbstate_t *__state);
extern size_t wcsnrtombs(char *__to, const wchar_t **__from, size_t __m, size_t __n, mbstate_t *__state);
extern int mbsinit(const mbstate_t *__state);
extern wint_t btowc(int __c);
extern int wctob(wint_t __c);
extern int wcwidth(wchar_t __c);
extern int wcswidth(const wchar_t *__s, size_t __n);
extern size_t wcsftime(wchar_t *__to, size_t __n, const wchar_t *__format, const struct tm *__time);

#endif
