#ifndef _FH_ERR_H
#define _FH_ERR_H

typedef __builtin_va_list va_list;
extern void err(int __status, const char *__format, ...) __attribute__((__noreturn__));
extern void verr(int __status, const char *__format, va_list __ap) __attribute__((__noreturn__));
extern void errx(int __status, const char *__format, ...) __attribute__((__noreturn__));
extern void verrx(int __status, const char *__format, va_list __ap) __attribute__((__noreturn__));
extern void warn(const char *__format, ...);
extern void vwarn(const char *__format, va_list __ap);
extern void warnx(const char *__format, ...);
extern void vwarnx(const char *__format, va_list __ap);

#endif
