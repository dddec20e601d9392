// What processes share and send each other has the size that was asked for.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

union semun { int val; struct semid_ds *buf; unsigned short *array; };
struct note { long type; char text[8]; };

static void memory(void) {
    int id = shmget(IPC_PRIVATE, 100, IPC_CREAT | 0600);
    char *p = shmat(id, NULL, 0);
    struct shmid_ds about;
    shmctl(id, IPC_STAT, &about);
    shmctl(id, IPC_RMID, NULL);
    p[99] = 7;
    printf("%zu %d %d\n", about.shm_segsz, p[0], p[99]);
    p[100] = 1; //~ ERROR FH0103
    shmdt(p);
    p[0] = 1; //~ ERROR FH0201
}

static void messages(void) {
    int id = msgget(IPC_PRIVATE, IPC_CREAT | 0600);
    struct note note = {1, "hello"}, got;
    msgsnd(id, &note, 6, 0);
    printf("%zd ", msgrcv(id, &got, sizeof got.text, 0, 0));
    printf("%s\n", got.text);
    struct note empty;
    empty.type = 2;
    msgsnd(id, &empty, 4, 0); //~ ERROR FH0401
    msgctl(id, IPC_RMID, NULL);
}

static void semaphores(void) {
    int id = semget(IPC_PRIVATE, 2, IPC_CREAT | 0600);
    unsigned short values[2] = {3, 4}, *few = malloc(sizeof *few);
    semctl(id, 0, SETALL, (union semun){.array = values});
    semctl(id, 1, SETVAL, (union semun){.val = 9});
    struct sembuf down = {0, -1, 0};
    semop(id, &down, 1);
    semctl(id, 0, GETALL, values);
    printf("%d %d %d\n", values[0], values[1], semctl(id, 0, GETVAL));
    semctl(id, 0, GETALL, few); //~ ERROR FH0101
    free(few);
    semctl(id, 0, IPC_RMID);
}

static void pieces(void) {
    int ends[2];
    char a[4] = "abc", b[4], in[8];
    struct iovec out[2] = {{a, 4}, {b, 4}}, into[2] = {{in, 3}, {in + 3, 5}};
    struct msghdr message = {.msg_iov = out, .msg_iovlen = 1}, got;
    got.msg_name = NULL;
    got.msg_namelen = 0;
    got.msg_iov = into;
    got.msg_iovlen = 2;
    got.msg_control = NULL;
    got.msg_controllen = 0;
    socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    sendmsg(ends[0], &message, 0);
    printf("%zd %s %d\n", recvmsg(ends[1], &got, 0), in, got.msg_flags);
    message.msg_iovlen = 2;
    sendmsg(ends[0], &message, 0); //~ ERROR FH0401
    close(ends[0]);
    close(ends[1]);
}

int main(void) {
    memory();
    messages();
    semaphores();
    pieces();
    return 0;
}
