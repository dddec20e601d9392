#ifndef _FH_ERROR_H
#define _FH_ERROR_H

extern void error(int __status, int __code, const char *__format, ...);

#endif
