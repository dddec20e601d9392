// options: --fail-alloc each
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *row = calloc(5, sizeof *row);
    if (row == NULL)
        return 0;
    int *longer = realloc(row, 10 * sizeof *longer);
    if (longer == NULL) {
        free(row);
        return 0;
    }
    row = longer;
    for (int i = 5; i < 10; i++)
        row[i] = i;
    int sum = 0;
    for (int i = 0; i < 10; i++)
        sum += row[i];
    printf("%d\n", sum);
    free(row);
    return 0;
}
