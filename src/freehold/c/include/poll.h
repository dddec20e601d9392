#ifndef _FH_POLL_H
#define _FH_POLL_H

#include <bits/types.h>

struct pollfd { int fd; short events, revents; };
typedef unsigned long nfds_t;
#define POLLIN 1
#define POLLPRI 2
#define POLLOUT 4
#define POLLERR 8
#define POLLHUP 16
#define POLLNVAL 32
extern int poll(struct pollfd *__fds, nfds_t __n, int __timeout);
extern int ppoll(struct pollfd *__fds, nfds_t __n, const struct timespec *__time, const sigset_t *__mask);

#endif
