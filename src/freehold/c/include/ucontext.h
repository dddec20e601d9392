#ifndef _FH_UCONTEXT_H
#define _FH_UCONTEXT_H

#include <signal.h>

#endif
