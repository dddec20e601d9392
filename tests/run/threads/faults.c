// What one thread frees, another one may still use; what a thread loses is lost.
// revisions: freed stack unlock twice lost deadlock overflow
// options[freed]: -DFREED
// options[stack]: -DSTACK
// options[unlock]: -DUNLOCK
// options[twice]: -DTWICE
// options[lost]: -DLOST
// options[deadlock]: -DDEADLOCK
// options[overflow]: -DOVERFLOW
// exit: 1
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static int *shared;

#if defined OVERFLOW
static int deep(int n) //~[overflow] ERROR FH0701
{
    volatile char room[1000];
    room[n % 1000] = (char)n;
    return deep(n + 1) + room[0];
}
#endif

static void *work(void *argument)
{
#if defined FREED
    free(argument);
#elif defined STACK
    int local = 1;
    shared = &local;
#elif defined UNLOCK
    pthread_mutex_unlock(&a); //~[unlock] ERROR FH0605
#elif defined LOST
    int *lost = malloc(12); //~[lost] ERROR FH0801
    if (lost != NULL)
        *lost = 1;
#elif defined DEADLOCK
    pthread_mutex_lock(&b);
    pthread_mutex_lock(&a);
#elif defined OVERFLOW
    printf("%d\n", deep(0));
#endif
    return argument;
}

int main(void)
{
    pthread_t thread;
    shared = malloc(sizeof *shared);
    if (shared == NULL)
        return 2;
    *shared = 1;
    int *own = shared;
#if defined UNLOCK
    pthread_mutex_lock(&a);
#endif
    pthread_create(&thread, NULL, work, shared);
#if defined DEADLOCK
    pthread_mutex_lock(&a);
    pthread_yield();
    pthread_mutex_lock(&b); //~[deadlock] ERROR FH0704
#endif
    pthread_join(thread, NULL);
#if defined FREED
    printf("%d\n", *shared); //~[freed] ERROR FH0201
#elif defined STACK
    printf("%d\n", *shared); //~[stack] ERROR FH0203
#elif defined TWICE
    pthread_join(thread, NULL); //~[twice] ERROR FH0605
#endif
#if !defined FREED
    free(own);
#endif
    return 0;
}
