#ifndef _FH_STDLIB_H
#define _FH_STDLIB_H

typedef int wchar_t;
#include <sys/types.h>
#include <bits/waitflags.h>
typedef struct __locale_struct *locale_t;
#undef NULL
#define NULL ((void *)0)

typedef struct { int quot; int rem; } div_t;
typedef struct { long quot; long rem; } ldiv_t;
typedef struct { long long quot; long long rem; } lldiv_t;
#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 2147483647
#define MB_CUR_MAX (__ctype_get_mb_cur_max())
extern size_t __ctype_get_mb_cur_max(void);
#include <alloca.h>
extern void *malloc(size_t __n);
extern void *calloc(size_t __n, size_t __size);
extern void *realloc(void *__p, size_t __n);
extern void *reallocarray(void *__p, size_t __n, size_t __size);
extern void *aligned_alloc(size_t __align, size_t __n);
extern int posix_memalign(void **__to, size_t __align, size_t __n);
extern void *valloc(size_t __n);
extern void free(void *__p);
extern void qsort(void *__base, size_t __n, size_t __size, int (*__compare)(const void *, const void *));
extern void qsort_r(void *__base, size_t __n, size_t __size, int (*__compare)(const void *, const void *, void *), void *__context);
extern void *bsearch(const void *__key, const void *__base, size_t __n, size_t __size, int (*__compare)(const void *, const void *));
extern int atexit(void (*__handler)(void));
extern int on_exit(void (*__handler)(int, void *), void *__argument);
extern int at_quick_exit(void (*__handler)(void));
extern void exit(int __status) __attribute__((__noreturn__));
extern void _Exit(int __status) __attribute__((__noreturn__));
extern void quick_exit(int __status) __attribute__((__noreturn__));
extern void abort(void) __attribute__((__noreturn__));
extern int system(const char *__command);
extern char *getenv(const char *__name);
extern char *secure_getenv(const char *__name);
extern int setenv(const char *__name, const char *__value, int __replace);
extern int unsetenv(const char *__name);
extern int putenv(char *__entry);
extern int clearenv(void);
extern int atoi(const char *__s);
extern long atol(const char *__s);
extern long long atoll(const char *__s);
extern double atof(const char *__s);
extern long strtol(const char *__s, char **__end, int __base);
extern unsigned long strtoul(const char *__s, char **__end, int __base);
extern long long strtoll(const char *__s, char **__end, int __base);
extern unsigned long long strtoull(const char *__s, char **__end, int __base);
extern long long strtoq(const char *__s, char **__end, int __base);
extern unsigned long long strtouq(const char *__s, char **__end, int __base);
extern float strtof(const char *__s, char **__end);
extern double strtod(const char *__s, char **__end);
extern long double strtold(const char *__s, char **__end);
extern int rand(void);
extern void srand(unsigned int __seed);
extern int rand_r(unsigned int *__seed);
extern long random(void);
extern void srandom(unsigned int __seed);
extern char *initstate(unsigned int __seed, char *__state, size_t __n);
extern char *setstate(char *__state);
extern double drand48(void);
extern double erand48(unsigned short __state[3]);
extern long lrand48(void);
extern long nrand48(unsigned short __state[3]);
extern long mrand48(void);
extern long jrand48(unsigned short __state[3]);
extern void srand48(long __seed);
extern unsigned short *seed48(unsigned short __seed[3]);
extern void lcong48(unsigned short __parameters[7]);
extern unsigned int arc4random(void);
extern unsigned int arc4random_uniform(unsigned int __bound);
extern void arc4random_buf(void *__to, size_t __n);
extern int abs(int __n);
extern long labs(long __n);
extern long long llabs(long long __n);
extern div_t div(int __n, int __d);
extern ldiv_t ldiv(long __n, long __d);
extern lldiv_t lldiv(long long __n, long long __d);
extern int mblen(const char *__s, size_t __n);
extern int mbtowc(wchar_t *__to, const char *__s, size_t __n);
extern int wctomb(char *__to, wchar_t __c);
extern size_t mbstowcs(wchar_t *__to, const char *__s, size_t __n);
extern size_t wcstombs(char *__to, const wchar_t *__s, size_t __n);
extern int mkstemp(char *__path);
extern int mkostemp(char *__path, int __flags);
extern int mkstemps(char *__path, int __tail);
extern char *mkdtemp(char *__path);
extern char *mktemp(char *__path);
extern char *realpath(const char *__path, char *__to);
extern int getsubopt(char **__option, char *const *__tokens, char **__value);
extern int rpmatch(const char *__answer);
extern char *ecvt(double __x, int __digits, int *__point, int *__sign);
extern char *fcvt(double __x, int __digits, int *__point, int *__sign);
extern char *gcvt(double __x, int __digits, char *__to);
extern char *l64a(long __n);
extern long a64l(const char *__s);
extern int getloadavg(double *__to, int __n);
extern int posix_openpt(int __flags);
extern int grantpt(int __fd);
extern int unlockpt(int __fd);
extern char *ptsname(int __fd);

#endif
