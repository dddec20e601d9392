#define LATE
#include "program.h"


static void *table[4];

static void link(struct fh_ptr from, u64 at, struct fh_ptr to)
{
    fh_store_pointer((u8 *)from.p + at, to.p, to.h);
}

static NOINLINE struct fh_ptr node(u64 n)
{
    struct fh_ptr p = fh_malloc(n);
    fh_shadow_set(p.p, n);
    return p;
}

static NOINLINE void lose(void)
{
    for (int i = 0; i < 1000; i++)
        node(1024);                    /* 1000 definitely lost */
}

static NOINLINE void build(void)
{
    struct fh_ptr head = node(16), tail = node(24);
    link(head, 0, tail);               /* head lost, tail indirectly */
    struct fh_ptr a = node(40), b = node(48);
    link(a, 8, b), link(b, 8, a);      /* a cycle: one definite, one indirect */
    struct fh_ptr held = node(56);
    fh_store_pointer(&table[0], held.p, held.h);
    struct fh_ptr below = node(64);
    link(held, 0, below);              /* reachable through held */
    struct fh_ptr mid = node(72);
    fh_store_pointer(&table[1], (u8 *)mid.p + 8, mid.h); /* possibly lost */
    struct fh_ptr gone = node(80);
    fh_store_pointer(&table[2], gone.p, gone.h);
    fh_free(gone.p, gone.h);
    node(80);                          /* lives where gone did: the stale pointer holds nothing */
}

static NOINLINE void churn(void)
{
    volatile u64 junk[64];
    for (int i = 0; i < 64; i++)
        junk[i] = 0;
}

static i32 start(void)
{
    lose();
    build();
    churn();
    return 0;
}

static const struct fh_object objects[] = {{table, sizeof table, FH_GLOBAL, 5, 0, 0}};
struct fh_program program __asm__("fh.program") = {FH_VERSION, 1, objects, 0, 0, entry, 0, 0, 0, 0};
