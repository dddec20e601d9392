/* Multiply square matrices that live on the heap, row by row. */
#include <stdio.h>
#include <stdlib.h>

static double **matrix(int n)
{
    double **rows = malloc(n * sizeof *rows);
    if (!rows)
        abort();
    for (int i = 0; i < n; i++) {
        rows[i] = malloc(n * sizeof **rows);
        if (!rows[i])
            abort();
    }
    return rows;
}

static void release(double **rows, int n)
{
    for (int i = 0; i < n; i++)
        free(rows[i]);
    free(rows);
}

int main(void)
{
    int n = 640;
    double **a = matrix(n), **b = matrix(n), **c = matrix(n);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            a[i][j] = (i * 31 + j * 17) % 10;
            b[i][j] = (i * 7 + j * 3) % 10;
        }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int k = 0; k < n; k++)
                sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
    double trace = 0;
    for (int i = 0; i < n; i++)
        trace += c[i][i];
    printf("%.1f\n", trace);
    release(a, n);
    release(b, n);
    release(c, n);
    return 0;
}
