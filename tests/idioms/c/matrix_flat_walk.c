/* Walk a two-dimensional array as one row of elements. */
#include <stdio.h>
int main(void)
{
    int m[3][4], sum = 0;
    int *p = &m[0][0];
    int n = 12;
#ifdef BUG
    n = 13;
#endif
    for (int i = 0; i < n; i++)
        p[i] = i; //~ BUG FH0102
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++)
            sum += m[i][j];
    printf("%d\n", sum);
    return 0;
}
