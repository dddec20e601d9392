#ifndef _FH_SYS_FCNTL_H
#define _FH_SYS_FCNTL_H

#include <fcntl.h>

#endif
