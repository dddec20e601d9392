/* A bump allocator inside a static array of characters. */
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
static alignas(16) char arena[256];
static size_t used;
static void *take(size_t n)
{
    n = (n + 15) & ~(size_t)15;
#ifndef BUG
    if (used + n > sizeof arena) return NULL;
#endif
    void *p = arena + used;
    used += n;
    return p;
}
int main(void)
{
    int blocks = 0;
    for (; blocks < 20; blocks++) {
        double *d = take(sizeof *d);
        if (!d) break;
        *d = blocks; //~ BUG FH0103
    }
    printf("%d\n", blocks > 0);
    return 0;
}
