#include <stdio.h>
#include <stdlib.h>

static int work(void)
{
    int result = -1;
    int *a = malloc(sizeof *a);
    if (a == NULL)
        goto out; // <-
    int *b = malloc(sizeof *b);
    if (b == NULL)
        goto free_a; // <-
    *a = 1;
    *b = 2;
    result = *a + *b;
    free(b);
free_a: // <-
    free(a);
out:
    return result;
}

int main(void)
{
    printf("%d\n", work());
    return 0;
}
