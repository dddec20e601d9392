#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int a[] = {1, 2, 3};
    size_t n = sizeof a / sizeof a[0], i = 3;
    if (i < n) // <-
        printf("%d\n", a[i]);
    else
        printf("none\n");
    return 0;
}
