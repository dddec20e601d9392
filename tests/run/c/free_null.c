#include <stdlib.h>

int main(void)
{
    int *p = malloc(sizeof *p);
    if (p == NULL)
        return 1;
    *p = 42;
    free(p);
    p = NULL;
    free(p);
    free(NULL);
    return 0;
}
