#ifndef _FH_SYS_SOCKET_H
#define _FH_SYS_SOCKET_H

#include <bits/types.h>

#include <sys/uio.h>
typedef unsigned short sa_family_t;
struct sockaddr { sa_family_t sa_family; char sa_data[14]; };
struct sockaddr_storage { sa_family_t ss_family; char __padding[118]; unsigned long __align; };
struct msghdr {
    void *msg_name;
    socklen_t msg_namelen;
    struct iovec *msg_iov;
    size_t msg_iovlen;
    void *msg_control;
    size_t msg_controllen;
    int msg_flags;
};
#define AF_UNSPEC 0
#define AF_UNIX 1
#define AF_LOCAL 1
#define AF_INET 2
#define AF_INET6 10
#define PF_UNSPEC 0
#define PF_UNIX 1
#define PF_INET 2
#define PF_INET6 10
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define SOCK_RAW 3
#define SOCK_SEQPACKET 5
#define SOCK_NONBLOCK 04000
#define SOCK_CLOEXEC 02000000
#define SOL_SOCKET 1
#define SO_DEBUG 1
#define SO_REUSEADDR 2
#define SO_TYPE 3
#define SO_ERROR 4
#define SO_BROADCAST 6
#define SO_SNDBUF 7
#define SO_RCVBUF 8
#define SO_KEEPALIVE 9
#define SO_LINGER 13
#define SO_REUSEPORT 15
#define SO_RCVTIMEO 20
#define SO_SNDTIMEO 21
#define SOMAXCONN 4096
#define SHUT_RD 0
#define SHUT_WR 1
#define SHUT_RDWR 2
#define MSG_OOB 1
#define MSG_PEEK 2
#define MSG_DONTWAIT 0x40
#define MSG_WAITALL 0x100
#define MSG_NOSIGNAL 0x4000
extern int socket(int __domain, int __type, int __protocol);
extern int socketpair(int __domain, int __type, int __protocol, int *__to);
extern int bind(int __fd, const struct sockaddr *__address, socklen_t __n);
extern int connect(int __fd, const struct sockaddr *__address, socklen_t __n);
extern int listen(int __fd, int __backlog);
extern int accept(int __fd, struct sockaddr *__address, socklen_t *__n);
extern int accept4(int __fd, struct sockaddr *__address, socklen_t *__n, int __flags);
extern int getsockname(int __fd, struct sockaddr *__address, socklen_t *__n);
extern int getpeername(int __fd, struct sockaddr *__address, socklen_t *__n);
extern ssize_t send(int __fd, const void *__from, size_t __n, int __flags);
extern ssize_t recv(int __fd, void *__to, size_t __n, int __flags);
extern ssize_t sendto(int __fd, const void *__from, size_t __n, int __flags, const struct sockaddr *__address, socklen_t __m);
extern ssize_t recvfrom(int __fd, void *__to, size_t __n, int __flags, struct sockaddr *__address, socklen_t *__m);
extern int getsockopt(int __fd, int __level, int __option, void *__to, socklen_t *__n);
extern int setsockopt(int __fd, int __level, int __option, const void *__from, socklen_t __n);
extern int shutdown(int __fd, int __how);

#endif
