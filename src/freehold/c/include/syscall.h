#ifndef _FH_SYSCALL_H
#define _FH_SYSCALL_H

#include <sys/syscall.h>

#endif
