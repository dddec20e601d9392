#ifndef _FH_SYS_UCONTEXT_H
#define _FH_SYS_UCONTEXT_H

#include <signal.h>

#endif
