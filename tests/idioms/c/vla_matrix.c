/* A matrix of run-time size on the heap, by a pointer to a variable-length array. */
#include <stdio.h>
#include <stdlib.h>
static double trace(int n, double m[n][n])
{
    double t = 0;
    for (int i = 0; i < n; i++)
        t += m[i][i]; //~ BUG FH0106
    return t;
}
int main(void)
{
    int n = 5;
    double(*m)[n] = malloc(n * sizeof *m);
    if (!m) return 1;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            m[i][j] = i == j;
#ifdef BUG
    printf("%g\n", trace(n + 1, (double(*)[n + 1])m));
#else
    printf("%g\n", trace(n, m));
#endif
    free(m);
    return 0;
}
