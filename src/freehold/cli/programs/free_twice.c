/* Freeing a null pointer is nothing. Freeing a block twice is a fault. */
#include <stdio.h>
#include <stdlib.h>

static void finish(int *p)
{
    free(p);
}

int main(void)
{
    int *once = malloc(sizeof *once);
    finish(once);
    once = NULL;
    finish(once); /* harmless */

    int *twice = malloc(sizeof *twice);
    finish(twice);
    finish(twice);
    printf("still here\n");
    return 0;
}
