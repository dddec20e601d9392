#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    size_t n = 3;
    int *a = malloc(n * sizeof *a); // <-
    if (a == NULL)
        return 1;
    for (size_t i = 0; i < n; i++)
        a[i] = (int)i * 10;
    printf("%d %d %d\n", a[0], a[1], a[2]);
    free(a);
    return 0;
}
