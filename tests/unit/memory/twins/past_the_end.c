#include <stdlib.h>
int main(void)
{
    int *row = malloc(5 * sizeof(int));
    int column[2];
    row[5] = 99;
    row[-1] = 98;
    column[2] = 97;
    free(row + 1);
    free(column);
    free(row);
    return 0;
}
