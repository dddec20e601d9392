#ifndef _FH_BITS_UCONTEXT_H
#define _FH_BITS_UCONTEXT_H

typedef long long greg_t;
typedef greg_t gregset_t[23];
typedef struct { gregset_t gregs; void *fpregs; unsigned long __reserved1[8]; } mcontext_t;
typedef struct ucontext_t {
    unsigned long uc_flags;
    struct ucontext_t *uc_link;
    stack_t uc_stack;
    mcontext_t uc_mcontext;
    sigset_t uc_sigmask;
    char __state[512];
    unsigned long __shadow[4];
} ucontext_t;

#endif
