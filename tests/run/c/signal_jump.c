// siglongjmp restores the signal mask that sigsetjmp kept, so that every signal comes through.
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>

static sigjmp_buf frame;

static void handler(int number)
{
    siglongjmp(frame, number);
}

int main(void)
{
    volatile int round = 0;
    signal(SIGUSR1, handler);
    int got = sigsetjmp(frame, 1);
    printf("%d %d\n", round, got == SIGUSR1);
    if (round++ < 3)
        raise(SIGUSR1);
    return 0;
}
