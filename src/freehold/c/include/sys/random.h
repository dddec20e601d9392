#ifndef _FH_SYS_RANDOM_H
#define _FH_SYS_RANDOM_H

#include <bits/types.h>
#define GRND_NONBLOCK 1
#define GRND_RANDOM 2
extern ssize_t getrandom(void *__to, size_t __n, unsigned int __flags);
#define GRND_INSECURE 4

#endif
