#ifndef _FH_SYS_SHM_H
#define _FH_SYS_SHM_H

#include <sys/ipc.h>
typedef unsigned long shmatt_t;
struct shmid_ds {
    struct ipc_perm shm_perm;
    size_t shm_segsz;
    time_t shm_atime;
    time_t shm_dtime;
    time_t shm_ctime;
    pid_t shm_cpid;
    pid_t shm_lpid;
    shmatt_t shm_nattch;
    unsigned long __reserved[2];
};
extern int shmget(key_t __key, size_t __n, int __flags);
extern void *shmat(int __id, const void *__hint, int __flags);
extern int shmdt(const void *__p);
extern int shmctl(int __id, int __command, struct shmid_ds *__to);
#define SHM_R 0x100
#define SHM_W 0x80
#define SHM_RDONLY 0x1000
#define SHM_RND 0x2000
#define SHM_REMAP 0x4000
#define SHM_EXEC 0x8000
#define SHM_LOCK 11
#define SHM_UNLOCK 12
#define SHM_DEST 0x200
#define SHM_LOCKED 0x400
#define SHM_HUGETLB 0x800
#define SHM_NORESERVE 0x1000
#define SHMLBA 4096

#endif
