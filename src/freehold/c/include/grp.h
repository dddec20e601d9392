#ifndef _FH_GRP_H
#define _FH_GRP_H

#include <bits/types.h>
struct group { char *gr_name, *gr_passwd; gid_t gr_gid; char **gr_mem; };
extern struct group *getgrnam(const char *__name);
extern struct group *getgrgid(gid_t __group);
#define NSS_BUFLEN_GROUP 0x400

#endif
