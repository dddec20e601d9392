#ifndef _FH_BITS_TIMESPEC_H
#define _FH_BITS_TIMESPEC_H

struct timespec { long tv_sec; long tv_nsec; };

#endif
