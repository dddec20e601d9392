#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    size_t n = (size_t)-1 / 2;
    char *p = malloc(n);
    if (p == NULL) // <-
        printf("no room\n");
    free(p);
    return 0;
}
