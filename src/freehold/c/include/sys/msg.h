#ifndef _FH_SYS_MSG_H
#define _FH_SYS_MSG_H

#include <sys/ipc.h>
typedef unsigned long msgqnum_t;
typedef unsigned long msglen_t;
struct msqid_ds {
    struct ipc_perm msg_perm;
    time_t msg_stime;
    time_t msg_rtime;
    time_t msg_ctime;
    unsigned long __msg_cbytes;
    msgqnum_t msg_qnum;
    msglen_t msg_qbytes;
    pid_t msg_lspid;
    pid_t msg_lrpid;
    unsigned long __reserved[2];
};
#ifdef _GNU_SOURCE
struct msgbuf { long mtype; char mtext[1]; };
#endif
extern int msgget(key_t __key, int __flags);
extern int msgsnd(int __id, const void *__message, size_t __n, int __flags);
extern ssize_t msgrcv(int __id, void *__to, size_t __n, long __type, int __flags);
extern int msgctl(int __id, int __command, struct msqid_ds *__to);
#define MSG_NOERROR 0x1000
#define MSG_EXCEPT 0x2000
#define MSG_COPY 0x4000

#endif
