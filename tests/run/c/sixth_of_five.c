// says: write of 4 bytes, 0 bytes after a block of 20 bytes
#include <stdlib.h>

int main(void)
{
    int *p = malloc(5 * sizeof(int));
    p[5] = 99; //~ ERROR FH0101
    free(p);
    return 0;
}
