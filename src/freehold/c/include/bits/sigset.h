#ifndef _FH_BITS_SIGSET_H
#define _FH_BITS_SIGSET_H

typedef struct { unsigned long __bits[16]; } sigset_t;

#endif
