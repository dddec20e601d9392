/* Five zeroed ints grow to ten. A second pointer takes what realloc returns: were it to fail, the
 * first would still be there to be freed. */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *row = calloc(5, sizeof *row);
    if (row == NULL)
        return 1;
    printf("fresh: %d %d %d %d %d\n", row[0], row[1], row[2], row[3], row[4]);

    int *longer = realloc(row, 10 * sizeof *longer);
    if (longer == NULL) {
        free(row);
        return 1;
    }
    row = longer;
    for (int i = 0; i < 10; i++)
        row[i] = 10 * (i + 1);
    for (int i = 0; i < 10; i++)
        printf("%d%c", row[i], i < 9 ? ' ' : '\n');
    free(row);
    return 0;
}
