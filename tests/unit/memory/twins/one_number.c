#include <stdio.h>
#include <stdlib.h>
int main(void)
{
    int *answer = malloc(sizeof *answer);
    if (!answer)
        return 1;
    *answer = 42;
    printf("%d\n", *answer);
    free(answer);
    answer = NULL;
    free(answer);
    return 0;
}
