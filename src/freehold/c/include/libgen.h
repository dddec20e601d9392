#ifndef _FH_LIBGEN_H
#define _FH_LIBGEN_H

extern char *__xpg_basename(char *__path);
extern char *dirname(char *__path);

/* POSIX's, which may change the path; string.h has the GNU one. */
#define basename __xpg_basename

#endif
