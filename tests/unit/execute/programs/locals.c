#include "program.h"

static u64 pool_x, pool_buffer;
static struct fh_ptr escaped;

static NOINLINE struct fh_ptr dangling(int depth)
{
    u64 frame = fh_side_top;
    struct fh_ptr x = {(void *)frame, 0};
    fh_side_top += 16;
    x.h = fh_stack_enter(x.p, 4, &pool_x, HERE); /* int x; declared here */
    WRITE(int, (int *)x.p, x.h, 10 + depth);
    if (depth)
        dangling(depth - 1);
    fh_stack_exit(x.h, &pool_x);
    fh_side_top = frame;
    return x;
}

static NOINLINE void scope(void)
{
    u64 frame = fh_side_top;
    char *buffer = (char *)frame;
    fh_side_top += 32;
    u64 h = fh_stack_enter(buffer, 8, &pool_buffer, HERE); /* char buffer[8]; */
    WRITE(char, buffer + 8, h, 1); /* stack overflow */
    READ(char, buffer - 1, h);     /* stack underflow */
    fh_free(buffer, h);            /* not heap */
    escaped = (struct fh_ptr){buffer, h};
    fh_stack_exit(h, &pool_buffer);
    READ(char, buffer, h);         /* after scope */
    fh_side_top = frame;
}

static i32 start(void)
{
    struct fh_ptr x = dangling(0);
    int value = READ(int, (int *)x.p, x.h); /* after return: the old value */
    dangling(3);
    READ(int, (int *)x.p, x.h);             /* the descriptor has lived again */
    scope();
    struct fh_ptr vla = fh_dynamic_enter(12, 16, FH_VLA, HERE); /* int vla[n]; */
    WRITE(int, (int *)vla.p + 3, vla.h, 1);
    USE(int, vla.p);
    fh_dynamic_exit(vla.h);
    READ(int, (int *)vla.p, vla.h);
    fh_dynamic_enter(-5, 16, FH_VLA, HERE); /* negative */
    return value == 10;
}
