// C11's threads: results, a lock, a condition, values of threads, once.
// exit: 0
#include <stdio.h>
#include <stdlib.h>
#include <threads.h>

static mtx_t lock;
static cnd_t turned;
static tss_t key;
static once_flag once = ONCE_FLAG_INIT;
static int turn, begun;

static void begin(void) { begun++; }

static int play(void *number)
{
    int own = *(int *)number;
    int *kept = malloc(sizeof *kept);
    if (kept == NULL)
        return -1;
    call_once(&once, begin);
    tss_set(key, kept);
    for (int round = 0; round < 3; round++) {
        mtx_lock(&lock);
        while (turn % 2 != own)
            cnd_wait(&turned, &lock);
        printf("%d", own);
        turn++;
        cnd_broadcast(&turned);
        mtx_unlock(&lock);
        thrd_yield();
    }
    if (own)
        thrd_exit(40 + own);
    return 40;
}

int main(void)
{
    thrd_t players[2];
    int numbers[2] = {0, 1}, results[2];
    if (mtx_init(&lock, mtx_plain) != thrd_success || cnd_init(&turned) != thrd_success)
        return 2;
    tss_create(&key, free);
    for (int i = 1; i >= 0; i--)
        if (thrd_create(&players[i], play, &numbers[i]) != thrd_success)
            return 2;
    for (int i = 0; i < 2; i++)
        thrd_join(players[i], &results[i]);
    printf(" %d %d %d\n", results[0], results[1], begun);
    cnd_destroy(&turned);
    mtx_destroy(&lock);
    return 0;
}
