#ifndef _FH_SYS_PARAM_H
#define _FH_SYS_PARAM_H

#include <limits.h>
#include <sys/types.h>
#define MAXPATHLEN 4096
#define MIN(a, b) (((a) < (b)) ? (a) : (b))
#define MAX(a, b) (((a) > (b)) ? (a) : (b))
#define NBBY 8
#define MAXSYMLINKS 20
#define MAXHOSTNAMELEN 64
#define HZ 100
#define NOFILE 256
#define DEV_BSIZE 512
#define NGROUPS 0x10000
#define NCARGS 0x20000

#endif
