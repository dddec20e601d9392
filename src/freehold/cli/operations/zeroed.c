#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    size_t n = 4;
    int *a = calloc(n, sizeof *a); // <-
    if (a == NULL)
        return 1;
    printf("%d %d\n", a[0], a[3]);
    free(a);
    return 0;
}
