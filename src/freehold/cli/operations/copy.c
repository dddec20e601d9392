#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    int a[] = {1, 2, 3};
    int *b = malloc(sizeof a);
    if (b == NULL)
        return 1;
    memcpy(b, a, sizeof a); // <-
    b[0] = 9;
    printf("%d %d\n", a[0], b[0]);
    free(b);
    return 0;
}
