/* A callback stored as one function type and called through another with the same registers. */
#include <stdio.h>
#include <stdlib.h>
typedef void (*any_fn)(void *);
static void show(int *n) { printf("%d\n", *n); }
static void each(any_fn fn, void *context) { fn(context); }
#ifdef BUG
static double scale(double x, double y) { return x * y; }
#endif
int main(void)
{
    int n = 12;
    each((any_fn)show, &n);
#ifdef BUG
    double r = ((double (*)(int))scale)(3); //~ BUG FH0504
    printf("%d\n", r == r);
#endif
    return 0;
}
