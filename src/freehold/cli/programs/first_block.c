/* One int on the heap: asked for, used, given back. Nothing to report. */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *number = malloc(sizeof *number);
    if (number == NULL) {
        perror("malloc");
        return 1;
    }
    *number = 42;
    printf("the number is %d\n", *number);
    free(number);
    return 0;
}
