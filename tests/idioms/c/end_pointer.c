/* Loops that run to one past the end. */
#include <stdio.h>
#include <stdlib.h>
int main(void)
{
    int *a = malloc(8 * sizeof *a);
    if (!a) return 1;
    int *end = a + 8, sum = 0;
    for (int *p = a; p != end; p++)
        *p = (int)(p - a);
    for (int *p = a; p != end; p++)
        sum += *p;
#ifdef BUG
    sum += *end; //~ BUG FH0106
#endif
    printf("%d\n", sum > 0);
    free(a);
    return 0;
}
