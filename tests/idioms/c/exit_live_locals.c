/* exit() in the middle: what locals still point to is reachable, not lost. */
#include <stdio.h>
#include <stdlib.h>
static void finish(int *kept)
{
    printf("%d\n", *kept);
    exit(0);
}
int main(void)
{
    int *kept = malloc(sizeof *kept);
    if (!kept) return 1;
    *kept = 4;
#ifdef BUG
    int *lost = malloc(40); //~ BUG FH0801
    if (!lost) return 1;
    lost[0] = 1;
    lost = NULL;
#endif
    finish(kept);
    free(kept);
}
