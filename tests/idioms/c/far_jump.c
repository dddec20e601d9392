/* Two live blocks; an index that reaches from one into the other is still out of bounds. */
#include <stdio.h>
#include <stdlib.h>
int main(void)
{
    int *a = malloc(64), *b = malloc(64);
    if (!a || !b) return 1;
    for (int i = 0; i < 16; i++)
        a[i] = b[i] = i;
    long distance = 3;
#ifdef BUG
    distance = (int *)b - (int *)a;
#endif
    printf("%d\n", a[distance] >= 0); //~ BUG FH0106|FH0109
    free(a);
    free(b);
    return 0;
}
