#ifndef _FH_PTHREAD_H
#define _FH_PTHREAD_H

#include <bits/types.h>
typedef struct __locale_struct *locale_t;

#include <sched.h>
typedef union pthread_attr_t { char __size[56]; long __align; } pthread_attr_t;
#include <time.h>
typedef union { char __size[40]; long __align; } pthread_mutex_t;
typedef union { char __size[4]; int __align; } pthread_mutexattr_t;
typedef union { char __size[48]; long long __align; } pthread_cond_t;
typedef union { char __size[4]; int __align; } pthread_condattr_t;
typedef union { char __size[56]; long __align; } pthread_rwlock_t;
typedef union { char __size[8]; long __align; } pthread_rwlockattr_t;
typedef union { char __size[32]; long __align; } pthread_barrier_t;
typedef union { char __size[4]; int __align; } pthread_barrierattr_t;
typedef unsigned int pthread_key_t;
typedef int pthread_once_t;
typedef volatile int pthread_spinlock_t;
#define PTHREAD_MUTEX_INITIALIZER { { 0 } }
#define PTHREAD_COND_INITIALIZER { { 0 } }
#define PTHREAD_RWLOCK_INITIALIZER { { 0 } }
#define PTHREAD_ONCE_INIT 0
#define PTHREAD_MUTEX_NORMAL 0
#define PTHREAD_MUTEX_RECURSIVE 1
#define PTHREAD_MUTEX_ERRORCHECK 2
#define PTHREAD_CREATE_JOINABLE 0
#define PTHREAD_CREATE_DETACHED 1
extern pthread_t pthread_self(void);
extern int pthread_equal(pthread_t __a, pthread_t __b);
extern int pthread_create(pthread_t *__to, const pthread_attr_t *__attributes, void *(*__start)(void *), void *__argument);
extern int pthread_join(pthread_t __thread_, void **__to);
extern int pthread_detach(pthread_t __thread_);
extern void pthread_exit(void *__value);
extern int pthread_mutex_init(pthread_mutex_t *__mutex, const pthread_mutexattr_t *__attributes);
extern int pthread_mutex_destroy(pthread_mutex_t *__mutex);
extern int pthread_mutex_lock(pthread_mutex_t *__mutex);
extern int pthread_mutex_trylock(pthread_mutex_t *__mutex);
extern int pthread_mutex_unlock(pthread_mutex_t *__mutex);
extern int pthread_mutexattr_init(pthread_mutexattr_t *__to);
extern int pthread_mutexattr_destroy(pthread_mutexattr_t *__to);
extern int pthread_mutexattr_settype(pthread_mutexattr_t *__to, int __type);
extern int pthread_mutexattr_gettype(const pthread_mutexattr_t *__from, int *__to);
extern int pthread_cond_init(pthread_cond_t *__condition, const pthread_condattr_t *__attributes);
extern int pthread_cond_destroy(pthread_cond_t *__condition);
extern int pthread_cond_signal(pthread_cond_t *__condition);
extern int pthread_cond_broadcast(pthread_cond_t *__condition);
extern int pthread_cond_wait(pthread_cond_t *__condition, pthread_mutex_t *__mutex);
extern int pthread_cond_timedwait(pthread_cond_t *__condition, pthread_mutex_t *__mutex, const struct timespec *__time);
extern int pthread_rwlock_init(pthread_rwlock_t *__lock, const pthread_rwlockattr_t *__attributes);
extern int pthread_rwlock_destroy(pthread_rwlock_t *__lock);
extern int pthread_rwlock_rdlock(pthread_rwlock_t *__lock);
extern int pthread_rwlock_wrlock(pthread_rwlock_t *__lock);
extern int pthread_rwlock_unlock(pthread_rwlock_t *__lock);
extern int pthread_once(pthread_once_t *__once, void (*__start)(void));
extern int pthread_key_create(pthread_key_t *__to, void (*__release)(void *));
extern int pthread_key_delete(pthread_key_t __key);
extern void *pthread_getspecific(pthread_key_t __key);
extern int pthread_setspecific(pthread_key_t __key, const void *__value);
extern int pthread_attr_init(pthread_attr_t *__to);
extern int pthread_attr_destroy(pthread_attr_t *__to);
extern int pthread_attr_setdetachstate(pthread_attr_t *__to, int __state);
extern int pthread_attr_setstacksize(pthread_attr_t *__to, size_t __n);
extern int pthread_yield(void);
extern int pthread_mutex_timedlock(pthread_mutex_t *__mutex, const struct timespec *__time);
extern int pthread_rwlock_tryrdlock(pthread_rwlock_t *__lock);
extern int pthread_rwlock_trywrlock(pthread_rwlock_t *__lock);
extern int pthread_barrier_init(pthread_barrier_t *__barrier, const pthread_barrierattr_t *__attributes, unsigned int __count);
extern int pthread_barrier_wait(pthread_barrier_t *__barrier);
extern int pthread_barrier_destroy(pthread_barrier_t *__barrier);
extern int pthread_spin_init(pthread_spinlock_t *__lock, int __shared);
extern int pthread_spin_destroy(pthread_spinlock_t *__lock);
extern int pthread_spin_lock(pthread_spinlock_t *__lock);
extern int pthread_spin_trylock(pthread_spinlock_t *__lock);
extern int pthread_spin_unlock(pthread_spinlock_t *__lock);
extern int pthread_attr_getdetachstate(const pthread_attr_t *__from, int *__to);
extern int pthread_attr_getstacksize(const pthread_attr_t *__from, size_t *__to);
extern int pthread_condattr_init(pthread_condattr_t *__to);
extern int pthread_condattr_destroy(pthread_condattr_t *__to);
extern int pthread_condattr_setclock(pthread_condattr_t *__to, clockid_t __clock);
extern int pthread_condattr_getclock(const pthread_condattr_t *__from, clockid_t *__to);
extern int pthread_rwlockattr_init(pthread_rwlockattr_t *__to);
extern int pthread_rwlockattr_destroy(pthread_rwlockattr_t *__to);
extern int pthread_barrierattr_init(pthread_barrierattr_t *__to);
extern int pthread_barrierattr_destroy(pthread_barrierattr_t *__to);
extern int pthread_setname_np(pthread_t __thread_, const char *__name);
extern int pthread_setcancelstate(int __state, int *__old);
extern int pthread_setcanceltype(int __type, int *__old);
extern void pthread_testcancel(void);
extern int pthread_kill(pthread_t __thread_, int __signal);
extern int pthread_cancel(pthread_t __thread_);
#define pthread_cleanup_push(__release, __argument) \
    do { \
        void (*__cleanup)(void *) = (__release); \
        void *__with = (__argument);
#define pthread_cleanup_pop(__now) \
        if (__now) \
            __cleanup(__with); \
    } while (0)
#define PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP { { [16] = 1 } }
#define PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP { { [16] = 2 } }
#define PTHREAD_MUTEX_DEFAULT PTHREAD_MUTEX_NORMAL
#define PTHREAD_ATTR_NO_SIGMASK_NP (-1)
#define PTHREAD_BARRIER_SERIAL_THREAD (-1)
#define PTHREAD_CANCEL_DEFERRED 0
#define PTHREAD_CANCEL_ENABLE 0
#define PTHREAD_INHERIT_SCHED 0
#define PTHREAD_PROCESS_PRIVATE 0
#define PTHREAD_SCOPE_SYSTEM 0
#define PTHREAD_CANCEL_ASYNCHRONOUS 1
#define PTHREAD_CANCEL_DISABLE 1
#define PTHREAD_EXPLICIT_SCHED 1
#define PTHREAD_PROCESS_SHARED 1
#define PTHREAD_SCOPE_PROCESS 1

#endif
