#ifndef _FH_UTIME_H
#define _FH_UTIME_H

#include <bits/types.h>
struct utimbuf { time_t actime, modtime; };
extern int utime(const char *__path, const struct utimbuf *__times);

#endif
