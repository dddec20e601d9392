// revisions: once second each
// options[second]: --fail-alloc 2
// options[each]: --fail-alloc each
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *p = malloc(4 * sizeof *p); //~[second each] ERROR FH0801
    if (p == NULL)
        return 0;
    p = realloc(p, 8 * sizeof *p);
    if (p == NULL) {
        puts("no more room");
        return 0;
    }
    p[7] = 1;
    printf("%d\n", p[7]);
    free(p);
    return 0;
}
