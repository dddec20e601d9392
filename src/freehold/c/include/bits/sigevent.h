#ifndef _FH_BITS_SIGEVENT_H
#define _FH_BITS_SIGEVENT_H

union sigval { int sival_int; void *sival_ptr; };
typedef union sigval sigval_t;
union pthread_attr_t;
struct sigevent {
    sigval_t sigev_value;
    int sigev_signo, sigev_notify;
    union {
        int __pad[12];
        int __thread_id;
        struct { void (*__function)(sigval_t); union pthread_attr_t *__attributes; } __run;
    } __target;
};
typedef struct sigevent sigevent_t;
#define sigev_notify_function __target.__run.__function
#define sigev_notify_attributes __target.__run.__attributes

#endif
