/* A thousand calls, each of which forgets a block of 1,024 bytes. */
#include <stdio.h>
#include <stdlib.h>

static void work(int round)
{
    int *scratch = malloc(1024);
    if (scratch == NULL)
        return;
    *scratch = round;
}

int main(void)
{
    for (int round = 0; round < 1000; round++)
        work(round);
    printf("done, and a megabyte poorer\n");
    return 0;
}
