#ifndef _FH_SYS_SIGNAL_H
#define _FH_SYS_SIGNAL_H

#include <signal.h>

#endif
