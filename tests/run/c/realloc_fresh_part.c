// The part that realloc adds is not zeroed.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *row = calloc(5, sizeof *row);
    if (row == NULL)
        return 1;
    int *longer = realloc(row, 10 * sizeof *longer);
    if (longer == NULL)
        return 1;
    if (longer[4] == 0)
        puts("the old part is");
    if (longer[5] == 0) //~ ERROR FH0401
        puts("the new part may be");
    free(longer);
    return 0;
}
