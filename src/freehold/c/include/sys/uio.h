#ifndef _FH_SYS_UIO_H
#define _FH_SYS_UIO_H

#include <bits/types.h>
struct iovec { void *iov_base; size_t iov_len; };
extern ssize_t readv(int __fd, const struct iovec *__vector, int __n);
extern ssize_t writev(int __fd, const struct iovec *__vector, int __n);

#endif
