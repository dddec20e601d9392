#ifndef _FH_SYS_UIO_H
#define _FH_SYS_UIO_H

#include <bits/types.h>
struct iovec { void *iov_base; size_t iov_len; };
extern ssize_t readv(int __fd, const struct iovec *__vector, int __n);
extern ssize_t writev(int __fd, const struct iovec *__vector, int __n);
#define RWF_HIPRI 1
#define RWF_DSYNC 2
#define RWF_SYNC 4
#define RWF_NOWAIT 8
#define RWF_APPEND 16
#define RWF_NOAPPEND 32
#define UIO_MAXIOV 0x400

#endif
