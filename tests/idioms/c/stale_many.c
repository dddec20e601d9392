/* A block freed, a thousand of its size taken, then used: the first owner is still named. */
#include <stdio.h>
#include <stdlib.h>
int main(void)
{
    int *old = malloc(24);
    if (!old) return 1;
    old[0] = 5;
#ifdef BUG
    free(old);
#endif
    int *many[1000];
    for (int i = 0; i < 1000; i++) {
        many[i] = malloc(24);
        if (!many[i]) return 1;
        many[i][0] = i;
    }
    printf("%d\n", old[0] >= 0); //~ BUG FH0201
    for (int i = 0; i < 1000; i++)
        free(many[i]);
#ifndef BUG
    free(old);
#endif
    return 0;
}
