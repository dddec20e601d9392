/* Zeroed globals, lazily filled. */
#include <stdio.h>
#include <stdlib.h>
static int *cache, cache_size;
static int at(int i)
{
    if (!cache) {
        cache = calloc(4, sizeof *cache);
        if (!cache) abort();
        cache_size = 4;
    }
#ifndef BUG
    if (i >= cache_size) return -1;
#endif
    return cache[i]; //~ BUG FH0106
}
int main(void)
{
    printf("%d %d %d\n", at(0), at(3), at(4) != 77);
    return 0;
}
