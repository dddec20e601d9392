/* sys/shm.h, sys/msg.h, sys/sem.h: what processes share and send each other (System V). */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "libc_format.h"

/* --------------------------------------------------------------------------------- shared memory */

struct fh_ptr fhw_shmat(int id, const void *hint, u64 hint_h, int flags)
{
    struct shmid_ds segment;
    void *p;
    (void)hint_h;
    p = shmat(id, hint, flags);
    if (p == (void *)-1 || shmctl(id, IPC_STAT, &segment))
        return fl_ptr(p, FH_FOREIGN_HANDLE);
    fl_wrote(p, segment.shm_segsz);
    return fl_ptr(p, fh_register(p, segment.shm_segsz, FH_MMAP));
}

int fhw_shmdt(const void *p, u64 h)
{
    int result;
    if (!fh_room(p, h) && fl_readable(p, h, 1) < 1)
        return errno = EINVAL, -1;
    result = shmdt(p);
    if (!result && FH_DESC(h)->kind == FH_MMAP)
        fh_unregister(h);
    return result;
}

/* The commands that read or write what the pointer points to; others take no notice of it. */
static int reads(int command)
{
    return command == IPC_SET;
}

static int writes(int command)
{
    return command == IPC_STAT;
}

int fhw_shmctl(int id, int command, struct shmid_ds *to, u64 h)
{
    int result;
    if ((reads(command) && !fl_in(to, h, sizeof to->shm_perm)) ||
        (writes(command) && !fl_out(to, h, sizeof *to)))
        return fl_refuse(), -1;
    result = shmctl(id, command, to);
    if (writes(command) && result >= 0)
        fl_wrote(to, sizeof *to);
    return result;
}

/* --------------------------------------------------------------------------------- messages */

int fhw_msgctl(int id, int command, struct msqid_ds *to, u64 h)
{
    int result;
    if ((reads(command) && !fl_in(to, h, sizeof to->msg_perm)) ||
        (writes(command) && !fl_out(to, h, sizeof *to)))
        return fl_refuse(), -1;
    result = msgctl(id, command, to);
    if (writes(command) && result >= 0)
        fl_wrote(to, sizeof *to);
    return result;
}

/* A message begins with its type, which `n` does not count. */
int fhw_msgsnd(int id, const void *message, u64 h, u64 n, int flags)
{
    if (!fl_size(FL_NAME, n) || !fl_in(message, h, sizeof(long) + n))
        return fl_refuse(), -1;
    return msgsnd(id, message, n, flags);
}

i64 fhw_msgrcv(int id, void *to, u64 h, u64 n, i64 type, int flags)
{
    i64 result;
    if (!fl_size(FL_NAME, n) || !fl_out(to, h, sizeof(long) + n))
        return fl_refuse(), -1;
    result = msgrcv(id, to, n, type, flags);
    if (result >= 0)
        fl_wrote(to, sizeof(long) + (u64)result);
    return result;
}

/* --------------------------------------------------------------------------------- semaphores */

/* The fourth argument of semctl: a union with a pointer in it, or that pointer, or a number. */
static struct fh_ptr fourth(const struct fh_varargs *rest)
{
    const struct fh_vararg *argument = rest->items;
    void **copy;
    if (!rest->count)
        return fl_ptr(0, 0);
    switch (FH_VT_CLASS(argument->type)) {
    case FH_VT_AGGREGATE:
        copy = *(void **)argument->value;
        return fl_ptr(*copy, fh_load_handle(copy, *copy));
    case FH_VT_POINTER:
        return fl_pointer(argument);
    default:
        return fl_ptr((void *)fl_integer(argument), FH_FOREIGN_HANDLE);
    }
}

int fhw_semctl(int id, int number, int command, struct fh_varargs *rest)
{
    struct fh_ptr given = fourth(rest);
    struct semid_ds set;
    u64 n = 0;
    int result;
    if (command == IPC_STAT || command == IPC_SET) {
        n = sizeof set;
    } else if (command == GETALL || command == SETALL) {
        if (semctl(id, 0, IPC_STAT, &set))
            return -1;
        n = set.sem_nsems * sizeof(unsigned short);
    }
    if (n && (command == SETALL || reads(command)) && !fl_in(given.p, given.h, n))
        return fl_refuse(), -1;
    if (n && (command == GETALL || writes(command)) && !fl_out(given.p, given.h, n))
        return fl_refuse(), -1;
    result = semctl(id, number, command, given.p);
    if (result >= 0 && (command == GETALL || writes(command)))
        fl_wrote(given.p, n);
    return result;
}
