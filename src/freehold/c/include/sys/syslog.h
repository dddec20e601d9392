#ifndef _FH_SYS_SYSLOG_H
#define _FH_SYS_SYSLOG_H

#include <syslog.h>

#endif
