#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *a = malloc(2 * sizeof *a);
    if (a == NULL)
        return 1;
    a[0] = 1;
    a[1] = 2;
    int *larger = realloc(a, 4 * sizeof *a); // <-
    if (larger == NULL) { // <-
        free(a);
        return 1;
    }
    a = larger; // <-
    a[2] = a[3] = 0;
    printf("%d %d %d %d\n", a[0], a[1], a[2], a[3]);
    free(a);
    return 0;
}
