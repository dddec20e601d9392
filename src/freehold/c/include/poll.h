#ifndef _FH_POLL_H
#define _FH_POLL_H

#include <bits/sigset.h>
#include <bits/timespec.h>

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
#define POLLRDNORM 64
#define POLLRDBAND 128
#define POLLWRNORM 256
#define POLLWRBAND 512
#define POLLMSG 0x400
#define POLLREMOVE 0x1000
#define POLLRDHUP 0x2000

#endif
