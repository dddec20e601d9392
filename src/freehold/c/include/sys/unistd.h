#ifndef _FH_SYS_UNISTD_H
#define _FH_SYS_UNISTD_H

#include <unistd.h>

#endif
