#ifndef _FH_EXECINFO_H
#define _FH_EXECINFO_H

extern int backtrace(void **__to, int __n);
extern char **backtrace_symbols(void *const *__from, int __n);
extern void backtrace_symbols_fd(void *const *__from, int __n, int __fd);

#endif
