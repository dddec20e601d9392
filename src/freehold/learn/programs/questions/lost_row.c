#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *row = malloc(4 * sizeof *row);
    if (row == NULL)
        return 1;
    row = realloc(row, 8 * sizeof *row);
    puts(row != NULL ? "row is kept" : "row is NULL");
    free(row);
    return 0;
}
