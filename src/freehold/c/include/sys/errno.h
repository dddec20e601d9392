#ifndef _FH_SYS_ERRNO_H
#define _FH_SYS_ERRNO_H

#include <errno.h>

#endif
