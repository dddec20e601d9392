#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *p = malloc(sizeof *p);
    if (p == NULL)
        return 1;
    *p = 1;
    printf("%d\n", *p);
    free(p); // <-
    p = NULL; // <-
    printf("%s\n", p == NULL ? "gone" : "there");
    return 0;
}
