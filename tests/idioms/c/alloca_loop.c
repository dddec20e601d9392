/* alloca's memory lasts until the function returns. */
#include <alloca.h>
#include <stdio.h>
static int *last;
static int chain(int n)
{
    int sum = 0;
    int *before = NULL;
    for (int i = 0; i < n; i++) {
        int *one = alloca(2 * sizeof *one);
        one[0] = i;
        one[1] = before ? before[0] : 0;
        sum += one[1];
        before = one;
    }
    last = before;
    return sum;
}
int main(void)
{
    printf("%d\n", chain(5));
#ifdef BUG
    printf("%d\n", last[0] >= 0); //~ BUG FH0203
#endif
    return last == NULL;
}
