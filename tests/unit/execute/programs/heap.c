#include "program.h"

static NOINLINE struct fh_ptr make(u64 n)
{
    return fh_malloc(n);
}

static i32 start(void)
{
    struct fh_ptr p = make(20);
    int *a = p.p;
    for (int i = 0; i < 5; i++)
        WRITE(int, a + i, p.h, i);
    for (int i = 0; i < 3; i++)
        WRITE(int, a + 5, p.h, 7);          /* overflow, three times */
    int zero = READ(int, a + 6, p.h);       /* over-read: zero */
    READ(int, a - 1, p.h);                  /* underflow */
    fh_free(a + 1, p.h);                    /* interior */
    fh_free(a, p.h);
    int old = READ(int, a + 3, p.h);        /* use after free: the old bytes */
    fh_free(a, p.h);                        /* double free */
    struct fh_ptr q = make(20);
    READ(int, a, p.h);                      /* reused */
    USE(int, q.p);                          /* uninitialised */
    USE(int, q.p);
    return old * 10 + zero + (q.p == p.p);
}
