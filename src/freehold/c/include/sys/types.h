#ifndef _FH_SYS_TYPES_H
#define _FH_SYS_TYPES_H

#include <bits/types.h>
#include <endian.h>
#include <sys/select.h>

#endif
