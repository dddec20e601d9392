#ifndef _FH_PWD_H
#define _FH_PWD_H

#include <bits/types.h>
struct passwd { char *pw_name, *pw_passwd; uid_t pw_uid; gid_t pw_gid; char *pw_gecos, *pw_dir, *pw_shell; };
extern struct passwd *getpwnam(const char *__name);
extern struct passwd *getpwuid(uid_t __user);
extern struct passwd *getpwent(void);
extern void setpwent(void);
extern void endpwent(void);
#define NSS_BUFLEN_PASSWD 0x400

#endif
