#include <stdio.h>
#include <stdlib.h>

static void consume(int *p) // <-
{
    printf("%d\n", *p);
    free(p);
}

int main(void)
{
    int *p = malloc(sizeof *p);
    if (p == NULL)
        return 1;
    *p = 7;
    consume(p); // <-
    return 0;
}
