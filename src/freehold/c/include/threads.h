#ifndef _FH_THREADS_H
#define _FH_THREADS_H

#include <bits/timespec.h>
#include <bits/types.h>
#ifndef __cplusplus
#define thread_local _Thread_local
#endif
#define ONCE_FLAG_INIT { 0 }
#define TSS_DTOR_ITERATIONS 4
typedef unsigned long thrd_t;
typedef int (*thrd_start_t)(void *);
typedef unsigned int tss_t;
typedef void (*tss_dtor_t)(void *);
typedef struct { int __data; } once_flag;
typedef union { char __size[40]; long __align; } mtx_t;
typedef union { char __size[48]; long long __align; } cnd_t;
enum { mtx_plain = 0, mtx_recursive = 1, mtx_timed = 2 };
enum { thrd_success = 0, thrd_busy = 1, thrd_error = 2, thrd_nomem = 3, thrd_timedout = 4 };
extern int thrd_create(thrd_t *__to, thrd_start_t __start, void *__argument);
extern int thrd_join(thrd_t __thread_, int *__to);
extern int thrd_detach(thrd_t __thread_);
extern _Noreturn void thrd_exit(int __result);
extern thrd_t thrd_current(void);
extern int thrd_equal(thrd_t __a, thrd_t __b);
extern void thrd_yield(void);
extern int thrd_sleep(const struct timespec *__time, struct timespec *__left);
extern int mtx_init(mtx_t *__mutex, int __kind);
extern void mtx_destroy(mtx_t *__mutex);
extern int mtx_lock(mtx_t *__mutex);
extern int mtx_trylock(mtx_t *__mutex);
extern int mtx_timedlock(mtx_t *__mutex, const struct timespec *__time);
extern int mtx_unlock(mtx_t *__mutex);
extern int cnd_init(cnd_t *__condition);
extern void cnd_destroy(cnd_t *__condition);
extern int cnd_signal(cnd_t *__condition);
extern int cnd_broadcast(cnd_t *__condition);
extern int cnd_wait(cnd_t *__condition, mtx_t *__mutex);
extern int cnd_timedwait(cnd_t *__condition, mtx_t *__mutex, const struct timespec *__time);
extern int tss_create(tss_t *__to, tss_dtor_t __release);
extern void tss_delete(tss_t __key);
extern void *tss_get(tss_t __key);
extern int tss_set(tss_t __key, void *__value);
extern void call_once(once_flag *__once, void (*__start)(void));

#endif
