#ifndef _FH_SYS_UN_H
#define _FH_SYS_UN_H

#include <sys/socket.h>
struct sockaddr_un { sa_family_t sun_family; char sun_path[108]; };
#define SUN_LEN(a) ((size_t)2 + __builtin_strlen((a)->sun_path))

#endif
