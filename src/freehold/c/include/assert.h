#undef assert
#undef assert_perror
#ifndef _FH_ASSERT_H
#define _FH_ASSERT_H
extern void __assert_fail(const char *__expression, const char *__file, unsigned int __line, const char *__function) __attribute__((__noreturn__));
extern void __assert_perror_fail(int __code, const char *__file, unsigned int __line, const char *__function) __attribute__((__noreturn__));
extern void __assert(const char *__expression, const char *__file, int __line) __attribute__((__noreturn__));
#endif
#ifdef NDEBUG
#define assert(expression) ((void)0)
#define assert_perror(code) ((void)0)
#else
#define assert(expression) \
    ((expression) ? (void)0 : __assert_fail(#expression, __FILE__, __LINE__, __func__))
#define assert_perror(code) \
    (!(code) ? (void)0 : __assert_perror_fail((code), __FILE__, __LINE__, __func__))
#endif
#if __STDC_VERSION__ < 202000L && !defined static_assert
#define static_assert _Static_assert
#endif
