#ifndef _FH_WAIT_H
#define _FH_WAIT_H

#include <sys/wait.h>

#endif
