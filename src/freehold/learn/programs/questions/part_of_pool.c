#include <stdlib.h>

int main(void)
{
    char *pool = malloc(64);
    if (pool == NULL)
        return 1;
    char *part = pool + 16;
    part[0] = 'x';
    free(part);
    free(pool);
    return 0;
}
