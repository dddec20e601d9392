#include <stdio.h>
#include <stdlib.h>
int main(void)
{
    int *squares = calloc(3, sizeof(int));
    printf("%d %d\n", squares[0], squares[2]);
    for (int i = 0; i < 3; i++)
        squares[i] = i * i;
    int *more = realloc(squares, 6 * sizeof(int));
    if (!more)
        return 1;
    squares = more;
    printf("%d\n", squares[2]);
    printf("%d\n", squares[4] > 0);
    free(squares);
    return 0;
}
