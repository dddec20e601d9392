#ifndef _FH_BITS_TIMEVAL_H
#define _FH_BITS_TIMEVAL_H

struct timeval { long tv_sec; long tv_usec; };

#endif
