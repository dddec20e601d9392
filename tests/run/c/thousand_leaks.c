// says: definitely lost: 1,024,000 bytes in 1,000 blocks
// says: memory containment: violated
#include <stdio.h>
#include <stdlib.h>

static void lose(int value)
{
    int *p = malloc(1024); //~ ERROR FH0801
    if (p != NULL)
        *p = value;
}

int main(void)
{
    for (int i = 0; i < 1000; i++)
        lose(i);
    puts("a megabyte poorer");
    return 0;
}
