/* Objects known by an index into a table of pointers. */
#include <stdio.h>
#include <stdlib.h>
static int *table[8];
static int open_one(int value)
{
    for (int i = 0; i < 8; i++)
        if (!table[i]) {
            table[i] = malloc(sizeof(int));
            if (!table[i]) abort();
            *table[i] = value;
            return i;
        }
    return -1;
}
static void close_one(int i)
{
    free(table[i]); //~ BUG FH0202
#ifndef BUG
    table[i] = NULL;
#endif
}
int main(void)
{
    int a = open_one(1), b = open_one(2);
    close_one(a);
#ifdef BUG
    close_one(a);
#endif
    close_one(b);
    printf("%d %d\n", a, b);
    return 0;
}
