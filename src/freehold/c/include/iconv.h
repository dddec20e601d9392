#ifndef _FH_ICONV_H
#define _FH_ICONV_H

typedef unsigned long size_t;
typedef void *iconv_t;
extern iconv_t iconv_open(const char *__to, const char *__from);
extern size_t iconv(iconv_t __converter, char **__from, size_t *__n, char **__to, size_t *__m);
extern int iconv_close(iconv_t __converter);

#endif
