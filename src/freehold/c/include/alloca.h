#ifndef _FH_ALLOCA_H
#define _FH_ALLOCA_H

#include <stddef.h>
extern void *alloca(size_t __n);

#endif
