// Jumps out of calls, and what outlives them.
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

static jmp_buf frame, gone;

static void leave(int depth)
{
    int local[2] = {depth, depth};
    int *p = local;
    if (depth == 0)
        longjmp(frame, p[1] + 7);
    leave(depth - 1);
}

static int remember(void)
{
    return setjmp(gone);
}

int main(void)
{
    volatile int rounds = 0;
    int got = setjmp(frame);
    printf("%d %d\n", got, rounds);
    if (rounds++ < 3)
        leave(rounds);
    remember();
    fflush(stdout);
    longjmp(gone, 1); //~ ERROR FH0605
}
