// Producers and consumers: mutex, conditions, results, thread-local and specific values.
// exit: 0
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define ROOM 3
#define ITEMS 20

static struct {
    pthread_mutex_t lock;
    pthread_cond_t filled, emptied;
    int *items[ROOM], used, closed;
} queue = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, PTHREAD_COND_INITIALIZER};

static _Thread_local int mine = 100;
static _Thread_local char *note;
static pthread_key_t key;
static atomic_int ready, released;
static sem_t permits;
static pthread_barrier_t gate;

static void put(int value)
{
    int *item = malloc(sizeof *item);
    if (item == NULL)
        abort();
    *item = value;
    pthread_mutex_lock(&queue.lock);
    while (queue.used == ROOM)
        pthread_cond_wait(&queue.emptied, &queue.lock);
    queue.items[queue.used++] = item;
    pthread_cond_signal(&queue.filled);
    pthread_mutex_unlock(&queue.lock);
}

static int *take(void)
{
    int *item = NULL;
    pthread_mutex_lock(&queue.lock);
    while (queue.used == 0 && !queue.closed)
        pthread_cond_wait(&queue.filled, &queue.lock);
    if (queue.used > 0)
        item = queue.items[--queue.used];
    pthread_cond_signal(&queue.emptied);
    pthread_mutex_unlock(&queue.lock);
    return item;
}

static void *produce(void *base)
{
    int from = *(int *)base;
    for (int i = 0; i < ITEMS; i++)
        put(from + i);
    mine += from;
    return NULL;
}

static void release(void *text)
{
    released++;
    free(text);
}

static void *consume(void *unused)
{
    (void)unused;
    long *sum = calloc(1, sizeof *sum);
    char *kept = malloc(8);
    if (sum == NULL || kept == NULL)
        abort();
    pthread_setspecific(key, kept);
    note = kept;
    int *item;
    while ((item = take()) != NULL) {
        *sum += *item;
        free(item);
    }
    mine++;
    note[0] = 'x';
    if (mine != 101 || pthread_getspecific(key) != kept)
        pthread_exit(NULL);
    return sum;
}

static void *spin(void *unused)
{
    while (!atomic_load(&ready))
        ;
    sem_wait(&permits);
    pthread_barrier_wait(&gate);
    return unused;
}

int main(void)
{
    pthread_t producers[2], consumers[2], spinner;
    int bases[2] = {0, 1000};
    void *result;
    long total = 0;
    pthread_key_create(&key, release);
    sem_init(&permits, 0, 0);
    pthread_barrier_init(&gate, NULL, 2);
    for (int i = 0; i < 2; i++)
        pthread_create(&consumers[i], NULL, consume, NULL);
    for (int i = 0; i < 2; i++)
        pthread_create(&producers[i], NULL, produce, &bases[i]);
    pthread_create(&spinner, NULL, spin, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(producers[i], NULL);
    pthread_mutex_lock(&queue.lock);
    queue.closed = 1;
    pthread_cond_broadcast(&queue.filled);
    pthread_mutex_unlock(&queue.lock);
    for (int i = 0; i < 2; i++) {
        pthread_join(consumers[i], &result);
        if (result != NULL)
            total += *(long *)result;
        free(result);
    }
    atomic_store(&ready, 1);
    usleep(1000);
    sem_post(&permits);
    pthread_barrier_wait(&gate);
    pthread_join(spinner, NULL);
    pthread_mutex_lock(&queue.lock);
    struct timespec soon;
    clock_gettime(CLOCK_REALTIME, &soon);
    soon.tv_nsec = (soon.tv_nsec + 1000000) % 1000000000;
    int late = pthread_cond_timedwait(&queue.filled, &queue.lock, &soon) != 0;
    pthread_mutex_unlock(&queue.lock);
    printf("%ld %d %d %d\n", total, mine, (int)released, late);
    return 0;
}
