/* A handler that sets a flag. */
#include <signal.h>
#include <stdio.h>
static volatile sig_atomic_t seen;
static int *spot;
static void on_signal(int number)
{
    seen = number;
#ifdef BUG
    *spot = number; //~ BUG FH0501
#endif
}
int main(void)
{
    signal(SIGUSR1, on_signal);
    raise(SIGUSR1);
    printf("%d %d\n", seen == SIGUSR1, spot == NULL);
    return 0;
}
