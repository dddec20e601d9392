#ifndef _FH_SYS_TIMEB_H
#define _FH_SYS_TIMEB_H

#include <bits/types.h>
struct timeb { time_t time; unsigned short millitm; short timezone, dstflag; };

#endif
