#ifndef _FH_SYS_POLL_H
#define _FH_SYS_POLL_H

#include <poll.h>

#endif
