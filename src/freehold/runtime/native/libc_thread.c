/* pthread.h, semaphore.h, threads.h, and what sleeps. Mutexes and the like are ours: no thread of
 * the program is one of the system's. */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <string.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include "libc_support.h"

#define SECOND 1000000000ul
#define ALL 0xffffffffu

/* ------------------------------------------------------------------------------------- threads */

enum stage { UNUSED, JOINABLE, DETACHED, JOINED };

struct start {
    void *function;
    struct fh_ptr (*entry)(void *, u64); /* null: native code */
    u32 stage;
    u32 plain; /* of threads.h: its result is an int */
};
static struct start starts[FH_THREADS];

static void *retained[FH_THREADS]; /* what joins wait for: &retained[n] */

static struct key {
    void (*release)(void *);
    u64 release_h;
    int used;
} keys[FH_THREAD_KEYS];

static void release_value(const struct key *key, struct fh_ptr value)
{
    void (*entry)(void *, u64) = fh_callback((void *)key->release, key->release_h, FL_SIG_V_P);
    if (entry)
        entry(value.p, value.h);
    else
        key->release(value.p);
}

/* Releases a thread's values: again while that gives them new ones, four times at most. */
static void release_values(void)
{
    struct fh_ptr *values = fh_thread_own[fh_thread_now].values;
    for (u32 round = 0; round < 4; round++) {
        u32 released = 0;
        for (u32 i = 0; i < FH_THREAD_KEYS; i++) {
            struct fh_ptr value = values[i];
            if (!keys[i].used || !keys[i].release || !value.p)
                continue;
            values[i] = fl_ptr(0, 0);
            release_value(&keys[i], value);
            released++;
        }
        if (!released)
            break;
    }
}

static FH_NORETURN void end_thread(struct fh_ptr result)
{
    u32 n = fh_thread_now;
    fh_thread_own[n].held = result;
    release_values();
    memset(fh_thread_own[n].values, 0, sizeof fh_thread_own[n].values);
    if (starts[n].stage == DETACHED) {
        starts[n].stage = UNUSED;
        fh_thread_own[n].held = fl_ptr(0, 0);
        fh_thread_free(n);
    }
    fh_thread_wake(&retained[n], ALL);
    fh_thread_end();
}

static void run_thread(void)
{
    struct start *start = &starts[fh_thread_now];
    struct fh_ptr argument = fh_thread_own[fh_thread_now].held;
    fh_thread_own[fh_thread_now].held = fl_ptr(0, 0);
    if (start->plain) {
        int (*entry)(void *, u64) = (int (*)(void *, u64))(void *)start->entry;
        i64 result = entry ? entry(argument.p, argument.h)
                           : ((int (*)(void *))start->function)(argument.p);
        end_thread(fl_ptr((void *)result, 0));
    }
    if (start->entry)
        end_thread(start->entry(argument.p, argument.h));
    end_thread(fl_ptr(((void *(*)(void *))start->function)(argument.p), FH_FOREIGN_HANDLE));
}

/* A start function that returns nothing, or a number, is called as every machine does. */
static int returns_plain(u64 h)
{
    const struct fh_desc *d = FH_DESC(h);
    if (d->kind != FH_FUNCTION)
        return 0;
    u64 signature = FH_SIGNATURE(d);
    return signature == FL_SIG_I_P || signature == FL_SIG_V_P;
}

static u64 signature_of(u64 h) { return FH_SIGNATURE(FH_DESC(h)); }

/* Starts a thread; 0, or why not. */
static int create(u64 *to, void *function, u64 function_h, struct fh_ptr argument, int detached)
{
    int plain = returns_plain(function_h);
    void *entry = fh_callback(function, function_h, plain ? signature_of(function_h) : FL_SIG_P_P);
    u32 n = fh_thread_new(run_thread);
    if (!n)
        return EAGAIN;
    starts[n].function = function;
    starts[n].entry = (struct fh_ptr(*)(void *, u64))entry;
    starts[n].plain = (u32)plain;
    starts[n].stage = detached ? DETACHED : JOINABLE;
    fh_thread_own[n].held = argument;
    *to = n + 1;
    return 0;
}

int fhw_pthread_create(pthread_t *to, u64 to_h, const pthread_attr_t *attributes, u64 attributes_h,
                       void *(*start)(void *), u64 start_h, void *argument, u64 argument_h)
{
    int state = PTHREAD_CREATE_JOINABLE;
    u64 made = 0;
    if (attributes && fl_in(attributes, attributes_h, sizeof *attributes))
        pthread_attr_getdetachstate(attributes, &state);
    int room = fl_out(to, to_h, sizeof *to);
    int failed = create(&made, (void *)start, start_h, fl_ptr(argument, argument_h),
                        state == PTHREAD_CREATE_DETACHED);
    if (!failed && room) {
        *to = made;
        fl_wrote(to, sizeof *to);
    }
    return failed;
}

static int is_thread(u64 thread)
{
    u64 n = thread - 1;
    return n < FH_THREADS && (n == 0 || starts[n].stage == JOINABLE || starts[n].stage == DETACHED);
}

/* Waits for a thread's end and takes its result. */
static int join(const char *function, u64 thread, struct fh_ptr *result)
{
    u32 n = (u32)thread - 1;
    if (!is_thread(thread)) {
        fl_report(605, function, "no thread has this number, or it was joined already");
        return ESRCH;
    }
    if (n == fh_thread_now)
        return EDEADLK;
    if (starts[n].stage == DETACHED) {
        fl_report(605, function, "the thread is detached");
        return EINVAL;
    }
    while (!fh_thread_ended(n))
        fh_thread_wait(&retained[n], "a thread that it joins", 0);
    *result = fh_thread_own[n].held;
    fh_thread_own[n].held = fl_ptr(0, 0);
    starts[n].stage = UNUSED;
    if (n)
        fh_thread_free(n);
    return 0;
}

int fhw_pthread_join(pthread_t thread, void **to, u64 h)
{
    struct fh_ptr result = {0, 0};
    int failed = join(FL_NAME, thread, &result);
    if (!failed && to && fl_out(to, h, sizeof *to))
        fl_store(to, result.p, result.h);
    return failed;
}

int fhw_pthread_detach(pthread_t thread)
{
    u32 n = (u32)thread - 1;
    if (!is_thread(thread) || starts[n].stage == DETACHED) {
        fl_report(605, FL_NAME, "no thread has this number, or it was joined or detached already");
        return ESRCH;
    }
    if (n && fh_thread_ended(n)) {
        fh_thread_own[n].held = fl_ptr(0, 0);
        starts[n].stage = UNUSED;
        fh_thread_free(n);
    } else {
        starts[n].stage = DETACHED;
    }
    return 0;
}

void fhw_pthread_exit(void *value, u64 h) { end_thread(fl_ptr(value, h)); }

pthread_t fhw_pthread_self(void) { return fh_thread_now + 1; }

int fhw_pthread_equal(pthread_t a, pthread_t b) { return a == b; }

int fhw_pthread_yield(void)
{
    fh_thread_yield();
    return 0;
}

int fhw_sched_yield(void)
{
    fh_thread_yield();
    return 0;
}

int fhw_pthread_kill(pthread_t thread, int signal)
{
    if (!is_thread(thread))
        return ESRCH;
    return !signal || !raise(signal) ? 0 : errno;
}

int fhw_pthread_cancel(pthread_t thread)
{
    (void)thread;
    fh_report_text(1901, FL_NAME, "the cancelling of threads: pthread_cancel fails with ENOSYS");
    return ENOSYS;
}

int fhw_pthread_setname_np(pthread_t thread, const char *name, u64 h)
{
    const void *text = name;
    if (!is_thread(thread))
        return ESRCH;
    return fl_length(&text, h, 1, FL_NO_LIMIT) > 15 ? ERANGE : 0;
}

/* No thread is ever cancelled: pthread_cancel is not there. */
static int set_cancelling(int wanted, int *old, u64 h, int *current)
{
    if (old && fl_out(old, h, sizeof *old)) {
        *old = *current;
        fl_wrote(old, sizeof *old);
    }
    *current = wanted;
    return 0;
}

int fhw_pthread_setcancelstate(int state, int *old, u64 h)
{
    static int current = PTHREAD_CANCEL_ENABLE;
    return set_cancelling(state, old, h, &current);
}

int fhw_pthread_setcanceltype(int type, int *old, u64 h)
{
    static int current = PTHREAD_CANCEL_DEFERRED;
    return set_cancelling(type, old, h, &current);
}

void fhw_pthread_testcancel(void) { fh_thread_yield(); }

int fhw_pthread_once(pthread_once_t *once, u64 once_h, void (*start)(void), u64 h)
{
    void (*inner)(void);
    if (!fl_inout(once, once_h, sizeof *once))
        return EFAULT;
    while (*once == 1)
        fh_thread_wait(once, "pthread_once", 0);
    if (*once)
        return 0;
    *once = 1;
    fl_wrote(once, sizeof *once);
    inner = fh_callback((void *)start, h, FL_SIG_V_V);
    if (inner)
        inner();
    else
        start();
    *once = 2;
    fh_thread_wake(once, ALL);
    return 0;
}

/* ---------------------------------------------------------------------------- values of threads */

int fhw_pthread_key_create(pthread_key_t *to, u64 to_h, void (*release)(void *), u64 h)
{
    if (!fl_out(to, to_h, sizeof *to))
        return EFAULT;
    for (u32 i = 0; i < FH_THREAD_KEYS; i++) {
        if (keys[i].used)
            continue;
        keys[i] = (struct key){release, h, 1};
        for (u32 n = 0; n < FH_THREADS; n++)
            fh_thread_own[n].values[i] = fl_ptr(0, 0);
        *to = i;
        fl_wrote(to, sizeof *to);
        return 0;
    }
    return EAGAIN;
}

int fhw_pthread_key_delete(pthread_key_t key)
{
    if (key >= FH_THREAD_KEYS || !keys[key].used)
        return EINVAL;
    keys[key].used = 0;
    return 0;
}

struct fh_ptr fhw_pthread_getspecific(pthread_key_t key)
{
    if (key >= FH_THREAD_KEYS || !keys[key].used)
        return fl_ptr(0, 0);
    return fh_thread_own[fh_thread_now].values[key];
}

int fhw_pthread_setspecific(pthread_key_t key, const void *value, u64 h)
{
    if (key >= FH_THREAD_KEYS || !keys[key].used)
        return EINVAL;
    fh_thread_own[fh_thread_now].values[key] = fl_ptr(value, fh_owner(h));
    return 0;
}

/* -------------------------------------------------------------------------------------- the time */

static u64 nanoseconds(const struct timespec *time)
{
    return time->tv_sec < 0 ? 0 : (u64)time->tv_sec * SECOND + (u64)time->tv_nsec;
}

/* A time of `clock` as a deadline of our own clock; at least 1, for 0 is none. */
static u64 deadline_of(clockid_t clock, const struct timespec *time)
{
    struct timespec current;
    clock_gettime(clock, &current);
    u64 now = nanoseconds(&current), wanted = nanoseconds(time), own = fh_thread_clock();
    return wanted <= now ? 1 : own + (wanted - now);
}

unsigned int fhw_sleep(unsigned int seconds)
{
    if (!fh_threads)
        return sleep(seconds);
    fh_thread_sleep(seconds * SECOND);
    return 0;
}

int fhw_usleep(useconds_t time)
{
    if (!fh_threads)
        return usleep(time);
    fh_thread_sleep(time * 1000ul);
    return 0;
}

int fhw_nanosleep(const struct timespec *time, u64 time_h, struct timespec *left, u64 left_h)
{
    if (!fl_in(time, time_h, sizeof *time) || (left && !fl_out(left, left_h, sizeof *left))) {
        fl_refuse();
        return -1;
    }
    if (!fh_threads || (u64)time->tv_nsec >= SECOND || time->tv_sec < 0) {
        int result = nanosleep(time, left);
        if (left && result)
            fl_wrote(left, sizeof *left);
        return result;
    }
    fh_thread_sleep(nanoseconds(time));
    return 0;
}

/* ------------------------------------------------------------------------------------- mutexes */

/* Sets the n bytes of a mutex or the like to zero, before it is set up. */
static int clear(void *at, u64 h, u64 n)
{
    if (!fl_out(at, h, n))
        return 0;
    memset(at, 0, n);
    fl_wrote(at, n);
    return 1;
}

struct mutex { /* of the 40 bytes of a pthread_mutex_t; all zero: free, of the normal kind */
    u32 owner;   /* the thread's number + 1 */
    u32 count;
    u64 pad;
    u32 kind; /* where glibc has it */
};

static struct mutex *mutex_at(pthread_mutex_t *at, u64 h)
{
    return fl_inout(at, h, sizeof *at) ? (struct mutex *)at : 0;
}

int fhw_pthread_mutex_init(pthread_mutex_t *at, u64 h, const pthread_mutexattr_t *attributes,
                           u64 attributes_h)
{
    int kind = PTHREAD_MUTEX_NORMAL;
    if (attributes && fl_in(attributes, attributes_h, sizeof *attributes))
        pthread_mutexattr_gettype(attributes, &kind);
    if (!clear(at, h, sizeof *at))
        return EFAULT;
    ((struct mutex *)at)->kind = (u32)kind;
    return 0;
}

int fhw_pthread_mutex_destroy(pthread_mutex_t *at, u64 h)
{
    struct mutex *mutex = mutex_at(at, h);
    if (!mutex)
        return EFAULT;
    if (mutex->owner) {
        fl_report(605, FL_NAME, "the mutex is locked");
        return EBUSY;
    }
    return 0;
}

/* Takes a mutex for this thread; 0, ETIMEDOUT, or why not. */
static int take(const char *function, struct mutex *mutex, u64 deadline)
{
    u32 own = fh_thread_now + 1;
    if (mutex->owner == own) {
        if (mutex->kind == PTHREAD_MUTEX_RECURSIVE) {
            mutex->count++;
            return 0;
        }
        if (mutex->kind == PTHREAD_MUTEX_ERRORCHECK)
            return EDEADLK;
        fl_report(605, function, "this thread has locked the mutex already: it waits for itself");
    }
    while (mutex->owner) {
        if (fh_thread_wait(mutex, "a mutex", deadline))
            return ETIMEDOUT;
    }
    mutex->owner = own;
    mutex->count = 1;
    return 0;
}

static int give_back(const char *function, struct mutex *mutex)
{
    if (mutex->owner != fh_thread_now + 1) {
        if (mutex->kind == PTHREAD_MUTEX_NORMAL)
            fl_report(605, function,
                      mutex->owner ? "another thread has locked the mutex"
                                   : "the mutex is not locked");
        return EPERM;
    }
    if (--mutex->count)
        return 0;
    mutex->owner = 0;
    fh_thread_wake(mutex, 1);
    return 0;
}

int fhw_pthread_mutex_lock(pthread_mutex_t *at, u64 h)
{
    struct mutex *mutex = mutex_at(at, h);
    return mutex ? take(FL_NAME, mutex, 0) : EFAULT;
}

int fhw_pthread_mutex_trylock(pthread_mutex_t *at, u64 h)
{
    struct mutex *mutex = mutex_at(at, h);
    if (!mutex)
        return EFAULT;
    fh_thread_point();
    if (mutex->owner && (mutex->owner != fh_thread_now + 1 || mutex->kind != PTHREAD_MUTEX_RECURSIVE))
        return EBUSY;
    return take(FL_NAME, mutex, 0);
}

int fhw_pthread_mutex_timedlock(pthread_mutex_t *at, u64 h, const struct timespec *time, u64 time_h)
{
    struct mutex *mutex = mutex_at(at, h);
    if (!mutex || !fl_in(time, time_h, sizeof *time))
        return EFAULT;
    return take(FL_NAME, mutex, deadline_of(CLOCK_REALTIME, time));
}

int fhw_pthread_mutex_unlock(pthread_mutex_t *at, u64 h)
{
    struct mutex *mutex = mutex_at(at, h);
    return mutex ? give_back(FL_NAME, mutex) : EFAULT;
}

/* ---------------------------------------------------------------------------------- conditions */

struct condition { /* of the 48 bytes of a pthread_cond_t */
    u32 clock;
};

static struct condition *condition_at(pthread_cond_t *at, u64 h)
{
    return fl_inout(at, h, sizeof *at) ? (struct condition *)at : 0;
}

int fhw_pthread_cond_init(pthread_cond_t *at, u64 h, const pthread_condattr_t *attributes,
                          u64 attributes_h)
{
    clockid_t clock = CLOCK_REALTIME;
    if (attributes && fl_in(attributes, attributes_h, sizeof *attributes))
        pthread_condattr_getclock(attributes, &clock);
    if (!clear(at, h, sizeof *at))
        return EFAULT;
    ((struct condition *)at)->clock = (u32)clock;
    return 0;
}

int fhw_pthread_cond_destroy(pthread_cond_t *at, u64 h)
{
    struct condition *condition = condition_at(at, h);
    if (!condition)
        return EFAULT;
    if (fh_thread_waits(condition)) {
        fl_report(605, FL_NAME, "threads wait for the condition");
        return EBUSY;
    }
    return 0;
}

static int wake(pthread_cond_t *at, u64 h, u32 limit)
{
    struct condition *condition = condition_at(at, h);
    if (!condition)
        return EFAULT;
    fh_thread_wake(condition, limit);
    return 0;
}

int fhw_pthread_cond_signal(pthread_cond_t *at, u64 h) { return wake(at, h, 1); }

int fhw_pthread_cond_broadcast(pthread_cond_t *at, u64 h) { return wake(at, h, ALL); }

/* A recursive mutex is given back however often it is locked, and then locked as often. */
static int wait_with(const char *function, struct condition *condition, struct mutex *mutex,
                     u64 deadline)
{
    if (mutex->owner != fh_thread_now + 1) {
        fl_report(605, function, "this thread has not locked the mutex");
        return EPERM;
    }
    u32 count = mutex->count;
    mutex->count = 1;
    give_back(function, mutex);
    int late = fh_thread_wait(condition, "a condition", deadline);
    take(function, mutex, 0);
    mutex->count = count;
    return late ? ETIMEDOUT : 0;
}

int fhw_pthread_cond_wait(pthread_cond_t *at, u64 h, pthread_mutex_t *with, u64 with_h)
{
    struct condition *condition = condition_at(at, h);
    struct mutex *mutex = mutex_at(with, with_h);
    return condition && mutex ? wait_with(FL_NAME, condition, mutex, 0) : EFAULT;
}

int fhw_pthread_cond_timedwait(pthread_cond_t *at, u64 h, pthread_mutex_t *with, u64 with_h,
                               const struct timespec *time, u64 time_h)
{
    struct condition *condition = condition_at(at, h);
    struct mutex *mutex = mutex_at(with, with_h);
    if (!condition || !mutex || !fl_in(time, time_h, sizeof *time))
        return EFAULT;
    if ((u64)time->tv_nsec >= SECOND)
        return EINVAL;
    return wait_with(FL_NAME, condition, mutex, deadline_of((clockid_t)condition->clock, time));
}

/* ------------------------------------------------------------------------- readers and writers */

struct rwlock { /* of the 56 bytes of a pthread_rwlock_t */
    u32 readers;
    u32 writer; /* the thread's number + 1 */
};

static struct rwlock *rwlock_at(pthread_rwlock_t *at, u64 h)
{
    return fl_inout(at, h, sizeof *at) ? (struct rwlock *)at : 0;
}

int fhw_pthread_rwlock_init(pthread_rwlock_t *at, u64 h, const pthread_rwlockattr_t *attributes,
                            u64 attributes_h)
{
    if (attributes)
        fl_in(attributes, attributes_h, sizeof *attributes);
    return clear(at, h, sizeof *at) ? 0 : EFAULT;
}

int fhw_pthread_rwlock_destroy(pthread_rwlock_t *at, u64 h)
{
    struct rwlock *lock = rwlock_at(at, h);
    if (!lock)
        return EFAULT;
    if (lock->readers || lock->writer) {
        fl_report(605, FL_NAME, "the lock is held");
        return EBUSY;
    }
    return 0;
}

static int read_lock(pthread_rwlock_t *at, u64 h, int try)
{
    struct rwlock *lock = rwlock_at(at, h);
    if (!lock)
        return EFAULT;
    if (lock->writer == fh_thread_now + 1)
        return try ? EBUSY : EDEADLK;
    while (lock->writer) {
        if (try)
            return EBUSY;
        fh_thread_wait(lock, "a lock to read", 0);
    }
    lock->readers++;
    return 0;
}

static int write_lock(pthread_rwlock_t *at, u64 h, int try)
{
    struct rwlock *lock = rwlock_at(at, h);
    if (!lock)
        return EFAULT;
    if (lock->writer == fh_thread_now + 1)
        return try ? EBUSY : EDEADLK;
    while (lock->writer || lock->readers) {
        if (try)
            return EBUSY;
        fh_thread_wait(lock, "a lock to write", 0);
    }
    lock->writer = fh_thread_now + 1;
    return 0;
}

int fhw_pthread_rwlock_rdlock(pthread_rwlock_t *at, u64 h) { return read_lock(at, h, 0); }
int fhw_pthread_rwlock_tryrdlock(pthread_rwlock_t *at, u64 h) { return read_lock(at, h, 1); }
int fhw_pthread_rwlock_wrlock(pthread_rwlock_t *at, u64 h) { return write_lock(at, h, 0); }
int fhw_pthread_rwlock_trywrlock(pthread_rwlock_t *at, u64 h) { return write_lock(at, h, 1); }

int fhw_pthread_rwlock_unlock(pthread_rwlock_t *at, u64 h)
{
    struct rwlock *lock = rwlock_at(at, h);
    if (!lock)
        return EFAULT;
    if (lock->writer == fh_thread_now + 1) {
        lock->writer = 0;
    } else if (lock->readers) {
        lock->readers--;
    } else {
        fl_report(605, FL_NAME, "this thread does not hold the lock");
        return EPERM;
    }
    fh_thread_wake(lock, ALL);
    return 0;
}

/* ------------------------------------------------------------------------------------ barriers */

struct barrier { /* of the 32 bytes of a pthread_barrier_t */
    u32 wanted;
    u32 arrived;
    u32 round;
};

static struct barrier *barrier_at(pthread_barrier_t *at, u64 h)
{
    return fl_inout(at, h, sizeof *at) ? (struct barrier *)at : 0;
}

int fhw_pthread_barrier_init(pthread_barrier_t *at, u64 h, const pthread_barrierattr_t *attributes,
                             u64 attributes_h, unsigned int count)
{
    if (attributes)
        fl_in(attributes, attributes_h, sizeof *attributes);
    if (!count)
        return EINVAL;
    if (!clear(at, h, sizeof *at))
        return EFAULT;
    ((struct barrier *)at)->wanted = count;
    return 0;
}

int fhw_pthread_barrier_wait(pthread_barrier_t *at, u64 h)
{
    struct barrier *barrier = barrier_at(at, h);
    if (!barrier)
        return EFAULT;
    u32 round = barrier->round;
    if (++barrier->arrived == barrier->wanted) {
        barrier->arrived = 0;
        barrier->round++;
        fh_thread_wake(barrier, ALL);
        return PTHREAD_BARRIER_SERIAL_THREAD;
    }
    while (barrier->round == round)
        fh_thread_wait(barrier, "others at a barrier", 0);
    return 0;
}

int fhw_pthread_barrier_destroy(pthread_barrier_t *at, u64 h)
{
    struct barrier *barrier = barrier_at(at, h);
    if (!barrier)
        return EFAULT;
    if (barrier->arrived) {
        fl_report(605, FL_NAME, "threads wait at the barrier");
        return EBUSY;
    }
    return 0;
}

/* ----------------------------------------------------------------------------------- spin locks */

int fhw_pthread_spin_init(pthread_spinlock_t *at, u64 h, int shared)
{
    (void)shared;
    if (!fl_out((void *)at, h, sizeof *at))
        return EFAULT;
    *at = 0;
    fl_wrote((void *)at, sizeof *at);
    return 0;
}

int fhw_pthread_spin_destroy(pthread_spinlock_t *at, u64 h)
{
    return fl_inout((void *)at, h, sizeof *at) ? 0 : EFAULT;
}

int fhw_pthread_spin_trylock(pthread_spinlock_t *at, u64 h)
{
    if (!fl_inout((void *)at, h, sizeof *at))
        return EFAULT;
    fh_thread_point();
    if (*at)
        return EBUSY;
    *at = (int)fh_thread_now + 1;
    return 0;
}

int fhw_pthread_spin_lock(pthread_spinlock_t *at, u64 h)
{
    if (!fl_inout((void *)at, h, sizeof *at))
        return EFAULT;
    while (*at)
        fh_thread_wait((void *)at, "a spin lock", 0);
    *at = (int)fh_thread_now + 1;
    return 0;
}

int fhw_pthread_spin_unlock(pthread_spinlock_t *at, u64 h)
{
    if (!fl_inout((void *)at, h, sizeof *at))
        return EFAULT;
    if (*at != (int)fh_thread_now + 1)
        fl_report(605, FL_NAME, "this thread does not hold the lock");
    *at = 0;
    fh_thread_wake((void *)at, 1);
    return 0;
}

/* ---------------------------------------------------------------------------------- semaphores */

/* Of a sem_t: its value lies where glibc has it, so that sem_open's work as well. */
static int semaphore(sem_t *at, u64 h)
{
    if (fl_inout(at, h, sizeof *at))
        return 1;
    fl_refuse();
    return 0;
}

int fhw_sem_init(sem_t *at, u64 h, int shared, unsigned int value)
{
    if (!fl_out(at, h, sizeof *at)) {
        fl_refuse();
        return -1;
    }
    int result = sem_init(at, shared, value);
    if (!result)
        fl_wrote(at, sizeof *at);
    return result;
}

int fhw_sem_destroy(sem_t *at, u64 h)
{
    if (!semaphore(at, h))
        return -1;
    if (fh_thread_waits(at))
        fl_report(605, FL_NAME, "threads wait for the semaphore");
    return sem_destroy(at);
}

int fhw_sem_post(sem_t *at, u64 h)
{
    if (!semaphore(at, h))
        return -1;
    int result = sem_post(at);
    fh_thread_wake(at, 1);
    return result;
}

int fhw_sem_trywait(sem_t *at, u64 h)
{
    fh_thread_point();
    return semaphore(at, h) ? sem_trywait(at) : -1;
}

static int wait_for(sem_t *at, u64 deadline)
{
    while (sem_trywait(at)) {
        if (errno != EAGAIN)
            return -1;
        if (fh_thread_wait(at, "a semaphore", deadline)) {
            errno = ETIMEDOUT;
            return -1;
        }
    }
    return 0;
}

int fhw_sem_wait(sem_t *at, u64 h) { return semaphore(at, h) ? wait_for(at, 0) : -1; }

int fhw_sem_timedwait(sem_t *at, u64 h, const struct timespec *time, u64 time_h)
{
    if (!semaphore(at, h) || !fl_in(time, time_h, sizeof *time))
        return -1;
    return wait_for(at, deadline_of(CLOCK_REALTIME, time));
}

int fhw_sem_getvalue(sem_t *at, u64 h, int *to, u64 to_h)
{
    if (!semaphore(at, h) || !fl_out(to, to_h, sizeof *to))
        return -1;
    fh_thread_point();
    int result = sem_getvalue(at, to);
    fl_wrote(to, sizeof *to);
    return result;
}

/* ----------------------------------------------------------------------------------- threads.h */

static int outcome(int failed)
{
    switch (failed) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ENOMEM:
    case EAGAIN:
        return thrd_nomem;
    case ETIMEDOUT:
        return thrd_timedout;
    default:
        return thrd_error;
    }
}

int fhw_thrd_create(thrd_t *to, u64 to_h, thrd_start_t start, u64 start_h, void *argument,
                    u64 argument_h)
{
    u64 made = 0;
    int room = fl_out(to, to_h, sizeof *to);
    int failed = create(&made, (void *)start, start_h, fl_ptr(argument, argument_h), 0);
    if (!failed && room) {
        *to = made;
        fl_wrote(to, sizeof *to);
    }
    return outcome(failed);
}

int fhw_thrd_join(thrd_t thread, int *to, u64 h)
{
    struct fh_ptr result = {0, 0};
    int failed = join(FL_NAME, thread, &result);
    if (!failed && to && fl_out(to, h, sizeof *to)) {
        *to = (int)(i64)result.p;
        fl_wrote(to, sizeof *to);
    }
    return outcome(failed);
}

int fhw_thrd_detach(thrd_t thread) { return outcome(fhw_pthread_detach(thread)); }
void fhw_thrd_exit(int result) { end_thread(fl_ptr((void *)(i64)result, 0)); }
thrd_t fhw_thrd_current(void) { return fh_thread_now + 1; }
int fhw_thrd_equal(thrd_t a, thrd_t b) { return a == b; }
void fhw_thrd_yield(void) { fh_thread_yield(); }

int fhw_thrd_sleep(const struct timespec *time, u64 time_h, struct timespec *left, u64 left_h)
{
    return fhw_nanosleep(time, time_h, left, left_h) ? -1 : 0;
}

int fhw_mtx_init(mtx_t *at, u64 h, int kind)
{
    int failed = fhw_pthread_mutex_init((pthread_mutex_t *)at, h, 0, 0);
    if (!failed && kind & mtx_recursive)
        ((struct mutex *)at)->kind = PTHREAD_MUTEX_RECURSIVE;
    return outcome(failed);
}

static int lock_mtx(const char *function, mtx_t *at, u64 h, u64 deadline)
{
    struct mutex *mutex = mutex_at((pthread_mutex_t *)at, h);
    return mutex ? outcome(take(function, mutex, deadline)) : thrd_error;
}

int fhw_mtx_lock(mtx_t *at, u64 h) { return lock_mtx(FL_NAME, at, h, 0); }

int fhw_mtx_trylock(mtx_t *at, u64 h)
{
    return outcome(fhw_pthread_mutex_trylock((pthread_mutex_t *)at, h));
}

int fhw_mtx_timedlock(mtx_t *at, u64 h, const struct timespec *time, u64 time_h)
{
    if (!fl_in(time, time_h, sizeof *time))
        return thrd_error;
    return lock_mtx(FL_NAME, at, h, deadline_of(CLOCK_REALTIME, time));
}

int fhw_mtx_unlock(mtx_t *at, u64 h)
{
    struct mutex *mutex = mutex_at((pthread_mutex_t *)at, h);
    return mutex ? outcome(give_back(FL_NAME, mutex)) : thrd_error;
}

void fhw_mtx_destroy(mtx_t *at, u64 h)
{
    struct mutex *mutex = mutex_at((pthread_mutex_t *)at, h);
    if (mutex && mutex->owner)
        fl_report(605, FL_NAME, "the mutex is locked");
}

int fhw_cnd_init(cnd_t *at, u64 h)
{
    return outcome(fhw_pthread_cond_init((pthread_cond_t *)at, h, 0, 0));
}

void fhw_cnd_destroy(cnd_t *at, u64 h)
{
    struct condition *condition = condition_at((pthread_cond_t *)at, h);
    if (condition && fh_thread_waits(condition))
        fl_report(605, FL_NAME, "threads wait for the condition");
}

int fhw_cnd_signal(cnd_t *at, u64 h) { return outcome(wake((pthread_cond_t *)at, h, 1)); }
int fhw_cnd_broadcast(cnd_t *at, u64 h) { return outcome(wake((pthread_cond_t *)at, h, ALL)); }

static int wait_cnd(const char *function, cnd_t *at, u64 h, mtx_t *with, u64 with_h, u64 deadline)
{
    struct condition *condition = condition_at((pthread_cond_t *)at, h);
    struct mutex *mutex = mutex_at((pthread_mutex_t *)with, with_h);
    if (!condition || !mutex)
        return thrd_error;
    return outcome(wait_with(function, condition, mutex, deadline));
}

int fhw_cnd_wait(cnd_t *at, u64 h, mtx_t *with, u64 with_h)
{
    return wait_cnd(FL_NAME, at, h, with, with_h, 0);
}

int fhw_cnd_timedwait(cnd_t *at, u64 h, mtx_t *with, u64 with_h, const struct timespec *time,
                      u64 time_h)
{
    if (!fl_in(time, time_h, sizeof *time))
        return thrd_error;
    return wait_cnd(FL_NAME, at, h, with, with_h, deadline_of(CLOCK_REALTIME, time));
}

int fhw_tss_create(tss_t *to, u64 to_h, tss_dtor_t release, u64 h)
{
    return outcome(fhw_pthread_key_create(to, to_h, release, h));
}

void fhw_tss_delete(tss_t key) { fhw_pthread_key_delete(key); }
struct fh_ptr fhw_tss_get(tss_t key) { return fhw_pthread_getspecific(key); }

int fhw_tss_set(tss_t key, void *value, u64 h)
{
    return outcome(fhw_pthread_setspecific(key, value, h));
}

void fhw_call_once(once_flag *once, u64 once_h, void (*start)(void), u64 h)
{
    fhw_pthread_once((pthread_once_t *)once, once_h, start, h);
}
