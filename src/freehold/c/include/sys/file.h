#ifndef _FH_SYS_FILE_H
#define _FH_SYS_FILE_H

#include <fcntl.h>
#define LOCK_SH 1
#define LOCK_EX 2
#define LOCK_NB 4
#define LOCK_UN 8
extern int flock(int __fd, int __operation);
#define L_SET 0
#define L_INCR 1
#define L_XTND 2

#endif
