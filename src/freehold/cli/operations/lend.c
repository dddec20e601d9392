#include <stdio.h>
#include <stdlib.h>

static void twice(int *p) // <-
{
    *p *= 2;
}

int main(void)
{
    int *p = malloc(sizeof *p);
    if (p == NULL)
        return 1;
    *p = 21;
    twice(p); // <-
    printf("%d\n", *p);
    free(p);
    return 0;
}
