#ifndef _FH_SYS_SEM_H
#define _FH_SYS_SEM_H

#include <sys/ipc.h>
#include <bits/timespec.h>
struct sembuf { unsigned short sem_num; short sem_op; short sem_flg; };
struct semid_ds {
    struct ipc_perm sem_perm;
    time_t sem_otime;
    unsigned long __reserved1;
    time_t sem_ctime;
    unsigned long __reserved2;
    unsigned long sem_nsems;
    unsigned long __reserved3[2];
};
extern int semget(key_t __key, int __n, int __flags);
extern int semop(int __id, struct sembuf *__operations, size_t __n);
extern int semtimedop(int __id, struct sembuf *__operations, size_t __n, const struct timespec *__limit);
extern int semctl(int __id, int __number, int __command, ...);
#define _SEM_SEMUN_UNDEFINED 1
#define SEM_UNDO 0x1000
#define GETPID 11
#define GETVAL 12
#define GETALL 13
#define GETNCNT 14
#define GETZCNT 15
#define SETVAL 16
#define SETALL 17

#endif
